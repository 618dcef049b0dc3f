import { expect, test } from 'vitest'
import { parseDisturbance } from '../../src/midtrans/disturbance.ts'
import { type Inbox, openInbox } from '../../src/testkit/index.ts'
import { emulatorOfFile, newShop, type Shop } from '../midtrans/merchant.ts'
import { adminRequest } from './admin-request.ts'

const emulator = await emulatorOfFile()

async function shopOf(
  inbox: Inbox,
  outcome: string,
  match: object = {},
  times: string | number = 'always',
): Promise<Shop> {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  await shop.admin.patch('settings', { payment_notification_url: inbox.url, pay_account_notification_url: inbox.url })
  await shop.admin.put('rules', [{ match: { operation: 'notification', ...match }, outcome, times }])
  return shop
}

const statuses = ({ received }: Inbox) => received.map(({ body }) => body.transaction_status)

// Issue 4, 5: each kind of disturbance.
test('a notification arrives twice', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox, 'duplicate')
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('0s')
  expect(inbox.received).toHaveLength(2)
  expect(inbox.received[1]?.text).toBe(inbox.received[0]?.text)
})

test('a notification arrives late, to the second', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox, 'delay:10m')
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('599s')
  expect(inbox.received).toHaveLength(0)
  await shop.admin.advance('1s')
  expect(inbox.received).toHaveLength(1)
})

test('a notification never arrives, and the log says why', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox, 'drop')
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('1d')
  expect(inbox.received).toEqual([])
  expect(await shop.admin.get('notifications?order_id=order-1')).toMatchObject([
    { state: 'dropped', deliveries: [{ status: 'dropped', because: 'drop', attempts: [] }] },
  ])
})

test.each([
  ['cut', (whole: string) => whole.slice(0, whole.length / 2)],
  ['cut:20', (whole: string) => whole.slice(0, 20)],
  ['cut:0', () => ''],
])('the body of a notification is %s', async (outcome, expected) => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox, outcome)
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('0s')
  const [told] = await shop.told('order-1')
  expect(inbox.received.map(({ text }) => text)).toEqual([expected(JSON.stringify(told))])
})

test('a notification has a signature of somebody else', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox, 'wrong-signature')
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('0s')
  const [told] = inbox.received
  expect(told?.body.signature_key).toMatch(/^[0-9a-f]{128}$/)
  expect(told && inbox.isSigned(told, shop.key)).toBe(false)
})

test('after the final notification an earlier one comes once more, rightly signed', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox, 'stale', { event: 'transaction.cancel' })
  await shop.charge('order-1', 150_000)
  await shop.api.post('/v2/order-1/cancel')
  await shop.admin.advance('1m')
  expect(statuses(inbox)).toEqual(['pending', 'cancel', 'pending'])
  expect(inbox.received[2]?.text).toBe(inbox.received[0]?.text)
})

test('where nothing was told before, the stale one says that the payment still waits', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox, 'stale')
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('1m')
  expect(statuses(inbox)).toEqual(['settlement', 'pending'])
  expect(inbox.received[1]?.body).toMatchObject({ status_code: '201', order_id: 'order-1' })
  expect(inbox.received.every((each) => inbox.isSigned(each, shop.key))).toBe(true)
})

/** In which order ten orders are told of, shuffled within an hour. */
async function shuffled(seed: string): Promise<readonly (string | undefined)[]> {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox, 'shuffle:1h')
  await shop.admin.patch('settings', { seed })
  for (let order = 0; order < 10; order++) await shop.charge(`order-${order}`, 1_000)
  await shop.admin.advance('1h')
  return inbox.received.map(({ body }) => body.order_id)
}

test('notifications come in a mixed order, the same for the same seed', async () => {
  const [first, again, other] = [await shuffled('monday'), await shuffled('monday'), await shuffled('tuesday')]
  expect(first).toHaveLength(10)
  expect(first).not.toEqual(first.toSorted())
  expect(again).toEqual(first)
  expect(other).not.toEqual(first)
})

test.each([
  [{ event: 'account.*' }, 0],
  [{ event: 'transaction.settlement' }, 1],
  [{ order_id: 'order-1' }, 1],
  [{ order_id: 'order-2' }, 0],
  [{ amount: { min: 50_000 } }, 1],
  [{ amount: { min: 50_001 } }, 0],
])('a rule means the notifications of %j', async (match, dropped) => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox, 'drop', match)
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('0s')
  expect(inbox.received).toHaveLength(1 - dropped)
})

test('a rule is used so often, and counted', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox, 'drop', {}, 'once')
  for (const order of ['a', 'b']) await shop.charge(order, 1_000)
  await shop.admin.advance('0s')
  expect(inbox.received.map(({ body }) => body.order_id)).toEqual(['b'])
  expect(await shop.admin.get('rules')).toMatchObject([{ outcome: 'drop', used: 1 }])
})

test.each(['delay', 'delay:', 'delay:soon', 'delay:31d', 'shuffle', 'cut:x', 'duplicate:2', 'drop:1', 'settle', '202'])(
  'a notification cannot be made to %s',
  async (outcome) => {
    const shop = await newShop(emulator)
    const rule = { match: { operation: 'notification' }, outcome }
    const answer = await adminRequest(emulator, 'rules', { method: 'PUT', key: shop.key, body: [rule] })
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining('delay:<time>') } })
  },
)

test('a charge cannot be made to arrive twice', async () => {
  const shop = await newShop(emulator)
  const rule = { match: { operation: 'charge' }, outcome: 'duplicate' }
  expect(await adminRequest(emulator, 'rules', { method: 'PUT', key: shop.key, body: [rule] })).toMatchObject({
    status: 400,
  })
})

test('what a disturbance is called is what it is written as', () => {
  expect(parseDisturbance('delay:90s')).toEqual({ name: 'delay', ms: 90_000 })
  expect(parseDisturbance('cut:7')).toEqual({ name: 'cut', characters: 7 })
})
