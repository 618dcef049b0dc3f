import { describe, expect, test } from 'vitest'
import { openInbox, payer, startEmulator, type TestEmulator } from '../../src/testkit/index.ts'
import { linkIn, openMerchant } from './merchant.ts'

/** Issue 5, done when: eight workers, each with a key, a clock and a network of its own, twenty times in a row. */
const workers = 8
const rounds = 20

/** What one worker sees of a story of its own: it must not depend on what the others do at the same time. */
async function work(emulator: TestEmulator, round: number, worker: number): Promise<readonly unknown[]> {
  await using inbox = await openInbox()
  const key = `SB-Mid-server-round-${round}-worker-${worker}`
  const admin = emulator.admin(key)
  await admin.post('clock/set', { to: '2030-01-01T09:00:00+07:00' })
  await admin.post('clock/freeze')
  await admin.patch('settings', { payment_notification_url: inbox.url })
  const merchant = await openMerchant(emulator.url, key)
  const seen: unknown[] = []

  // The network of this worker breaks in its own way: the first charge gets lost after all has happened.
  const faults = ['after:reset', 'after:empty', 'before:reset', 'after:cut', 'before:503', 'after:504', 'before:429']
  const fault = faults[worker] ?? 'latency:5ms'
  await admin.put('rules', [
    { match: { operation: 'charge', order_id: 'order-1' }, fault, times: 'once' },
    { match: { operation: 'charge', order_id: 'order-2' }, outcome: worker % 2 === 0 ? 'deny:201' : 'ask-pin' },
  ])
  const first = await merchant.charge('order-1', 50_000).then(
    ({ httpStatus }) => httpStatus,
    () => 'broken',
  )
  seen.push(fault, first, (await merchant.status('order-1')).transaction_status ?? 'nothing')

  const second = await merchant.charge('order-2', 20_000)
  if (second.actions) await payer.walk(linkIn(second, 'verification-link-url'))
  seen.push((await merchant.status('order-2')).transaction_status)

  // The clock of this worker jumps by as many hours as no other's.
  const before = ((await admin.get('clock')) as { now: string }).now
  await merchant.charge('order-3', 150_000)
  const { now } = await admin.advance(`${worker + 1}h`)
  seen.push((Date.parse(now) - Date.parse(before)) / 3_600_000, (await merchant.status('order-3')).transaction_status)

  const { sum } = (await admin.get('ledger')) as { sum: number }
  const told = inbox.received.map(({ body }) => `${body.order_id} ${body.transaction_status}`)
  seen.push(sum, await merchant.balance(), told.toSorted())
  for (const received of inbox.received) if (!inbox.isSigned(received, key)) seen.push('signed by another key')
  await admin.post('rules/expect-used')
  return seen
}

describe(`${workers} workers with keys of their own`, () => {
  test(`see what each sees alone, ${rounds} times in a row`, { timeout: 120_000 }, async () => {
    await using emulator = await startEmulator()
    const numbers = Array.from({ length: workers }, (_, worker) => worker)
    const alone: unknown[] = []
    for (const worker of numbers) alone.push(await work(emulator, 0, worker))
    expect(alone[0]).toEqual([
      'after:reset',
      'broken',
      'settlement',
      'deny',
      1,
      'expire',
      0,
      '7950000.00',
      ['order-1 settlement', 'order-2 deny', 'order-3 expire', 'order-3 pending'],
    ])
    expect(new Set(alone.map((seen) => JSON.stringify(seen))).size).toBe(workers)
    for (let round = 1; round <= rounds; round++) {
      expect(await Promise.all(numbers.map((worker) => work(emulator, round, worker)))).toEqual(alone)
    }
  })
})
