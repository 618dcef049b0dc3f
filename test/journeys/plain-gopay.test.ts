import { describe, expect, test } from 'vitest'
import { payer } from '../../src/testkit/index.ts'
import { emulatorOfFile, newMerchant, newShop } from '../midtrans/merchant.ts'
import { backLink, fillIn, type Page, visit } from './browser.ts'
import { linkIn } from './merchant.ts'
import { readQrImage } from './qr-image.ts'

const emulator = await emulatorOfFile()

interface Options {
  readonly gopay?: object
  readonly headers?: Record<string, string>
  readonly settings?: object
}

/** A payment of 50,000 that anybody can make who has its code. */
async function openPayment({ gopay, headers, settings = {} }: Options = {}) {
  const merchant = newMerchant(emulator)
  await merchant.admin.patch('settings', settings)
  const body = {
    payment_type: 'gopay',
    ...(gopay && { gopay }),
    transaction_details: { order_id: 'order-1', gross_amount: 50_000 },
  }
  const answer = await merchant.api.post('/v2/charge', body, headers)
  const qr = linkIn(answer, 'generate-qr-code')
  return {
    ...merchant,
    qr,
    deeplink: linkIn(answer, 'deeplink-redirect'),
    /** What a phone opens that has scanned the code. */
    scan: async () => visit(readQrImage(await (await fetch(qr)).bytes()).text),
    status: async () => (await merchant.api.get('/v2/order-1/status')).transaction_status,
  }
}

const pay = async (page: Page, phone = '8215023424', pin = '112233') => fillIn(await fillIn(page, { phone }), { pin })

// recordings.md, POST /v2/charge: generate-qr-code.
test('the QR code is a picture that leads to the deeplink, and needs no key', async () => {
  const { qr, deeplink } = await openPayment()
  const response = await fetch(qr)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('image/png')
  const { text, margin } = readQrImage(await response.bytes())
  expect(text).toBe(deeplink)
  // ISO 18004: four modules of white around it.
  expect(margin).toBeGreaterThanOrEqual(4)
})

test('a payer who scans the code says who pays, sees what, and pays with the PIN', async () => {
  const { scan, status } = await openPayment()
  const page = await scan()
  expect(page).toMatchObject({ status: 200, step: 'phone' })
  expect(page.text('order')).toBe('order-1')
  expect(page.text('amount')).toBe('Rp50.000')
  const pinPage = await fillIn(page, { phone: '0821 502 3424' })
  expect(pinPage.step).toBe('pin')
  expect(pinPage.text('phone')).toBe('+62****3424')
  expect(await status()).toBe('pending')
  expect(await fillIn(pinPage, { pin: '112233' })).toMatchObject({ status: 200, ending: 'paid' })
  expect(await status()).toBe('settlement')
  // Whoever comes later sees that, and cannot pay again.
  const later = await scan()
  expect(later).toMatchObject({ ending: 'paid', step: undefined })
  expect((await pay(later)).ending).toBe('paid')
})

// facts.md, A.4: a number in no list is not registered, +628271939753 is blocked.
test.each(['628999999999', '8271939753', '123450001', 'me', ''])('the number "%s" cannot pay', async (phone) => {
  const { scan, status } = await openPayment()
  const page = await fillIn(await scan(), { phone })
  expect(page).toMatchObject({ status: 200, step: 'phone' })
  expect(page.text('complaint')).toBe('Nomor ini tidak punya akun GoPay di sandbox ini.')
  expect((await pay(page)).ending).toBe('paid')
  expect(await status()).toBe('settlement')
})

test('somebody who made a GoPay account while linking can pay with it, and with its PIN', async () => {
  const { api, deeplink, status } = await openPayment()
  const gopay_partner = { phone_number: '85550001', country_code: '62' }
  const link = await api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner })
  await payer.walk(linkIn(link, 'activation-link-url'), { pin: '654321' })
  const pinPage = await fillIn(await visit(deeplink), { phone: '85550001' })
  expect((await fillIn(pinPage, { pin: '112233' })).text('complaint')).toBe('PIN salah. Coba lagi.')
  expect((await fillIn(pinPage, { pin: '654321' })).ending).toBe('paid')
  expect(await status()).toBe('settlement')
})

