import { expect, test } from 'vitest'
import { keptNotifications } from '../../../src/engine/outbox/outbox.ts'
import { openInbox } from '../../../src/testkit/index.ts'
import { attempt, draft, openOutbox, startAt } from './harness.ts'

const orders = (received: readonly { readonly body: Readonly<Record<string, string>> }[]) =>
  received.map(({ body }) => body.order_id)

test('a notification arrives with its body as it was frozen, and the try is written down', async () => {
  await using inbox = await openInbox()
  await using sandbox = await openOutbox()
  const { id } = sandbox.put('order-1', `${inbox.url}notify`)
  await sandbox.outbox.drain()
  expect(inbox.received).toMatchObject([{ path: '/notify', text: '{"order_id":"order-1"}' }])
  expect(sandbox.outbox.deliveriesOf(id)).toMatchObject([
    { status: 'delivered', attempts: [attempt({ at: startAt, url: `${inbox.url}notify`, answer: 200 })] },
  ])
  expect(sandbox.outbox.nextDueAt).toBeUndefined()
  expect(sandbox.happenings).toMatchObject([
    { at: startAt, what: 'delivery', id, reference: 'order', did: 'plan', status: 'planned' },
    { at: startAt, what: 'notification', id, reference: 'order', attempt: 1, answer: 200, status: 'delivered' },
  ])
})

test('nothing is sent by a step that throws', async () => {
  await using inbox = await openInbox()
  await using sandbox = await openOutbox()
  const putAndFail = () => {
    sandbox.outbox.put(draft('refused', inbox.url), startAt)
    throw new Error('refused')
  }
  expect(() => sandbox.step(putAndFail)).toThrow('refused')
  sandbox.put('order-1', inbox.url)
  await sandbox.outbox.drain()
  expect(orders(inbox.received)).toEqual(['order-1'])
})

test('a notification goes to each of its URLs, and once only to one that is named twice', async () => {
  await using one = await openInbox()
  await using other = await openInbox()
  await using sandbox = await openOutbox()
  sandbox.put('order-1', one.url, other.url, one.url)
  await sandbox.outbox.drain()
  expect([one.received.length, other.received.length]).toEqual([1, 1])
})

test('a notification without a URL is kept, and has nowhere to go', async () => {
  await using sandbox = await openOutbox()
  const { id } = sandbox.put('order-1')
  await sandbox.outbox.drain()
  expect([sandbox.notifications.size, sandbox.outbox.deliveriesOf(id)]).toEqual([1, []])
})

test('a URL is told of one thing in order and one at a time, however slow each answer is', async () => {
  await using inbox = await openInbox()
  await using sandbox = await openOutbox()
  let open = 0
  const openAtOnce: number[] = []
  inbox.answer(async () => {
    openAtOnce.push(++open)
    // Later ones would overtake an answer that takes some turns, if they could.
    for (let turns = 0; turns < 10; turns++) await new Promise(setImmediate)
    open--
    return 200
  })
  const expected = Array.from({ length: 20 }, (_, number) => `order-${number}`)
  for (const order of expected) {
    sandbox.put(order, inbox.url)
    sandbox.outbox.pump()
  }
  await sandbox.outbox.drain()
  expect(orders(inbox.received)).toEqual(expected)
  expect(new Set(openAtOnce)).toEqual(new Set([1]))
})

test('one URL that never answers does not delay another', async () => {
  await using dead = await openInbox()
  await using alive = await openInbox()
  await using sandbox = await openOutbox()
  dead.answer(() => new Promise(() => {}))
  for (const order of ['order-1', 'order-2']) sandbox.put(order, dead.url, alive.url)
  sandbox.outbox.pump()
  expect(orders(await alive.waitFor(2))).toEqual(['order-1', 'order-2'])
})

