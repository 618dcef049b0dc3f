import { expect, test } from 'vitest'
import { openInbox, startEmulator, type TestEmulator } from '../../src/testkit/index.ts'
import { openMerchant } from './merchant.ts'
import { basicAuth } from './raw-request.ts'

const serverKey = 'SB-Mid-server-advance'
const minute = 60_000

/** A merchant with a frozen clock, and what the time is at so many minutes from its start. */
async function openFrozen(emulator: TestEmulator) {
  const admin = emulator.admin(serverKey)
  const merchant = await openMerchant(emulator.url, serverKey)
  await admin.post('clock/freeze')
  const { now } = (await admin.get('clock')) as { now: string }
  return { admin, merchant, after: (minutes: number) => new Date(Date.parse(now) + minutes * minute).toISOString() }
}

test('advance answers with all that happened on the way, each at its own time', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const { admin, merchant, after } = await openFrozen(emulator)
  inbox.answer(() => (inbox.received.length < 3 ? 503 : 200))
  await merchant.charge('order-1', 150_000)
  await admin.advance('0s')

  const answer = await admin.advance('20m')
  expect(answer).toMatchObject({ mode: 'frozen', now: after(20), omitted: 0 })
  expect(answer.happened.map(({ at, what }) => [at, what])).toEqual([
    [after(2), 'notification'],
    [after(5), 'verification'],
    [after(12), 'notification'],
    [after(15), 'transaction'],
    [after(15), 'notification'],
  ])
  expect(answer.happened).toMatchObject([
    { event: 'transaction.pending', reference: 'order-1', url: inbox.url, attempt: 2, answer: 503, status: 'planned' },
    { to: 'expired' },
    { event: 'transaction.pending', attempt: 3, answer: 200, status: 'delivered' },
    { order_id: 'order-1', from: 'pending', to: 'expire' },
    { event: 'transaction.expire', attempt: 1, answer: 200, status: 'delivered' },
  ])
  expect(answer.happened[0]?.next_attempt_at).toBe(after(12))
})

test('advance stops where it was asked to, and waits for the merchant', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const { admin, merchant, after } = await openFrozen(emulator)
  inbox.answer(() => 503)
  await merchant.charge('order-1', 50_000)
  await admin.advance('0s')
  expect(inbox.received).toHaveLength(1)
  expect((await admin.advance('119s')).happened).toEqual([])
  expect(inbox.received).toHaveLength(1)
  expect(await admin.advance('1s')).toMatchObject({ now: after(2), next_delivery_at: after(12) })
  expect(inbox.received).toHaveLength(2)
})

test('a merchant may ask for the status and charge anew inside its handler, while advance waits for it', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const { admin, merchant, after } = await openFrozen(emulator)
  await merchant.charge('order-1', 150_000)
  await inbox.waitFor(1)
  const asked: unknown[] = []
  inbox.answer(async ({ body }) => {
    if (body.transaction_status !== 'expire') return 200
    asked.push((await merchant.status(body.order_id ?? '')).transaction_status)
    asked.push((await merchant.charge(body.order_id ?? '', 50_000)).transaction_status)
    return 200
  })
  const { now, happened } = await admin.advance('1h')
  expect(asked).toEqual(['expire', 'settlement'])
  expect(now).toBe(after(60))
  expect(inbox.received.map(({ body }) => body.transaction_status)).toEqual(['pending', 'expire', 'settlement'])
  expect(happened.filter(({ what }) => what === 'notification').map(({ at }) => at)).toEqual([after(15), after(15)])
})

test('a merchant may ask for the status inside its handler while nobody advances', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const merchant = await openMerchant(emulator.url, serverKey)
  const { promise, resolve } = Promise.withResolvers<string>()
  inbox.answer(async ({ body }) => {
    resolve((await merchant.status(body.order_id ?? '')).transaction_status)
    return 200
  })
  await merchant.charge('order-1', 50_000)
  expect(await promise).toBe('settlement')
})

test('advance inside a handler that advance waits for is refused, and both end', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const { admin, merchant, after } = await openFrozen(emulator)
  await merchant.charge('order-1', 150_000)
  await admin.advance('0s')
  const answers: unknown[] = []
  inbox.answer(async () => {
    const response = await fetch(`${emulator.url}/__admin/clock/advance`, {
      method: 'POST',
      headers: { authorization: basicAuth(serverKey), 'content-type': 'application/json' },
      body: JSON.stringify({ by: '1h' }),
    })
    answers.push([response.status, response.headers.get('content-type'), await response.json()])
    return 200
  })
  expect((await admin.advance('15m')).now).toBe(after(15))
  expect(answers).toEqual([
    [
      409,
      expect.stringContaining('application/problem+json'),
      expect.objectContaining({ status: 409, hint: expect.stringContaining('handler') }),
    ],
  ])
  expect(await admin.advance('1m')).toMatchObject({ now: after(16) })
})

test('one dead URL holds up neither requests nor other merchants', async () => {
  await using inbox = await openInbox()
  await using silent = await openInbox()
  const { promise: held, resolve: release } = Promise.withResolvers<number>()
  silent.answer(() => held)
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const merchant = await openMerchant(emulator.url, serverKey)
  const other = await openMerchant(emulator.url, 'SB-Mid-server-advance-other')
  await emulator.admin(serverKey).patch('settings', { payment_notification_url: silent.url })
  for (const order of ['a', 'b', 'c']) await merchant.charge(order, 1_000)
  await other.charge('order-1', 1_000)
  expect((await inbox.waitFor(1))[0]?.body.order_id).toBe('order-1')
  expect(await merchant.status('c')).toMatchObject({ transaction_status: 'settlement' })
  release(200)
  expect((await silent.waitFor(3)).map(({ body }) => body.order_id)).toEqual(['a', 'b', 'c'])
})

test('a clock that runs goes on from where advance left it', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(serverKey)
  const before = Date.now()
  const { now } = await admin.advance('2d')
  const reading = (await admin.get('clock')) as { mode: string; now: string }
  expect(reading.mode).toBe('running')
  expect(Date.parse(now)).toBeGreaterThanOrEqual(before + 2 * 86_400_000)
  expect(Date.parse(reading.now)).toBeGreaterThanOrEqual(Date.parse(now))
  expect(Date.parse(reading.now) - Date.now()).toBeLessThanOrEqual(2 * 86_400_000)
})
