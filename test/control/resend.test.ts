import { expect, test } from 'vitest'
import { openInbox } from '../../src/testkit/index.ts'
import { emulatorOfFile, newShop, type Shop } from '../midtrans/merchant.ts'
import { adminRequest } from './admin-request.ts'

const emulator = await emulatorOfFile()

async function shopOf(url: string): Promise<Shop> {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  await shop.admin.patch('settings', { payment_notification_url: url })
  return shop
}

const resend = (shop: Shop, body: object) =>
  adminRequest(emulator, 'notifications/resend', { method: 'POST', key: shop.key, body })

// Issue 4, 3: one, a filter, or all that failed since a time; to the same or another URL; as it was, or freshly signed.
test('one notification is sent once more, as it was', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  await shop.charge('order-1', 50_000)
  await shop.charge('order-2', 50_000)
  await shop.admin.advance('0s')
  const [, first] = (await shop.admin.get('notifications?event=transaction.*')) as { id: string }[]
  expect(await resend(shop, { filter: { id: first?.id ?? '' } })).toMatchObject({
    status: 200,
    body: { resent: 1, notifications: [{ reference: 'order-1', deliveries: [{}, { because: 'resend' }] }] },
  })
  await shop.admin.advance('0s')
  expect(inbox.received.map(({ body }) => body.order_id)).toEqual(['order-1', 'order-2', 'order-1'])
  expect(inbox.received[2]?.text).toBe(inbox.received[0]?.text)
})

test('all that failed since a time is sent once more, and nothing else', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  inbox.answer(() => 301)
  await shop.charge('before', 1_000)
  await shop.admin.advance('1h')
  const { now: since } = (await shop.admin.get('clock')) as { now: string }
  await shop.charge('failed', 1_000)
  await shop.admin.advance('1m')
  inbox.answer(() => 200)
  await shop.charge('arrived', 1_000)
  await shop.admin.advance('1m')
  const before = inbox.received.length
  expect(await resend(shop, { filter: { state: 'failed' }, since })).toMatchObject({ body: { resent: 1 } })
  await shop.admin.advance('0s')
  expect(inbox.received.slice(before).map(({ body }) => body.order_id)).toEqual(['failed'])
})

test('a notification can be sent to another URL, also one that had nowhere to go', async () => {
  await using inbox = await openInbox()
  const shop = await newShop(emulator)
  await shop.charge('order-1', 50_000)
  expect(await resend(shop, { filter: { order_id: 'order-1' } })).toMatchObject({ body: { resent: 0 } })
  expect(await resend(shop, { filter: { order_id: 'order-1' }, url: inbox.url })).toMatchObject({ body: { resent: 1 } })
  const [told] = await inbox.waitFor(1)
  expect(told?.body.order_id).toBe('order-1')
  expect(told && inbox.isSigned(told, shop.key)).toBe(true)
})

test('a notification that was disturbed can be sent as it should have been, or signed anew', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  const rule = { match: { operation: 'notification' }, outcome: 'wrong-signature', times: 'once' }
  await shop.admin.put('rules', [rule])
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('0s')
  for (const sign of [false, true]) await resend(shop, { filter: { order_id: 'order-1', because: '*' }, sign })
  await shop.admin.advance('0s')
  expect(inbox.received.map((each) => inbox.isSigned(each, shop.key))).toEqual([false, true, true])
})

test('a resend that fails is tried again like any other', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('0s')
  inbox.answer(() => 500)
  await resend(shop, { filter: { order_id: 'order-1' } })
  await shop.admin.advance('1d')
  expect(inbox.received).toHaveLength(3)
})

test.each([
  [{ filter: {}, url: 'ftp://shop.example' }, /url: found "ftp/],
  [{ filter: {}, url: '' }, /url: found ""/],
  [{ filter: {}, since: 'yesterday' }, /since: found "yesterday"/],
  [{ filter: { order_id: ['a'] } }, /filter/],
  [{}, /filter/],
])('a resend of %j is refused with the reason', async (body, reason) => {
  const shop = await newShop(emulator)
  expect(await resend(shop, body)).toMatchObject({ status: 400, body: { detail: expect.stringMatching(reason) } })
})
