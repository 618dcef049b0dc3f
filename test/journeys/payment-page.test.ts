import { expect, test } from 'vitest'
import { openInbox, payer, startEmulator } from '../../src/testkit/index.ts'
import { backLink, fillIn, visit } from './browser.ts'
import { callbackUrl, linkIn, openMerchant } from './merchant.ts'

const serverKey = 'SB-Mid-server-payment-page'

test('a payer sees what is to be paid, and by when', async () => {
  await using emulator = await startEmulator()
  await emulator.admin(serverKey).post('clock/freeze')
  await emulator.admin(serverKey).post('clock/set', { to: '2030-01-02 16:00:00 +0700' })
  const merchant = await openMerchant(emulator.url, serverKey)
  const page = await visit(linkIn(await merchant.charge('order-1', 1_150_000), 'verification-link-url'))
  expect(page.text('order')).toBe('order-1')
  expect(page.text('amount')).toBe('Rp1.150.000')
  expect(page.text('expires')).toBe('16:05:00 WIB')
})

test('a wrong PIN is told and may be tried again, and the payment waits', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  const page = await visit(linkIn(await merchant.charge('order-1', 100_000), 'verification-link-url'))

  const wrong = await fillIn(page, { pin: '000000' })
  expect(wrong).toMatchObject({ status: 200, step: 'pin' })
  expect(wrong.text('complaint')).toBe('PIN salah. Coba lagi.')
  expect(await merchant.status('order-1')).toMatchObject({ transaction_status: 'pending' })

  expect((await fillIn(page, { pin: '112233' })).leftFor).toBe(`${callbackUrl}?order_id=order-1&result=success`)
  expect(await merchant.status('order-1')).toMatchObject({ transaction_status: 'settlement' })
  expect(await merchant.balance()).toBe('7900000.00')
})

test('three wrong PINs end the page, and nothing is charged', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  const page = await visit(linkIn(await merchant.charge('order-1', 100_000), 'verification-link-url'))
  await fillIn(page, { pin: '1' })
  await fillIn(page, { pin: '' })
  const third = await fillIn(page, { pin: '000000' })
  expect(third.ending).toBe('failed')
  expect(backLink(third)).toBe(`${callbackUrl}?order_id=order-1&result=failure`)

  expect((await fillIn(page, { pin: '112233' })).ending).toBe('failed')
  expect(await merchant.balance()).toBe('8000000.00')
})

test('a payer who presses Cancel goes back, and cannot pay on the page left open', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  const page = await visit(linkIn(await merchant.charge('order-1', 100_000), 'verification-link-url'))
  expect((await fillIn(page, { action: 'decline' })).leftFor).toBe(`${callbackUrl}?order_id=order-1&result=abort`)
  expect((await fillIn(page, { pin: '112233' })).ending).toBe('declined')
  expect(await merchant.status('order-1')).toMatchObject({ transaction_status: 'pending' })
  expect(await merchant.balance()).toBe('8000000.00')
})

test('a payer who sends the right PIN twice pays once', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const merchant = await openMerchant(emulator.url, serverKey)
  const page = await visit(linkIn(await merchant.charge('order-1', 100_000), 'verification-link-url'))
  await Promise.all([1, 2, 3].map(() => fillIn(page, { pin: '112233' })))
  expect(await merchant.balance()).toBe('7900000.00')
  await emulator.admin(serverKey).advance('0s')
  expect(inbox.received.map(({ body }) => body.transaction_status)).toEqual(['pending', 'settlement'])
})

test.each(['cancel', 'expire'])('the page of a payment that the merchant ended by %s is closed', async (ended) => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  const link = linkIn(await merchant.charge('order-1', 100_000), 'verification-link-url')
  const page = await visit(link)
  await merchant.api.post(`/v2/order-1/${ended}`)

  for (const closed of [await fillIn(page, { pin: '112233' }), await visit(page.url), await visit(link)]) {
    expect(closed).toMatchObject({ status: 410, ending: 'closed', step: undefined })
    expect(backLink(closed)).toBe(`${callbackUrl}?order_id=order-1&result=failure`)
  }
  expect(await merchant.status('order-1')).toMatchObject({ transaction_status: ended })
  expect(await merchant.balance()).toBe('8000000.00')
})

test('money that is gone when the PIN is typed denies the payment, and the merchant is told', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const merchant = await openMerchant(emulator.url, serverKey)
  const first = linkIn(await merchant.charge('order-1', 5_000_000), 'verification-link-url')
  const second = linkIn(await merchant.charge('order-2', 5_000_000), 'verification-link-url')
  await payer.walk(first)

  expect((await payer.walk(second)).returnedTo).toBe(`${callbackUrl}?order_id=order-2&result=failure`)
  expect(await merchant.status('order-2')).toMatchObject({
    status_code: '202',
    transaction_status: 'deny',
    channel_response_code: '201',
    channel_response_message: 'Insufficient Balance',
  })
  expect(await merchant.balance()).toBe('3000000.00')
  const denied = (await inbox.waitFor(4))[3]
  expect(denied?.body).toMatchObject({ order_id: 'order-2', status_code: '202', transaction_status: 'deny' })
})

test('a payer with too little money is denied before any page', async () => {
  await using emulator = await startEmulator()
  const poor = await openMerchant(emulator.url, serverKey, { phone_number: '8242014881', country_code: '62' })
  const answer = await poor.charge('order-1', 150_000)
  expect(answer).toMatchObject({ status_code: '202', transaction_status: 'deny', channel_response_code: '201' })
  expect(answer).not.toHaveProperty('actions')
})

test('what the merchant wrote is shown as text, never as part of the page', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  const evil = '<script>alert(1)</script>'
  const answer = await merchant.charge(evil, 150_000, {
    gopay: { callback_url: 'https://shop.example/?q="><script>alert(2)</script>' },
  })
  const page = await visit(linkIn(answer, 'verification-link-url'))
  expect(page.text('order')).toBe('&lt;script&gt;alert(1)&lt;/script&gt;')

  for (let tries = 0; tries < 2; tries++) await fillIn(page, { pin: '000000' })
  const failed = await fillIn(page, { pin: '000000' })
  expect(failed.ending).toBe('failed')
  for (const { html } of [page, failed]) {
    expect(html).not.toContain('<script>')
  }
})

test('a payment page carries on where it was after a reload', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  const page = await visit(linkIn(await merchant.charge('order-1', 100_000), 'verification-link-url'))
  await fillIn(page, { pin: '000000' })
  expect((await visit(page.url)).step).toBe('pin')
  expect((await fillIn(page, { pin: '112233' })).leftFor).toContain('result=success')
})
