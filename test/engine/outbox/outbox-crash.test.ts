import { expect, test } from 'vitest'
import { openInbox } from '../../../src/testkit/index.ts'
import { openOutbox, startAt } from './harness.ts'

/** A merchant that takes its time: `arrived` when the first try is there, answered once `answer` is called. */
async function openSlowInbox() {
  const inbox = await openInbox()
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>()
  const { promise: answered, resolve: answer } = Promise.withResolvers<number>()
  inbox.answer(() => {
    arrive()
    return answered
  })
  return { ...inbox, arrived, giveAnswer: answer }
}

test('nothing is told before the step it tells of is safe', async () => {
  await using inbox = await openInbox()
  const { promise: safe, resolve: becomeSafe } = Promise.withResolvers<void>()
  await using sandbox = await openOutbox({ settled: () => safe })
  sandbox.put('order-1', inbox.url)
  const drained = sandbox.outbox.drain()
  // These overtake a notification only if that one waits.
  for (const order_id of ['before-1', 'before-2', 'before-3']) {
    await fetch(inbox.url, { method: 'POST', body: JSON.stringify({ order_id }) })
  }
  expect(inbox.received.map(({ body }) => body.order_id)).toEqual(['before-1', 'before-2', 'before-3'])
  becomeSafe()
  await drained
  expect(inbox.received.at(-1)?.body.order_id).toBe('order-1')
})

test('notifications that wait for a write that fails are sent once it is made good', async () => {
  await using inbox = await openInbox()
  let failures = 1
  await using sandbox = await openOutbox({
    settled: () => (failures-- > 0 ? Promise.reject(new Error('the disk is full')) : undefined),
  })
  for (const order of ['order-1', 'order-2']) sandbox.put(order, inbox.url)
  await sandbox.outbox.drain()
  expect(sandbox.errors).toEqual([new Error('the disk is full')])
  sandbox.put('order-3', inbox.url)
  await sandbox.outbox.drain()
  expect(new Set(inbox.received.map(({ body }) => body.order_id))).toEqual(new Set(['order-1', 'order-2', 'order-3']))
})

test('a try that was under way when the emulator stopped is made again after the restart, with the same body', async () => {
  await using inbox = await openSlowInbox()
  const before = await openOutbox()
  const { id } = before.put('order-1', inbox.url)
  before.put('order-2', inbox.url)
  before.outbox.pump()
  await inbox.arrived
  await before[Symbol.asyncDispose]()

  inbox.answer(() => 200)
  await using after = await openOutbox({ store: before.store })
  expect(after.outbox.nextDueAt).toBe(startAt)
  await after.outbox.drain()
  expect(inbox.received.map(({ text }) => text)).toEqual([
    '{"order_id":"order-1"}',
    '{"order_id":"order-1"}',
    '{"order_id":"order-2"}',
  ])
  expect(after.outbox.deliveriesOf(id)).toMatchObject([{ status: 'delivered', attempts: [{ answer: 200 }] }])
})

test('a planned retry is still planned after a restart, with the tries before it', async () => {
  await using inbox = await openInbox()
  inbox.answer(() => 500)
  const before = await openOutbox()
  const { id } = before.put('order-1', inbox.url)
  await before.outbox.drain()
  await before[Symbol.asyncDispose]()

  await using after = await openOutbox({ store: before.store })
  await after.outbox.drain()
  expect([inbox.received.length, after.outbox.nextDueAt]).toEqual([1, startAt + 60_000])
  after.setClock(startAt + 60_000)
  await after.outbox.drain()
  expect(after.outbox.deliveriesOf(id)).toMatchObject([{ attempts: [{ answer: 500 }, { answer: 500 }] }])
})

test('an outbox that was stopped begins no try, and writes none down', async () => {
  await using inbox = await openSlowInbox()
  await using sandbox = await openOutbox()
  for (const order of ['order-1', 'order-2']) sandbox.put(order, inbox.url)
  const drained = sandbox.outbox.drain()
  await inbox.arrived
  sandbox.outbox.stop()
  inbox.giveAnswer(200)
  await drained
  sandbox.outbox.pump()
  expect(inbox.received).toHaveLength(1)
  expect(sandbox.statuses()).toEqual(['planned', 'planned'])
})

test('what is taken away by a reset while it is under way is forgotten, and so is all that waits behind it', async () => {
  await using inbox = await openSlowInbox()
  await using sandbox = await openOutbox()
  for (const order of ['order-1', 'order-2']) sandbox.put(order, inbox.url)
  const drained = sandbox.outbox.drain()
  await inbox.arrived
  sandbox.step(() => {
    for (const { id } of [...sandbox.deliveries.values()]) sandbox.deliveries.remove(id)
    for (const { id } of [...sandbox.notifications.values()]) sandbox.notifications.remove(id)
  })
  inbox.giveAnswer(200)
  await drained
  const tries = sandbox.happenings.filter(({ what }) => what === 'notification')
  expect([inbox.received.length, sandbox.deliveries.size, tries, sandbox.errors]).toEqual([1, 0, [], []])
  sandbox.put('order-3', inbox.url)
  await sandbox.outbox.drain()
  expect(inbox.received.at(-1)?.body.order_id).toBe('order-3')
})

test('a delivery that is taken away while it waits for its turn is not made', async () => {
  await using inbox = await openSlowInbox()
  await using sandbox = await openOutbox()
  sandbox.put('order-1', inbox.url)
  const waiting = sandbox.put('order-2', inbox.url)
  const drained = sandbox.outbox.drain()
  await inbox.arrived
  sandbox.step(() => {
    for (const { id } of sandbox.outbox.deliveriesOf(waiting.id)) sandbox.deliveries.remove(id)
  })
  inbox.giveAnswer(200)
  await drained
  expect(inbox.received.map(({ body }) => body.order_id)).toEqual(['order-1'])
})
