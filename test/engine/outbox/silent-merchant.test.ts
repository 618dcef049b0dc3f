import { expect, test } from 'vitest'
import { openInbox } from '../../../src/testkit/index.ts'
import { openOutbox } from './harness.ts'

test('a merchant that never answers one notification gets the following ones of that order two seconds later', async () => {
  await using inbox = await openInbox()
  await using sandbox = await openOutbox()
  const { promise: held, resolve: release } = Promise.withResolvers<number>()
  inbox.answer(({ body }) => (body.order_id === 'order-1' ? held : 200))
  for (const order of ['order-1', 'order-2', 'order-3']) sandbox.put(order, inbox.url)
  const before = performance.now()
  let isDrained = false
  const drained = sandbox.outbox.drain().then(() => {
    isDrained = true
  })

  await expect.poll(() => sandbox.statuses(), { timeout: 3_500 }).toEqual(['planned', 'delivered', 'delivered'])
  const waitedMs = performance.now() - before
  expect(waitedMs).toBeGreaterThan(1_500)
  expect(waitedMs).toBeLessThan(3_000)
  expect(inbox.received.map(({ body }) => body.order_id)).toEqual(['order-1', 'order-2', 'order-3'])
  expect(isDrained, 'the first is still under way').toBe(false)

  sandbox.put('order-4', inbox.url)
  release(200)
  await drained
  expect(sandbox.statuses()).toEqual(['delivered', 'delivered', 'delivered', 'delivered'])
  expect(inbox.received).toHaveLength(4)
})
