import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import type { InboxAnswer } from '../../src/client/inbox.ts'
import { openInbox, startEmulator } from '../../src/testkit/index.ts'
import { openMerchant } from './merchant.ts'

const serverKey = 'SB-Mid-server-retries'

interface Delivery {
  readonly status: string
  readonly url: string
  readonly attempts: readonly { at: string; answer?: number; error?: string; url: string }[]
  readonly next_attempt_at?: string
}

/** Pays one order while the clock stands still, lets a day go by, and tells what became of its notification. */
async function payAndWait(notificationUrl: string): Promise<Delivery & { readonly minutes: readonly number[] }> {
  await using emulator = await startEmulator({ 'payment-notification-url': notificationUrl })
  const admin = emulator.admin(serverKey)
  const merchant = await openMerchant(emulator.url, serverKey)
  await admin.post('clock/freeze')
  const { now } = (await admin.get('clock')) as { now: string }
  await merchant.charge('order-1', 50_000)
  await admin.advance('1d')
  const [told] = (await admin.get('notifications?reference=order-1')) as { deliveries: readonly Delivery[] }[]
  const delivery = told?.deliveries[0]
  if (!delivery) throw new Error('the payment was not told')
  return { ...delivery, minutes: delivery.attempts.map(({ at }) => (Date.parse(at) - Date.parse(now)) / 60_000) }
}

/** When each try comes, in minutes after the payment: 2, 10, 30, 90 and 210 minutes after the one before. */
const tries = (retries: number) => [0, 2, 12, 42, 132, 342].slice(0, retries + 1)

test.each([
  [500, 1],
  [503, 4],
  [400, 2],
  [404, 2],
  [301, 0],
  [302, 0],
  [303, 0],
  [401, 5],
  [429, 5],
  [502, 5],
  [504, 5],
  [304, 5],
])('a merchant who always answers %i is tried again %i times', async (answer, retries) => {
  await using inbox = await openInbox()
  inbox.answer(() => ({ status: answer, headers: answer > 300 && answer < 304 ? { location: '/elsewhere' } : {} }))
  const delivery = await payAndWait(inbox.url)
  expect(delivery.minutes).toEqual(tries(retries))
  expect(delivery.status).toBe('failed')
  expect(delivery.next_attempt_at).toBeUndefined()
  expect(delivery.attempts.every((attempt) => attempt.answer === answer)).toBe(true)
  expect(inbox.received.map(({ path }) => path)).toEqual(tries(retries).map(() => '/'))
  expect(new Set(inbox.received.map(({ text }) => text)).size).toBe(1)
})

test.each([200, 201, 204, 299])('a merchant who answers %i is not tried again', async (answer) => {
  await using inbox = await openInbox()
  inbox.answer(() => answer)
  expect(await payAndWait(inbox.url)).toMatchObject({ minutes: [0], status: 'delivered' })
})

test('a merchant who recovers is told once more, and then no more', async () => {
  await using inbox = await openInbox()
  inbox.answer(() => (inbox.received.length < 3 ? 503 : 200))
  expect(await payAndWait(inbox.url)).toMatchObject({ minutes: tries(2), status: 'delivered' })
})

test('the latest answer decides: after 502, a 500 that comes as the second answer ends it', async () => {
  await using inbox = await openInbox()
  inbox.answer(() => (inbox.received.length === 1 ? 502 : 500))
  expect(await payAndWait(inbox.url)).toMatchObject({ minutes: tries(1), status: 'failed' })
})

test('where nothing listens, five more tries are made', async () => {
  const inbox = await openInbox()
  await inbox.close()
  const delivery = await payAndWait(inbox.url)
  expect(delivery.minutes).toEqual(tries(5))
  expect(delivery.attempts.every(({ error }) => error?.includes('connection refused'))).toBe(true)
})

test('a merchant who hangs up without an answer is tried five more times', async () => {
  const server = createServer((request) => request.socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const delivery = await payAndWait(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    expect(delivery.minutes).toEqual(tries(5))
    expect(delivery.attempts.every(({ answer, error }) => answer === undefined && error !== undefined)).toBe(true)
  } finally {
    server.close()
  }
})

test.each([307, 308])('%i is followed with POST and the same body, and is no try of its own', async (status) => {
  await using inbox = await openInbox()
  inbox.answer(({ path }): InboxAnswer => (path === '/' ? { status, headers: { location: 'moved?to=here' } } : 200))
  expect(await payAndWait(inbox.url)).toMatchObject({ minutes: [0], status: 'delivered', attempts: [{ answer: 200 }] })
  const [first, second] = inbox.received
  expect(inbox.received.map(({ path }) => path)).toEqual(['/', '/moved?to=here'])
  expect(second?.text).toBe(first?.text)
  expect(second?.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Veritrans' })
})

test('a redirect may lead to another host, whose answer counts', async () => {
  await using old = await openInbox()
  await using moved = await openInbox()
  old.answer(() => ({ status: 308, headers: { location: `${moved.url}new` } }))
  moved.answer(() => 500)
  expect(await payAndWait(old.url)).toMatchObject({ minutes: tries(1), status: 'failed' })
  expect(moved.received.map(({ path }) => path)).toEqual(['/new', '/new'])
  expect(old.received).toHaveLength(2)
})

test.each([
  [5, 'delivered', 1],
  [6, 'failed', 6],
])('of %i redirects in a row the notification is %s', async (redirects, status, attempts) => {
  await using inbox = await openInbox()
  inbox.answer(({ path }): InboxAnswer => {
    const hop = Number(path.slice(1))
    return hop < redirects ? { status: 307, headers: { location: `/${hop + 1}` } } : 200
  })
  const delivery = await payAndWait(inbox.url)
  expect(delivery.status).toBe(status)
  expect(delivery.attempts).toHaveLength(attempts)
})

test('a redirect to something that is no web address is a failed try', async () => {
  await using inbox = await openInbox()
  inbox.answer(() => ({ status: 307, headers: { location: 'file:///etc/hostname' } }))
  expect(await payAndWait(inbox.url)).toMatchObject({ minutes: tries(5), status: 'failed' })
})
