import { describe, expect, test } from 'vitest'
import { payer } from '../../../src/testkit/index.ts'
import { visit } from '../../journeys/browser.ts'
import { emulatorOfFile } from '../merchant.ts'
import { customer, newLinkedShop, newSnapShop, press, stageOf, waysOf } from './customer.ts'

const emulator = await emulatorOfFile()

describe('facts.md, section 7: gopay.tokenization on the page', () => {
  test('who has linked no wallet may link one, or pay by QR code', async () => {
    const page = await newSnapShop(emulator).open('order-1', 150_000, customer)
    expect(stageOf(page)).toBe('choose')
    expect(waysOf(page)).toEqual(['link', 'qr'])
    expect(page.text('amount')).toBe('Rp150.000')
    expect(page.text('order')).toBe('order-1')
  })

  test('enforce_tokenization: no QR code, and none for a form that asks for it nevertheless', async () => {
    const shop = newSnapShop(emulator)
    const gopay = { tokenization: true, enforce_tokenization: true }
    const page = await shop.open('order-1', 150_000, { ...customer, gopay })
    expect(waysOf(page)).toEqual(['link'])
    const forced = await press(page, 'qr')
    expect(stageOf(forced)).toBe('choose')
    expect(forced.text('complaint')).toBeDefined()
    expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
  })

  test('without tokenization: the QR code alone, though the customer has a wallet', async () => {
    const shop = await newLinkedShop(emulator)
    expect(waysOf(await shop.open('order-1', 150_000, { user_id: customer.user_id }))).toEqual(['qr'])
  })

  test('phone_number and country_code: the only number that can be linked', async () => {
    const shop = newSnapShop(emulator)
    const gopay = { tokenization: true, phone_number: '8215023424', country_code: '62' }
    const page = await shop.open('order-1', 150_000, { ...customer, gopay })
    expect(page.html).toMatch(/<input id="phone"[^>]* value="\+628215023424" required readonly/)
    const linked = await payer.walk(page.url, { choose: 'link', phone: '+628242974268' })
    expect(linked.steps).toEqual(['choose link', 'consent', 'otp', 'pin'])
    expect((await shop.send('GET', '/snap/v3/users/customer-1/gopay')).body).toMatchObject({
      phone_number: '8215023424',
    })
  })

  test('who has linked a wallet sees its options that can be used, each with its balance', async () => {
    const shop = await newLinkedShop(emulator, '+628103001242')
    const page = await shop.open('order-1', 150_000, customer)
    expect(waysOf(page)).toEqual(['wallet', 'qr'])
    expect(page.text('phone')).toBe('+62****1242')
    expect(page.text('balance-GOPAY_WALLET')).toBe('Rp8.000.000')
    expect(page.text('balance-PAY_LATER')).toBe('Rp8.000.000')
    expect(page.html.match(/ checked/g)).toHaveLength(1)
  })

  test('an option that is not active is not there, and cannot be forced', async () => {
    const shop = await newLinkedShop(emulator)
    await shop.admin.givePayer({
      phone: '628215023424',
      options: [{ name: 'GOPAY_WALLET' }, { name: 'PAY_LATER', active: false }],
    })
    const page = await shop.open('order-1', 150_000, customer)
    expect(page.text('balance-PAY_LATER')).toBeUndefined()
    expect((await press(page, 'pay', { option: 'PAY_LATER' })).text('complaint')).toBeDefined()
    expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
  })

  test('a wallet of which nothing can be used is not offered', async () => {
    const shop = await newLinkedShop(emulator)
    await shop.admin.givePayer({ phone: '628215023424', options: [{ name: 'GOPAY_WALLET', active: false }] })
    expect(waysOf(await shop.open('order-1', 1_000, customer))).toEqual(['qr'])
  })

  test('another customer of the same merchant never sees this wallet', async () => {
    const shop = await newLinkedShop(emulator)
    const page = await shop.open('order-1', 50_000, { ...customer, user_id: 'customer-2' })
    expect(waysOf(page)).toEqual(['link', 'qr'])
    expect(page.html).not.toContain('****3424')
    expect((await press(page, 'pay')).text('complaint')).toBeDefined()
    expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
  })

  test('two customers may link one number: each has an account, and unlinking one leaves the other', async () => {
    const shop = await newLinkedShop(emulator)
    const second = { ...customer, user_id: 'customer-2' }
    await payer.walk((await shop.open('order-2', 1_000, second)).url, { choose: 'link', phone: '08215023424' })
    const account = async (user: string) => (await shop.send('GET', `/snap/v3/users/${user}/gopay`)).body
    const [first, other] = [await account('customer-1'), await account('customer-2')]
    expect(first.account_id).not.toBe(other.account_id)
    await shop.send('DELETE', '/snap/v3/users/customer-1/gopay')
    expect(waysOf(await shop.open('order-3', 1_000, customer))).toEqual(['link', 'qr'])
    expect(waysOf(await shop.open('order-4', 1_000, second))).toEqual(['wallet', 'qr'])
  })

  test('unlinked by the merchant while the page is open: the page says so, and nothing is charged', async () => {
    const shop = await newLinkedShop(emulator)
    const page = await shop.open('order-1', 50_000, customer)
    await shop.send('DELETE', '/snap/v3/users/customer-1/gopay')
    const refused = await press(page, 'pay')
    expect(refused.text('complaint')).toMatch(/^GoPay sudah tidak terhubung/)
    expect(waysOf(refused)).toEqual(['link', 'qr'])
    expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
  })

  test('linking that the payer declines leads back, and nothing is linked', async () => {
    const shop = newSnapShop(emulator)
    const page = await shop.open('order-1', 50_000, customer)
    const back = await payer.walk(page.url, { choose: 'link', phone: '08215023424', declineAt: 'consent' })
    expect(new URL(back.url).pathname).toBe(new URL(page.url).pathname)
    expect(waysOf(await visit(page.url))).toEqual(['link', 'qr'])
    expect((await shop.send('GET', '/snap/v3/users/customer-1/gopay')).body).toMatchObject({
      error_messages: ['account not found'],
    })
  })

  test('a number that GoPay refuses is told', async () => {
    const page = await newSnapShop(emulator).open('order-1', 50_000, customer)
    expect((await press(page, 'link', { phone: '123450001' })).text('complaint')).toMatch(
      /^GoPay tidak bisa menghubungkan nomor ini/,
    )
    expect((await press(page, 'link', { phone: '+628271939753' })).text('complaint')).toBeDefined()
  })
})

