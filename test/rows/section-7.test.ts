import { describe, expect, test } from 'vitest'
import { openInbox, payer } from '../../src/testkit/index.ts'
import { emulatorOfFile } from '../midtrans/merchant.ts'
import { denied, newSnapMerchant, refused, type SnapMerchant } from '../midtrans/snap/merchant.ts'

const emulator = await emulatorOfFile()
const linking = { user_id: 'customer-1', gopay: { tokenization: true } }

/** Begins a session, and gives the address of its page. */
async function pageOf(merchant: SnapMerchant, amount: number, more: object = {}): Promise<string> {
  const { http, body } = await merchant.create('order-1', amount, more)
  expect(http).toBe(201)
  return String(body.redirect_url)
}

const pageText = async (url: string) => (await fetch(url)).text()
const statusOf = ({ api }: SnapMerchant) => api.get('/v2/order-1/status')

/** The payment's notifications, oldest first. */
async function told({ admin }: SnapMerchant): Promise<Record<string, unknown>[]> {
  const listed = (await admin.get('notifications?reference=order-1')) as { body: Record<string, unknown> }[]
  return listed.map(({ body }) => body).reverse()
}

// Each row of the section, by its name there. test/rows/complete.test.ts holds that none is missing.
describe('facts.md, section 7: fields of POST /snap/v1/transactions', () => {
  test('user_id: required for tokenization, up to 255 characters, and what a wallet is linked to', async () => {
    const merchant = newSnapMerchant(emulator)
    const { gopay } = linking
    expect(await merchant.create('order-1', 50_000, { gopay })).toMatchObject(refused('user_id is required'))
    const long = 'u'.repeat(256)
    expect(await merchant.create('order-1', 50_000, { gopay, user_id: long })).toMatchObject(
      refused('user_id is too long'),
    )
    await payer.walk(await pageOf(merchant, 50_000, linking))
    expect(await merchant.send('GET', '/snap/v3/users/customer-1/gopay')).toMatchObject({ http: 200 })
    expect(await merchant.send('GET', '/snap/v3/users/customer-2/gopay')).toMatchObject({ http: 404 })
  })

  test('gopay.tokenization: offers linking', async () => {
    const merchant = newSnapMerchant(emulator)
    expect(await pageText(await pageOf(merchant, 50_000, linking))).toContain('data-testid="way-link"')
    expect(await pageText(await pageOf(merchant, 50_000))).not.toContain('data-testid="way-link"')
  })

  test('gopay.enforce_tokenization: no fall-back to a QR code', async () => {
    const merchant = newSnapMerchant(emulator)
    const enforced = { ...linking, gopay: { tokenization: true, enforce_tokenization: true } }
    expect(await pageText(await pageOf(merchant, 50_000, linking))).toContain('data-testid="way-qr"')
    expect(await pageText(await pageOf(merchant, 50_000, enforced))).not.toContain('data-testid="way-qr"')
  })

  test('gopay.phone_number, country_code: the number is filled in, and is the only one that can be linked', async () => {
    const merchant = newSnapMerchant(emulator)
    const gopay = { tokenization: true, phone_number: '8242974268', country_code: '62' }
    const page = await pageOf(merchant, 50_000, { ...linking, gopay })
    expect(await pageText(page)).toMatch(/<input id="phone"[^>]* value="\+628242974268"[^>]* readonly/)
    // Whatever somebody else puts into the form.
    await payer.walk(page, { phone: '8215023424' })
    expect((await merchant.send('GET', '/snap/v3/users/customer-1/gopay')).body).toMatchObject({
      phone_number: '8242974268',
      country_code: '62',
    })
  })

  test('gopay.enable_callback, callback_url: where who pays in the app is sent', async () => {
    const merchant = newSnapMerchant(emulator)
    const gopay = { enable_callback: true, callback_url: 'https://shop.example/app' }
    const { returnedTo } = await payer.walk(await pageOf(merchant, 50_000, { gopay }))
    expect(returnedTo).toMatch(/^https:\/\/shop\.example\/app\?/)
  })

  test('enabled_payments: gopay is offered where it is named; others are named as not emulated', async () => {
    const merchant = newSnapMerchant(emulator)
    const page = (enabled_payments: string[]) => pageOf(merchant, 50_000, { enabled_payments })
    expect(await pageText(await page(['gopay']))).toContain('data-testid="way-qr"')
    const others = await pageText(await page(['credit_card', 'bca_va']))
    expect(others).not.toContain('data-testid="way-qr"')
    expect(others).toContain('data-testid="not-emulated"')
    expect(others).toContain('credit_card')
  })

  test('expiry: until when a payment that was begun can be paid', async () => {
    const merchant = newSnapMerchant(emulator)
    await merchant.admin.freeze()
    const page = await pageOf(merchant, 50_000, { expiry: { duration: 2, unit: 'hours' } })
    await payer.walk(page, { choose: 'qr', leaveAt: 'phone' })
    await merchant.admin.advance('119m')
    expect(await statusOf(merchant)).toMatchObject({ transaction_status: 'pending' })
    await merchant.admin.advance('1m')
    expect(await statusOf(merchant)).toMatchObject({ transaction_status: 'expire' })
  })

  test('page_expiry: until when the page can be used; a payment that was begun goes on', async () => {
    const merchant = newSnapMerchant(emulator)
    await merchant.admin.freeze()
    const page = await pageOf(merchant, 50_000, { page_expiry: { duration: 5, unit: 'minutes' } })
    await payer.walk(page, { choose: 'qr', leaveAt: 'phone' })
    await merchant.admin.advance('5m')
    expect(await pageText(page)).toContain('data-ending="expired"')
    expect(await statusOf(merchant)).toMatchObject({ transaction_status: 'pending' })
  })

  test('callbacks: where the customer goes in the end, and after a failure', async () => {
    const merchant = newSnapMerchant(emulator)
    const callbacks = { finish: 'https://shop.example/paid', error: 'https://shop.example/failed' }
    expect(await payer.walk(await pageOf(merchant, 50_000, { callbacks }))).toMatchObject({
      returnedTo: expect.stringMatching(/^https:\/\/shop\.example\/paid\?/),
    })
    const other = newSnapMerchant(emulator)
    await other.send('PATCH', '/snap/v3/merchant-preferences', { allow_retry: false })
    await other.admin.rules([{ match: { operation: 'charge' }, outcome: 'deny' }])
    expect(await payer.walk(await pageOf(other, 50_000, { ...linking, callbacks }))).toMatchObject({
      ending: 'denied',
      returnedTo: 'https://shop.example/failed?order_id=order-1&status_code=202&transaction_status=deny',
    })
  })

  test('recurring: of cards, so it is accepted and changes nothing', async () => {
    const merchant = newSnapMerchant(emulator)
    const recurring = { required: true, start_time: '2030-01-01 00:00:00 +0700', interval_unit: 'month' }
    await payer.walk(await pageOf(merchant, 50_000, { recurring }))
    expect(await statusOf(merchant)).toMatchObject({ transaction_status: 'settlement' })
  })

  test('custom_field1–3: stand in the notification', async () => {
    const merchant = newSnapMerchant(emulator)
    const fields = { custom_field1: 'one', custom_field2: 'two', custom_field3: 'three' }
    await payer.walk(await pageOf(merchant, 50_000, fields))
    expect((await told(merchant)).at(-1)).toMatchObject(fields)
  })
})

