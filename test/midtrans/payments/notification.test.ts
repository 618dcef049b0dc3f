import { expect, test } from 'vitest'
import { type Inbox, openInbox, payer } from '../../../src/testkit/index.ts'
import { emulatorOfFile, newShop, type Shop } from '../merchant.ts'

const emulator = await emulatorOfFile()
const preAuth = { gopay: { pre_auth: true } }

// facts.md, section 3, transaction notification: event, status_code, and whether payment_option_type is told.
test.each([
  ['pending', '201', false, (shop: Shop) => shop.charge('order-1', 150_000)],
  ['settlement', '200', true, (shop: Shop) => shop.charge('order-1', 50_000)],
  ['authorize', '200', false, (shop: Shop) => shop.charge('order-1', 100_000, preAuth)],
  ['deny', '202', false, (shop: Shop) => shop.charge('order-1', 1, { headers: { 'x-emulator-outcome': '202' } })],
  [
    'cancel',
    '202',
    false,
    async (shop: Shop) => {
      await shop.charge('order-1', 150_000)
      await shop.api.post('/v2/order-1/cancel')
    },
  ],
  [
    'expire',
    '202',
    true,
    async (shop: Shop) => {
      await shop.charge('order-1', 150_000)
      await shop.api.post('/v2/order-1/expire')
    },
  ],
])('the merchant is told of %s with code %s', async (status, code, tellsOption, happen) => {
  await using inbox = await openInbox()
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { payment_notification_url: inbox.url })
  await happen(shop)
  await shop.admin.advance('0s')
  const last = inbox.received.at(-1)
  if (!last) throw new Error('nothing arrived')
  expect(last.body).toMatchObject({
    status_code: code,
    transaction_status: status,
    status_message: 'midtrans payment notification',
    order_id: 'order-1',
  })
  expect(inbox.isSigned(last, shop.key)).toBe(true)
  expect(last.body.payment_option_type).toBe(tellsOption ? 'GOPAY_WALLET' : undefined)
  expect(last.body.settlement_time !== undefined).toBe(status === 'settlement')
  // facts.md, section 3: keys in reverse alphabetical order; recordings.md: compact JSON.
  const keys = Object.keys(last.body)
  expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? 1 : -1)))
  expect(last.text).toBe(JSON.stringify(last.body))
})

// design.md, trap 6: the body of a notification is frozen when the step happens.
test('a notification that arrives late tells what was true when it happened', async () => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 150_000)
  const before = await shop.told('order-1')
  await shop.api.post('/v2/order-1/cancel')
  expect((await shop.told('order-1')).slice(0, 1)).toEqual(before)
  expect(before).toMatchObject([{ transaction_status: 'pending' }])
})

test('the lapse of a reservation is told once, as expire', async () => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 100_000, preAuth)
  await shop.admin.advance('1d')
  await shop.admin.advance('1d')
  expect((await shop.told('order-1')).map((body) => [body.transaction_status, body.status_code])).toEqual([
    ['authorize', '200'],
    ['expire', '202'],
  ])
})

// facts.md, section 10: errors that map to 4xx send no notification.
test('nothing is told of a charge that was refused', async () => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 0)
  await shop.charge('order-1', 100_001, preAuth)
  await shop.charge('order-1', 1, { gopay: { account_id: 'nobody' } })
  expect(await shop.told('order-1')).toEqual([])
})

/** Which of the inboxes got how many, after all of a charge with a PIN has happened. */
async function received(headers: (inboxes: readonly Inbox[]) => Record<string, string>, ownUrl = true) {
  await using own = await openInbox()
  await using first = await openInbox()
  await using second = await openInbox()
  const shop = await newShop(emulator)
  if (ownUrl) await shop.admin.patch('settings', { payment_notification_url: own.url })
  const pending = await shop.charge('order-1', 150_000, { headers: headers([first, second]) })
  await payer.walk(pending.actions[0].url)
  await shop.admin.advance('0s')
  const signed = [own, first, second].every((inbox) => inbox.received.every((each) => inbox.isSigned(each, shop.key)))
  expect(signed).toBe(true)
  return [own, first, second].map((inbox) => inbox.received.map(({ body }) => body.transaction_status).join(' '))
}

// facts.md, section 4, X-Append-Notification and X-Override-Notification: they hold for all later notifications.
const all = 'pending settlement'
const urls = (inboxes: readonly Inbox[]) => inboxes.map(({ url }) => url).join(', ')
test.each([
  ['nothing', () => ({}), [all, '', '']],
  ['append', (to: readonly Inbox[]) => ({ 'x-append-notification': urls(to) }), [all, all, all]],
  ['override', (to: readonly Inbox[]) => ({ 'x-override-notification': urls(to.slice(0, 1)) }), ['', all, '']],
  [
    'both: override wins',
    (to: readonly Inbox[]) => ({
      'x-override-notification': urls(to.slice(0, 1)),
      'x-append-notification': urls(to.slice(1)),
    }),
    ['', all, ''],
  ],
  [
    // recordings.md, "what matters", 4: repeated headers, which Node joins, must not notify twice.
    'append, with one URL twice',
    (to: readonly Inbox[]) => ({ 'x-append-notification': `${urls(to.slice(0, 1))}, ${urls(to.slice(0, 1))}` }),
    [all, all, ''],
  ],
  ['empty headers', () => ({ 'x-append-notification': '', 'x-override-notification': ' ' }), [all, '', '']],
] as const)('with %s the notifications go where they should', async (_what, headers, expected) => {
  expect(await received(headers)).toEqual(expected)
})

test('without a URL of its own a merchant gets only what was appended', async () => {
  expect(await received((to) => ({ 'x-append-notification': urls(to.slice(0, 1)) }), false)).toEqual(['', all, ''])
})

// facts.md, section 12: three URLs are accepted.
test('three URLs are accepted', async () => {
  await using inbox = await openInbox()
  const shop = await newShop(emulator)
  const three = ['a', 'b', 'c'].map((path) => inbox.url + path).join(',')
  await shop.charge('order-1', 50_000, { headers: { 'x-override-notification': three } })
  await shop.admin.advance('0s')
  expect(inbox.received.map(({ path }) => path).sort()).toEqual(['/a', '/b', '/c'])
})