describe('facts.md, section 7: enabled_payments', () => {
  test('types that are not emulated are named as such, and are no buttons', async () => {
    const page = await newSnapShop(emulator).open('order-1', 1_000, {
      enabled_payments: ['gopay', 'bank_transfer', 'credit_card'],
    })
    expect(waysOf(page)).toEqual(['qr'])
    expect([...page.html.matchAll(/<li><code>(\w+)<\/code>/g)].map(([, name]) => name)).toEqual([
      'bank_transfer',
      'credit_card',
    ])
  })

  test('without gopay there is no way to pay', async () => {
    const page = await newSnapShop(emulator).open('order-1', 1_000, { ...customer, enabled_payments: ['qris'] })
    expect(waysOf(page)).toEqual([])
    expect(page.text('no-way')).toBeDefined()
    expect(stageOf(await press(page, 'qr'))).toBe('choose')
  })
})

describe('facts.md, section 7: merchant-preferences on the page', () => {
  const prefer = (shop: ReturnType<typeof newSnapShop>, change: object) =>
    shop.send('PATCH', '/snap/v3/merchant-preferences', change)

  test('hide_order_id, display_name and locale', async () => {
    const shop = newSnapShop(emulator)
    await prefer(shop, { hide_order_id: true, display_name: 'Toko Kopi', locale: 'en' })
    const page = await shop.open('order-1', 1_000)
    expect(page.text('order')).toBeUndefined()
    expect(page.text('merchant')).toBe('Toko Kopi')
    expect(page.text('title')).toBe('How would you like to pay?')
  })

  test('gopay switched off: nothing to pay with, also for a page that was open before', async () => {
    const shop = await newLinkedShop(emulator)
    const page = await shop.open('order-1', 1_000, customer)
    await prefer(shop, { payment_channels: [{ name: 'gopay', enabled: false }] })
    expect(waysOf(await visit(page.url))).toEqual([])
    for (const action of ['pay', 'qr'] as const) await press(page, action)
    expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
  })
})

test('items stand on the page with their sums, and what customers write is no HTML', async () => {
  const page = await newSnapShop(emulator).open('order-1', 30_000, {
    item_details: [{ name: '<b>Kopi</b>', price: 15_000, quantity: 2 }],
  })
  expect(page.html).toContain('&lt;b&gt;Kopi&lt;/b&gt; <span class="hint">× 2</span>')
  expect(page.html).toContain('Rp30.000</span></li>')
})

test('a wrong client key is named as it is, whatever it is made of', async () => {
  const page = await newSnapShop(emulator).open('order-1', 30_000)
  const wrong = await visit(`${page.url}?client_key=${encodeURIComponent('$& {expected}')}`)
  expect(wrong).toMatchObject({ status: 401, ending: 'wrongKey' })
  expect(wrong.text('lead')).toContain('$&amp; {expected};')
})
