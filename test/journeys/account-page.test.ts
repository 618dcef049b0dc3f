import { expect, test } from 'vitest'
import { openInbox } from '../../src/testkit/index.ts'
import { emulatorOfFile, newMerchant, newShop, type Shop } from '../midtrans/merchant.ts'
import { fillIn, visit } from './browser.ts'

const emulator = await emulatorOfFile()
const press = async (shop: Shop, action: string) => fillIn(await visit(pageOf(shop)), { action })
const pageOf = ({ accountId }: Shop) => `${emulator.url}/gopay/accounts/${accountId}`
const shownStatus = ({ html }: { html: string }) => /data-account="(\w+)"/.exec(html)?.[1]

test('a payer sees which merchant is linked with which number', async () => {
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { merchant_id: 'M-toko' })
  const page = await visit(pageOf(shop))
  expect(page.status).toBe(200)
  expect(shownStatus(page)).toBe('ENABLED')
  expect(page.text('merchant')).toBe('M-toko')
  expect(page.text('phone')).toBe('+62****3424')
  expect(page.text('unlink')).toBe('Putuskan hubungan')
  expect(page.text('change-phone')).toBe('Saya ganti nomor HP')
})

// facts.md, section 2: an unlink by the payer, and a change of the number, are told as DISABLED with 204.
test.each(['unlink', 'change-phone'])(
  'a payer who presses %s is no longer linked, and the merchant is told',
  async (action) => {
    await using inbox = await openInbox()
    const shop = await newShop(emulator)
    await shop.admin.patch('settings', { pay_account_notification_url: inbox.url })
    const after = await press(shop, action)
    expect(shownStatus(after)).toBe('DISABLED')
    expect(after.text('lead')).toBe('Akun GoPay kamu tidak lagi terhubung dengan merchant ini.')
    expect(after.html).not.toContain('<form')
    expect(await shop.api.get(`/v2/pay/account/${shop.accountId}`)).toMatchObject({
      status_code: '204',
      account_status: 'DISABLED',
    })

    // The buttons of a page left open, and of another payer's life.
    for (const again of ['unlink', 'change-phone']) expect(shownStatus(await press(shop, again))).toBe('DISABLED')
    await shop.admin.advance('0s')
    const [told, ...more] = inbox.received
    if (!told) throw new Error('nothing arrived')
    expect(told.body).toMatchObject({ account_id: shop.accountId, account_status: 'DISABLED', status_code: '204' })
    expect(inbox.isSigned(told, shop.key)).toBe(true)
    expect(more).toEqual([])
  },
)

test('a payer who presses both buttons at once is unlinked once', async () => {
  const shop = await newShop(emulator)
  const page = await visit(pageOf(shop))
  await Promise.all(['unlink', 'change-phone', 'unlink'].map((action) => fillIn(page, { action })))
  expect((await shop.told(shop.accountId)).map(({ account_status }) => account_status)).toEqual(['ENABLED', 'DISABLED'])
})

test.each(['', 'submit', 'constructor'])('the answer "%s" changes nothing', async (action) => {
  const shop = await newShop(emulator)
  expect(shownStatus(await press(shop, action))).toBe('ENABLED')
  expect(await shop.api.get(`/v2/pay/account/${shop.accountId}`)).toMatchObject({ account_status: 'ENABLED' })
})

test('a link that was never finished has nothing to end', async () => {
  const { api } = newMerchant(emulator)
  const gopay_partner = { phone_number: '8215023424', country_code: '62' }
  const { account_id } = await api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner })
  const page = await visit(`${emulator.url}/gopay/accounts/${account_id}`)
  expect(page.html).not.toContain('<form')
  await fillIn(page, { action: 'unlink' })
  expect(await api.get(`/v2/pay/account/${account_id}`)).toMatchObject({ account_status: 'PENDING' })
})

test('the page is found by the list of accounts, and nobody has a page of nothing', async () => {
  const shop = await newShop(emulator)
  const listed = (await shop.admin.get('accounts')) as readonly { account_id: string; app_page: string }[]
  expect(listed).toMatchObject([{ account_id: shop.accountId, status: 'ENABLED', phone: '628215023424' }])
  const page = await visit(emulator.url + listed[0]?.app_page)
  expect(shownStatus(page)).toBe('ENABLED')
  const unknown = await visit(`${emulator.url}/gopay/accounts/nobody`)
  expect(unknown).toMatchObject({ status: 404, ending: 'unknown' })
  expect(await fillIn(unknown, { action: 'unlink' })).toMatchObject({ status: 404, ending: 'unknown' })
})

test('the page speaks the language of the sandbox', async () => {
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { locale: 'en-EN' })
  const page = await visit(pageOf(shop))
  expect(page.html).toContain('<html lang="en">')
  expect(page.text('title')).toBe('Linked merchant')
})