describe('facts.md, section 7: answers and errors', () => {
  test('Answers: HTTP 201 with a token of 36 characters, and its page', async () => {
    const { http, body } = await newSnapMerchant(emulator).create('order-1', 50_000)
    expect(http).toBe(201)
    expect(String(body.token)).toHaveLength(36)
    expect(body.redirect_url).toBe(`${emulator.url}/snap/v4/redirection/${body.token}`)
  })

  test('Errors: each in error_messages, with a true HTTP code', async () => {
    const merchant = newSnapMerchant(emulator)
    expect(
      await merchant.raw('POST', '/snap/v1/transactions', { headers: { authorization: 'Basic Og==' } }),
    ).toMatchObject(denied)
    const item_details = [{ name: 'Kopi', price: 1, quantity: 1 }]
    expect(await merchant.create('order-1', 50_000, { item_details })).toMatchObject(
      refused('transaction_details.gross_amount is not equal to the sum of item_details'),
    )
    const waiting = { order_id: 'order-2', gross_amount: 50_000 }
    await merchant.api.post('/v2/charge', { payment_type: 'gopay', transaction_details: waiting })
    expect(await merchant.create('order-2', 50_000)).toMatchObject(
      refused('transaction_details.order_id has already been taken'),
    )
    await payer.walk(await pageOf(merchant, 50_000))
    expect(await merchant.create('order-1', 50_000)).toMatchObject(
      refused('transaction_details.order_id has been paid and utilized, please use another order ID'),
    )
    expect(await merchant.create('order-3', 50_000, {}, { 'x-emulator-fault': '500' })).toMatchObject({
      http: 500,
      body: { error_messages: ['Sorry, we encountered internal server error. We will fix this soon.'] },
    })
  })

  test('GET / DELETE https://app.midtrans.com/snap/v3/users/{user_id}/gopay: the linked account, and its end', async () => {
    const merchant = newSnapMerchant(emulator)
    const path = '/snap/v3/users/customer-1/gopay'
    const none = { http: 404, body: { error_messages: ['account not found'], locale: 'en' } }
    expect(await merchant.send('GET', path)).toMatchObject(none)
    const page = await pageOf(merchant, 50_000, linking)
    await payer.walk(page, { choose: 'link', leaveAt: 'otp' })
    // "also while PENDING"
    expect(await merchant.send('GET', path)).toMatchObject(none)
    await payer.walk(page, { choose: 'link' })
    const account = {
      user_id: 'customer-1',
      account_status: 'ENABLED',
      balance: '8000000.00',
      phone_number: '8215023424',
      country_code: '62',
      account_id: expect.any(String),
    }
    const { body } = await merchant.send('GET', path)
    expect(body).toEqual(account)
    expect(Object.keys(body)).toEqual(Object.keys(account))
    expect(await merchant.send('DELETE', path)).toMatchObject({ http: 200, body: { account_status: 'DISABLED' } })
    expect(await merchant.send('GET', path)).toMatchObject(none)
    expect(await merchant.send('DELETE', path)).toMatchObject(none)
  })

  test('Status lookup: 404 until the customer has chosen a method', async () => {
    const merchant = newSnapMerchant(emulator)
    const page = await pageOf(merchant, 50_000)
    expect(await statusOf(merchant)).toMatchObject({ status_code: '404' })
    await payer.walk(page, { choose: 'qr', leaveAt: 'phone' })
    expect(await statusOf(merchant)).toMatchObject({ status_code: '201', transaction_status: 'pending' })
  })

  test('Notification: as in the Core API, and with metadata.extra_info', async () => {
    await using inbox = await openInbox()
    const merchant = newSnapMerchant(emulator)
    await merchant.admin.patch('settings', { payment_notification_url: inbox.url })
    await payer.walk(await pageOf(merchant, 50_000, { ...linking, metadata: { cart: 7 } }))
    const { account_id } = (await merchant.send('GET', '/snap/v3/users/customer-1/gopay')).body
    const [received] = await inbox.waitFor(1)
    expect(received?.body).toMatchObject({
      transaction_status: 'settlement',
      metadata: { cart: 7, extra_info: { user_id: 'customer-1', account_id } },
      signature_key: expect.stringMatching(/^[0-9a-f]{128}$/),
    })
    const byCode = newSnapMerchant(emulator)
    await payer.walk(await pageOf(byCode, 50_000))
    expect((await told(byCode)).at(-1)).not.toHaveProperty('metadata')
  })

  test('Finish redirect: with order_id, status_code and transaction_status, behind what the merchant put there', async () => {
    const merchant = newSnapMerchant(emulator)
    const callbacks = { finish: 'https://shop.example/paid?cart=7' }
    expect(await payer.walk(await pageOf(merchant, 50_000, { callbacks }))).toMatchObject({
      ending: 'paid',
      returnedTo: 'https://shop.example/paid?cart=7&order_id=order-1&status_code=200&transaction_status=settlement',
    })
  })

  test('Cancel session: when, and why not; no webhook tells of the end of a page', async () => {
    const merchant = newSnapMerchant(emulator)
    const cancel = (token: string) => merchant.send('POST', `/snap/v1/transactions/${token}/cancel`)
    const token = await merchant.token('order-1', 50_000)
    expect(await cancel(token)).toMatchObject({ http: 200, body: { canceled_at: expect.stringMatching(/Z$/) } })
    expect(await cancel(token)).toMatchObject(refused('token already canceled'))
    expect(await cancel('nobody')).toMatchObject({ http: 404, body: { error_messages: ['token not found'] } })
    expect(await told(merchant)).toEqual([])
    const begun = await merchant.create('order-1', 50_000)
    await payer.walk(String(begun.body.redirect_url), { choose: 'qr', leaveAt: 'phone' })
    expect(await cancel(String(begun.body.token))).toMatchObject(refused('Transaction is on progress'))
  })

  test('Preference: is told and changed; a key and a payment type that are none are refused', async () => {
    const merchant = newSnapMerchant(emulator)
    const path = '/snap/v3/merchant-preferences'
    expect((await merchant.send('PATCH', path, { display_name: 'Toko Kopi' })).http).toBe(200)
    expect((await merchant.send('GET', path)).body).toMatchObject({ display_name: 'Toko Kopi' })
    expect(await merchant.raw('GET', path, { headers: { authorization: 'Basic Og==' } })).toMatchObject({
      http: 401,
      body: { error_messages: ['Access denied, please check server key'] },
    })
    const payment_channels = [{ name: 'credit_card', enabled: true }]
    expect(await merchant.send('PATCH', path, { payment_channels })).toMatchObject(
      refused('Payment type credit_card is invalid for this merchant'),
    )
  })
})
