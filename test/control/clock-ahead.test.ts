import { expect, test } from 'vitest'
import { openInbox, startEmulator } from '../../src/testkit/index.ts'
import { openMerchant } from '../journeys/merchant.ts'
import { adminRequest } from './admin-request.ts'

const key = 'SB-Mid-server-clock-ahead'
const start = '2031-05-06T07:00:00.000Z'
const after = (ms: number) => new Date(Date.parse(start) + ms).toISOString()
const minute = 60_000

/** A merchant with a linked payer, whose clock stands at `start`. */
async function openShop(settings: Record<string, string> = {}) {
  const emulator = await startEmulator(settings)
  const admin = emulator.admin(key)
  await admin.post('clock/freeze')
  await admin.post('clock/set', { to: start })
  const merchant = await openMerchant(emulator.url, key)
  const post = (path: string, body?: unknown) => adminRequest(emulator, path, { method: 'POST', key, body })
  return { emulator, admin, merchant, post, [Symbol.asyncDispose]: () => emulator.close() }
}

test('a tester runs a fast clock, and payments end by themselves', async () => {
  await using inbox = await openInbox()
  await using shop = await openShop({ 'payment-notification-url': inbox.url })
  await shop.merchant.charge('order-1', 150_000)
  expect((await shop.post('clock/speed', { speed: 100_000 })).body).toMatchObject({
    speed: 100_000,
    mode: 'frozen',
    now: start,
  })
  expect((await shop.post('clock/resume')).body).toMatchObject({ speed: 100_000, mode: 'running' })
  const [pending, expired] = await inbox.waitFor(2)
  expect([pending?.body.transaction_status, expired?.body.transaction_status]).toEqual(['pending', 'expire'])
  expect(await shop.merchant.status('order-1')).toMatchObject({ transaction_status: 'expire' })
})

test('a clock that is told to run slower lets less time go by', async () => {
  await using shop = await openShop()
  await shop.post('clock/speed', { speed: 0.001 })
  await shop.post('clock/resume')
  const { body } = await adminRequest(shop.emulator, 'clock', { key })
  // Real time since then is under a minute: that is 60 milliseconds.
  expect(Date.parse(body.now) - Date.parse(start)).toBeLessThan(60)
})

test.each([0, -1, 0.0009, 100_001, '60', null])('no clock runs %j times as fast', async (speed) => {
  await using emulator = await startEmulator()
  const refused = await adminRequest(emulator, 'clock/speed', { method: 'POST', key, body: { speed } })
  expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringContaining('speed') } })
  expect((await adminRequest(emulator, 'clock', { key })).body.speed).toBe(1)
})

test('a reset brings a clock back to its normal speed', async () => {
  await using shop = await openShop()
  await shop.post('clock/speed', { speed: 60 })
  await shop.post('reset')
  expect((await adminRequest(shop.emulator, 'clock', { key })).body).toMatchObject({ speed: 1, mode: 'running' })
})

test('next takes one thing after the other, each at its own time, until nothing is ahead', async () => {
  await using inbox = await openInbox()
  await using shop = await openShop({ 'payment-notification-url': inbox.url })
  inbox.answer(({ body }) => (body.transaction_status === 'expire' ? 500 : 200))
  await shop.merchant.charge('order-1', 150_000)
  await shop.admin.advance('0s')

  const page = await shop.post('clock/next')
  expect(page).toMatchObject({ status: 200, body: { now: after(5 * minute), mode: 'frozen' } })
  expect(page.body.happened).toMatchObject([{ what: 'verification', to: 'expired' }])

  const payment = await shop.post('clock/next')
  expect(payment.body.now).toBe(after(15 * minute))
  expect(payment.body.happened).toMatchObject([
    { what: 'transaction', to: 'expire' },
    { what: 'notification', event: 'transaction.expire', answer: 500, status: 'planned' },
  ])

  const retry = await shop.post('clock/next')
  expect(retry.body.now).toBe(after(17 * minute))
  expect(retry.body.happened).toMatchObject([{ what: 'notification', attempt: 2, status: 'failed' }])

  const over = await shop.post('clock/next')
  expect(over).toMatchObject({ status: 409, body: { title: 'Nothing is ahead', hint: expect.any(String) } })
  expect((await adminRequest(shop.emulator, 'clock', { key })).body.now).toBe(after(17 * minute))
})

test('next waits for what is under way before it looks what comes next', async () => {
  await using inbox = await openInbox()
  await using shop = await openShop({ 'payment-notification-url': inbox.url })
  const { promise: answered, resolve: answer } = Promise.withResolvers<number>()
  inbox.answer(() => answered)
  await shop.merchant.charge('order-1', 50_000)
  const going = shop.post('clock/next')
  const second = await shop.post('clock/next')
  answer(503)
  const { body } = await going
  expect(body.now).toBe(after(2 * minute))
  expect(body.happened).toMatchObject([{ attempt: 1 }, { attempt: 2 }])
  expect(second).toMatchObject({ status: 409, body: { title: 'The clock is moving already' } })
})

test('a tester sees all that will happen, the earliest first, and what it is about', async () => {
  await using inbox = await openInbox()
  const url = inbox.url.replace('http://', 'http://shop:secret@')
  await using shop = await openShop({ 'payment-notification-url': url })
  const { admin, merchant } = shop
  inbox.answer(() => 503)
  await merchant.charge('waiting', 150_000)
  await merchant.charge('paid', 50_000)
  await admin.advance('0s')
  const link = await merchant.api.post('/v2/pay/account', {
    payment_type: 'gopay',
    gopay_partner: { phone_number: '8242974268', country_code: '62' },
  })
  await merchant.api.post('/v2/paid/refund', { refund_key: 'r1' })
  await admin.advance('0s')
  await admin.post('gate/hold', { filter: { order_id: 'waiting' } })

  const { total, upcoming } = await admin.upcoming()
  const account_id = merchant.accountId
  expect(upcoming).toEqual([
    told('transaction.settlement', 'paid', 2),
    told('transaction.refund', 'paid', 2),
    page({ order_id: 'waiting', account_id }),
    page({ account_id: link.account_id }),
    {
      due_at: after(15 * minute),
      timer: 'transaction-expiry',
      what: expect.any(String),
      order_id: 'waiting',
      account_id,
    },
    { due_at: after(15 * minute), timer: 'account-expiry', what: expect.any(String), account_id: link.account_id },
    {
      due_at: after(1_440 * minute),
      timer: 'refund-confirmation',
      what: expect.any(String),
      order_id: 'paid',
      account_id,
    },
  ])
  expect(total).toBe(7)
  expect(JSON.stringify(upcoming)).not.toContain('secret')

  function told(event: string, reference: string, attempt: number) {
    const [due_at, what, delivery] = [after(2 * minute), 'the merchant is told', expect.any(String)]
    return { due_at, what, delivery, event, reference, url: inbox.url, attempt }
  }
  function page(about: object) {
    return { due_at: after(5 * minute), timer: 'verification-expiry', what: "the payer's page closes", ...about }
  }
})

test('of very many things that will happen the first 1,000 are shown, and how many there are', async () => {
  await using shop = await openShop()
  await Promise.all(Array.from({ length: 510 }, (_, number) => shop.merchant.charge(`order-${number}`, 150_000)))
  const { body } = await adminRequest(shop.emulator, 'clock/upcoming', { key })
  expect([body.total, body.upcoming.length]).toEqual([1_020, 1_000])
  expect(body.upcoming[509]).toMatchObject({ timer: 'verification-expiry' })
  expect(body.upcoming[510]).toMatchObject({ timer: 'transaction-expiry' })
})
