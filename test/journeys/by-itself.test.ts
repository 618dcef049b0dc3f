import { expect, test } from 'vitest'
import type { Admin } from '../../src/client/admin.ts'
import { openInbox, startEmulator } from '../../src/testkit/index.ts'
import { openMerchant } from './merchant.ts'

const serverKey = 'SB-Mid-server-by-itself'

interface Reading {
  readonly now: string
  readonly next_timer?: { readonly kind: string; readonly due_at: string }
  readonly next_delivery_at?: string
}

const clockOf = async (admin: Admin) => (await admin.get('clock')) as Reading

/** Sets a running clock to a moment before this time. From then on nobody asks the emulator for anything. */
async function setShortlyBefore(admin: Admin, time = '') {
  const { now } = (await admin.post('clock/set', { to: new Date(Date.parse(time) - 300).toISOString() })) as Reading
  expect(Date.parse(now)).toBeLessThan(Date.parse(time))
}

test('a payment expires, and the merchant is told, although nobody asks for anything', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const admin = emulator.admin(serverKey)
  await (await openMerchant(emulator.url, serverKey)).charge('order-1', 150_000)
  await admin.advance('6m')
  const { next_timer } = await clockOf(admin)
  expect(next_timer?.kind).toBe('transaction-expiry')
  await setShortlyBefore(admin, next_timer?.due_at)
  expect((await inbox.waitFor(2, 3_000)).map(({ body }) => body.transaction_status)).toEqual(['pending', 'expire'])
})

test('a merchant who was busy is told again, although nobody asks for anything', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const admin = emulator.admin(serverKey)
  inbox.answer(() => (inbox.received.length === 1 ? 503 : 200))
  await (await openMerchant(emulator.url, serverKey)).charge('order-1', 50_000)
  await admin.advance('0s')
  await setShortlyBefore(admin, (await clockOf(admin)).next_delivery_at)
  const [first, second] = await inbox.waitFor(2, 3_000)
  expect(second?.text).toBe(first?.text)
})

test('while the clock stands still nothing happens by itself; once it is resumed, it does', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const admin = emulator.admin(serverKey)
  await (await openMerchant(emulator.url, serverKey)).charge('order-1', 150_000)
  await admin.post('clock/freeze')
  await admin.advance('6m')
  await setShortlyBefore(admin, (await clockOf(admin)).next_timer?.due_at)
  const before = (await clockOf(admin)).now
  await expect(inbox.waitFor(2, 500)).rejects.toThrow('found 1')
  expect((await clockOf(admin)).now).toBe(before)
  await admin.post('clock/resume')
  expect((await inbox.waitFor(2, 3_000)).map(({ body }) => body.transaction_status)).toEqual(['pending', 'expire'])
})
