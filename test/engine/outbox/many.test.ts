import { expect, test } from 'vitest'
import { keptNotifications } from '../../../src/engine/outbox/outbox.ts'
import { draft, openOutbox, startAt } from './harness.ts'

/** Nothing can be sent there, which is known at once and without a network. */
const hopeless = 'nowhere:'
/** Nothing listens on port 9: the test that sends there makes one try each. */
const deadUrl = 'http://127.0.0.1:9/'
type Sandbox = Awaited<ReturnType<typeof openOutbox>>

function putMany(sandbox: Sandbox, count: number, ...urls: readonly string[]) {
  return Array.from({ length: count }, (_, number) => sandbox.put(`order-${number}`, ...urls))
}

function medianMsOfPut(sandbox: Sandbox): number {
  const times = Array.from({ length: 201 }, () => {
    const before = performance.now()
    sandbox.put('one-more', deadUrl)
    return performance.now() - before
  })
  return times.sort((a, b) => a - b)[100] ?? 0
}

test('one more notification costs the same, however many wait for a merchant that is away', async () => {
  await using sandbox = await openOutbox()
  putMany(sandbox, 1_000, deadUrl)
  const before = medianMsOfPut(sandbox)
  putMany(sandbox, 12_000, deadUrl)
  expect(medianMsOfPut(sandbox) / before).toBeLessThan(20)
  expect(sandbox.notifications.size).toBe(13_402)
  expect(new Set(sandbox.statuses())).toEqual(new Set(['planned']))
})

test('notifications that were all waiting are let go once they are finished, the oldest first', async () => {
  await using sandbox = await openOutbox()
  const all = putMany(sandbox, 12_000, hopeless)
  expect(sandbox.notifications.size).toBe(12_000)
  await sandbox.outbox.drain()
  expect(new Set(sandbox.statuses())).toEqual(new Set(['failed']))

  const latest = sandbox.put('latest', deadUrl)
  const { size } = sandbox.notifications
  expect(size).toBeGreaterThan(keptNotifications)
  expect(size).toBeLessThanOrEqual(keptNotifications * 1.1 + 1)
  expect(sandbox.deliveries.size).toBe(size)
  const kept = [...all, latest].map(({ id }) => sandbox.notifications.get(id) !== undefined)
  expect(kept).toEqual([...Array(12_001 - size).fill(false), ...Array(size).fill(true)])
})

test('what waits is never let go for what is finished', async () => {
  await using sandbox = await openOutbox()
  const waiting = putMany(sandbox, 500, deadUrl)
  const finished = putMany(sandbox, keptNotifications * 1.2)
  const isKept = ({ id }: { id: string }) => sandbox.notifications.get(id) !== undefined
  expect(waiting.every(isKept)).toBe(true)
  expect([finished.slice(0, 1_000).some(isKept), finished.slice(-5_000).every(isKept)]).toEqual([false, true])
  expect(sandbox.notifications.size).toBeLessThanOrEqual(keptNotifications * 1.1 + waiting.length)
})

test('a notification with two ways is let go when both are done, and not before', async () => {
  await using sandbox = await openOutbox({
    retryAfter: (attempts) => (attempts.length === 1 ? 60_000 : undefined),
  })
  const { id } = sandbox.put('order-1', hopeless, deadUrl)
  await sandbox.outbox.drain()
  expect(sandbox.statuses()).toEqual(['failed', 'planned'])
  putMany(sandbox, keptNotifications * 1.5)
  expect(sandbox.notifications.get(id)?.reference).toBe('order')
  expect(sandbox.outbox.deliveriesOf(id)).toHaveLength(2)

  sandbox.setClock(startAt + 60_000)
  await sandbox.outbox.drain()
  expect(sandbox.outbox.deliveriesOf(id).map(({ status }) => status)).toEqual(['failed', 'failed'])
  putMany(sandbox, keptNotifications * 1.5)
  expect(sandbox.notifications.get(id)).toBeUndefined()
  expect(sandbox.deliveries.size).toBe(0)
})

test('a step that fails while others are let go leaves all in place, and does not end the letting go', async () => {
  await using sandbox = await openOutbox()
  const all = putMany(sandbox, keptNotifications * 1.1)
  const putAndFail = () => {
    sandbox.outbox.put(draft('refused'), startAt)
    throw new Error('refused')
  }
  expect(() => sandbox.step(putAndFail)).toThrow('refused')
  expect(sandbox.notifications.size).toBe(keptNotifications * 1.1)
  expect(all.every(({ id }) => sandbox.notifications.get(id) !== undefined)).toBe(true)
  const latest = sandbox.put('latest')
  // The refused one was counted, too.
  expect([keptNotifications - 1, keptNotifications]).toContain(sandbox.notifications.size)
  expect(sandbox.notifications.get(latest.id)).toBeDefined()
})
