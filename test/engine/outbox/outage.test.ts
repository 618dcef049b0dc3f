import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { keptBytes } from '../../../src/engine/outbox/outbox.ts'
import { openInbox } from '../../../src/testkit/index.ts'
import { draft, openOutbox, startAt } from './harness.ts'

const many = 10_000

/** A merchant that can go away and come back at the same port; counts what arrives, and how many connections at once. */
class Shop {
  readonly arrived = new Map<string, number>()
  mostAtOnce = 0
  mostConnections = 0
  #server: Server | undefined
  #port = 0
  #connections = 0

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`
  }

  /** Goes away in the middle of everything once so many requests have come. */
  async open(dieAfter = Number.POSITIVE_INFINITY): Promise<void> {
    let requests = 0
    let open = 0
    const server = createServer(async (request, response) => {
      this.mostAtOnce = Math.max(this.mostAtOnce, ++open)
      response.on('close', () => open--)
      let text = ''
      for await (const chunk of request) text += chunk
      if (++requests >= dieAfter) return void this.close()
      const { order_id } = JSON.parse(text)
      this.arrived.set(order_id, (this.arrived.get(order_id) ?? 0) + 1)
      // Slow: some turns of the event loop.
      for (let turns = 0; turns < 3; turns++) await new Promise(setImmediate)
      response.end()
    })
    server.on('connection', (socket) => {
      this.mostConnections = Math.max(this.mostConnections, ++this.#connections)
      socket.on('close', () => this.#connections--)
    })
    this.#server = server
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve))
    this.#port = (server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    server?.closeAllConnections()
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
  }
}

// Issue 4, 8.
test('10,000 notifications survive a merchant that is slow, dies and comes back', { timeout: 60_000 }, async () => {
  await using other = await openInbox()
  const shop = new Shop()
  await shop.open(3_000)
  await using sandbox = await openOutbox()
  for (let order = 0; order < many; order++) sandbox.put(`order${order}`, shop.url)
  sandbox.put('elsewhere', other.url)
  await sandbox.outbox.drain()
  expect(shop.arrived.size).toBeGreaterThan(2_900)
  expect(shop.arrived.size).toBeLessThan(3_000)
  expect(other.received, 'a dead URL delays no other').toHaveLength(1)

  await shop.open()
  sandbox.setClock(startAt + 60_000)
  await sandbox.outbox.drain()
  expect(shop.arrived.size).toBe(many)
  const twice = [...shop.arrived.values()].filter((times) => times > 1)
  // At least once: only what was under way when the merchant died may have come before.
  expect(twice.length).toBeLessThanOrEqual(8)
  expect(Math.max(...shop.arrived.values())).toBeLessThanOrEqual(2)
  expect(shop.mostAtOnce).toBeLessThanOrEqual(8)
  expect(shop.mostConnections).toBeLessThanOrEqual(64)
  expect(new Set(sandbox.statuses())).toEqual(new Set(['delivered']))
  await shop.close()
})

test('what was sent and answered takes up no more than so much, the oldest goes first', async () => {
  await using inbox = await openInbox()
  inbox.answer(() => ({ status: 200, body: 'x'.repeat(16 * 1024) }))
  await using sandbox = await openOutbox()
  const body = JSON.stringify({ order_id: 'order-1', metadata: 'x'.repeat(500_000) })
  const put = () => sandbox.step(() => sandbox.outbox.put({ ...draft('order-1', inbox.url), body }, startAt).id)
  const count = Math.ceil((keptBytes / 516_000) * 1.2)
  const ids: string[] = []
  for (let order = 0; order < count; order++) {
    ids.push(put())
    await sandbox.outbox.drain()
  }
  const sent = [...sandbox.notifications.values()].reduce((sum, each) => sum + each.body.length, 0)
  const answered = [...sandbox.deliveries.values()].flatMap(({ attempts }) =>
    attempts.map((each) => each.answerBody ?? ''),
  )
  expect(sent + answered.join('').length).toBeLessThanOrEqual(keptBytes + 600_000)
  expect(sandbox.notifications.get(ids[0] ?? '')).toBeUndefined()
  expect(sandbox.notifications.get(ids.at(-1) ?? '')).toBeDefined()
})