test('a failed try is repeated when the policy says so, and not a millisecond before', async () => {
  await using inbox = await openInbox()
  const asked: unknown[] = []
  await using sandbox = await openOutbox({
    retryAfter: (attempts) => {
      asked.push(attempts.map(({ answer }) => answer))
      return attempts.length * 60_000
    },
  })
  const answers = [500, 404, 200]
  inbox.answer(() => answers.shift())
  const { id } = sandbox.put('order-1', inbox.url)
  await sandbox.outbox.drain()
  expect(sandbox.outbox.deliveriesOf(id)).toMatchObject([{ status: 'planned', nextAttemptAt: startAt + 60_000 }])
  expect(sandbox.outbox.nextDueAt).toBe(startAt + 60_000)

  sandbox.setClock(startAt + 59_999)
  await sandbox.outbox.drain()
  expect(inbox.received).toHaveLength(1)
  sandbox.setClock(startAt + 60_000)
  await sandbox.outbox.drain()
  expect(inbox.received).toHaveLength(2)
  sandbox.setClock(startAt + 180_000)
  await sandbox.outbox.drain()

  expect(asked).toEqual([[500], [500, 404]])
  expect(new Set(inbox.received.map(({ text }) => text)).size).toBe(1)
  expect(sandbox.outbox.deliveriesOf(id)).toMatchObject([
    {
      status: 'delivered',
      attempts: [
        attempt({ at: startAt, answer: 500 }),
        attempt({ at: startAt + 60_000, answer: 404 }),
        attempt({ at: startAt + 180_000, answer: 200 }),
      ],
    },
  ])
})

test('a notification fails for good when the policy gives up', async () => {
  await using inbox = await openInbox()
  inbox.answer(() => 301)
  await using sandbox = await openOutbox({ retryAfter: () => undefined })
  const { id } = sandbox.put('order-1', inbox.url)
  await sandbox.outbox.drain()
  expect(sandbox.outbox.deliveriesOf(id)).toMatchObject([{ status: 'failed', attempts: [{ answer: 301 }] }])
  expect(sandbox.outbox.deliveriesOf(id)[0]?.nextAttemptAt).toBeUndefined()
  expect(sandbox.outbox.nextDueAt).toBeUndefined()
})

test('a merchant that cannot be reached is an attempt with an error, and is tried again', async () => {
  const inbox = await openInbox()
  await inbox.close()
  await using sandbox = await openOutbox()
  const { id } = sandbox.put('order-1', inbox.url)
  await sandbox.outbox.drain()
  const error = 'connection refused: nothing listens there'
  expect(sandbox.outbox.deliveriesOf(id)).toMatchObject([{ status: 'planned', attempts: [attempt({ error })] }])
  expect(sandbox.happenings.at(-1)).toMatchObject({ error, answer: undefined, nextAttemptAt: startAt + 60_000 })
})

test('a retry does not hold up what is put meanwhile', async () => {
  await using inbox = await openInbox()
  inbox.answer(({ body }) => (body.order_id === 'order-1' ? 500 : 200))
  await using sandbox = await openOutbox()
  sandbox.put('order-1', inbox.url)
  sandbox.put('order-2', inbox.url)
  await sandbox.outbox.drain()
  expect(sandbox.statuses()).toEqual(['planned', 'delivered'])
})

test('of more finished notifications than are kept the oldest go, and what is still planned stays', async () => {
  await using sandbox = await openOutbox()
  const planned = sandbox.put('planned', 'http://127.0.0.1:9/')
  const oldest = sandbox.put('oldest')
  for (let number = 0; number < keptNotifications * 1.5; number++) sandbox.put(`order-${number}`)
  const latest = sandbox.put('latest')
  expect(sandbox.notifications.size).toBeLessThanOrEqual(keptNotifications * 1.1)
  expect(sandbox.notifications.size).toBeGreaterThanOrEqual(keptNotifications)
  const kept = [planned, oldest, latest].map(({ id }) => sandbox.notifications.get(id)?.reference)
  expect(kept).toEqual(['planned', undefined, 'latest'])
  expect(sandbox.outbox.deliveriesOf(planned.id)).toHaveLength(1)
})