test('after three wrong PINs the page is over, and the same code opens a new one', async () => {
  const { scan, status } = await openPayment()
  const first = await scan()
  const pinPage = await fillIn(first, { phone: '8215023424' })
  for (const pin of ['1', '', '000000']) await fillIn(pinPage, { pin })
  expect((await visit(pinPage.url)).ending).toBe('failed')
  expect((await fillIn(pinPage, { pin: '112233' })).ending).toBe('failed')
  expect(await status()).toBe('pending')
  const second = await scan()
  expect(second.url).not.toBe(first.url)
  expect((await pay(second, '8242974268')).ending).toBe('paid')
  expect(await status()).toBe('settlement')
  // The code, and what it led to before, are over with the payment.
  expect((await scan()).ending).toBe('paid')
  expect((await visit(first.url)).ending).toBe('failed')
})

test.each(['phone', 'pin'])('a payer who cancels where the %s is asked can scan again, and pay', async (declineAt) => {
  const { deeplink, scan, status } = await openPayment()
  const walk = await payer.walk(deeplink, { declineAt })
  expect(walk.html).toContain('data-ending="declined"')
  expect(await status()).toBe('pending')
  const page = await scan()
  expect(page.step).toBe('phone')
  expect((await pay(page)).ending).toBe('paid')
  expect(await status()).toBe('settlement')
})

test.each(['cancel', 'expire'])('a code that the merchant ended by %s cannot be paid', async (verb) => {
  const { api, deeplink, scan, status } = await openPayment()
  await payer.walk(deeplink, { declineAt: 'phone' })
  const pinPage = await fillIn(await scan(), { phone: '8215023424' })
  await api.post(`/v2/order-1/${verb}`)
  for (const page of [await fillIn(pinPage, { pin: '112233' }), await visit(deeplink), await scan()]) {
    expect(page).toMatchObject({ status: 410, ending: 'closed', step: undefined })
  }
  expect(await status()).toBe(verb)
})

// facts.md, section 11: order_id and result on the way back; section 3: only with enable_callback.
describe('a payer whose merchant has given a callback_url', () => {
  const callback_url = 'myapp://done?cart=7'
  const back = (result: string) => `${callback_url}&order_id=order-1&result=${result}`

  test('goes back there with what came of it', async () => {
    const { deeplink } = await openPayment({ gopay: { enable_callback: true, callback_url } })
    expect(await payer.walk(deeplink, { declineAt: 'pin' })).toMatchObject({ returnedTo: back('abort') })
    const failed = await payer.walk(deeplink, { phone: '8242974268', leaveAt: 'pin' })
    for (const pin of ['1', '2', '3']) await payer.walk(failed.url, { pin })
    expect(backLink(await visit(failed.url))).toBe(back('failure'))
    expect(await payer.walk(deeplink)).toMatchObject({ returnedTo: back('success') })
  })

  // facts.md, section 3: the default of callback_url is the finish redirect URL of the dashboard.
  test('goes to the finish redirect URL where none was given', async () => {
    const settings = { finish_redirect_url: callback_url }
    const { deeplink } = await openPayment({ gopay: { enable_callback: true }, settings })
    expect(await payer.walk(deeplink)).toMatchObject({ returnedTo: back('success') })
  })

  test('goes back there with failure when there is too little money', async () => {
    const { deeplink } = await openPayment({ gopay: { enable_callback: 'true', callback_url } })
    expect(await payer.walk(deeplink, { phone: '8242014881' })).toMatchObject({ returnedTo: back('failure') })
  })

  test.each([false, undefined])('stays on the page when enable_callback is %j', async (enable_callback) => {
    const settings = { finish_redirect_url: callback_url }
    const { deeplink } = await openPayment({ gopay: { enable_callback, callback_url }, settings })
    const { returnedTo, html } = await payer.walk(deeplink)
    expect(returnedTo).toBeUndefined()
    expect(html).toContain('data-ending="paid"')
  })
})

// facts.md, section 6: X-Payment-Locale.
test('the page speaks the language that the merchant asked for', async () => {
  const { deeplink } = await openPayment({ headers: { 'x-payment-locale': 'en-EN' } })
  expect((await visit(deeplink)).text('title')).toBe('Pay with GoPay')
})

test('neither a linked payment nor one that nobody knows has a QR code or a deeplink', async () => {
  const shop = await newShop(emulator)
  const { transaction_id, actions } = await shop.charge('order-1', 150_000)
  const session = /gppr_([0-9a-f-]{36})/.exec(actions[0].url)?.[1]
  const deeplink = '/gopay/partner/app/payment-pin'
  const paths = [
    `/v2/gopay/${transaction_id}/qr-code`,
    '/v2/gopay/nothing/qr-code',
    `${deeplink}?id=${session}`,
    `${deeplink}?id=nothing`,
    `${deeplink}?id=a&id=b`,
    deeplink,
  ]
  for (const path of paths) expect(await visit(emulator.url + path)).toMatchObject({ status: 404, ending: 'unknown' })
})
