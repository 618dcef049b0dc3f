import { expect, test } from 'vitest'
import { openInbox } from '../../src/testkit/index.ts'
import { emulatorOfFile, newShop, type Shop } from '../midtrans/merchant.ts'
import { adminRequest } from './admin-request.ts'

const emulator = await emulatorOfFile()

interface Gate {
  readonly holds: readonly object[]
  readonly held: readonly {
    readonly id: string
    readonly reference: string
    readonly request: { readonly url: string; readonly body: string }
  }[]
}

async function shopOf(url: string): Promise<Shop> {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  await shop.admin.patch('settings', { payment_notification_url: url })
  return shop
}

const act = async (shop: Shop, verb: string, body: object = {}) => (await shop.admin.post(`gate/${verb}`, body)) as Gate

/** Three orders whose notifications are held. */
async function threeHeld(url: string): Promise<{ shop: Shop; ids: readonly string[] }> {
  const shop = await shopOf(url)
  await act(shop, 'hold')
  for (const order of ['a', 'b', 'c']) await shop.charge(order, 1_000)
  await shop.admin.advance('1d')
  const { held } = (await shop.admin.get('gate')) as Gate
  return { shop, ids: held.map(({ id }) => id) }
}

const orders = (received: readonly { readonly body: Readonly<Record<string, string>> }[]) =>
  received.map(({ body }) => body.order_id)

// Issue 4, 4: hold; release one, in another order, send twice, drop, edit, resume; shows what would be sent.
test('what is held does not leave, however long, and shows what would be sent', async () => {
  await using inbox = await openInbox()
  const { shop } = await threeHeld(inbox.url)
  expect(inbox.received).toEqual([])
  const { holds, held } = (await shop.admin.get('gate')) as Gate
  expect(holds).toEqual([{}])
  expect(held.map(({ reference }) => reference)).toEqual(['a', 'b', 'c'])
  expect(JSON.parse(held[0]?.request.body ?? '')).toMatchObject({ order_id: 'a', transaction_status: 'settlement' })
  expect(held[0]?.request.url).toBe(inbox.url)
})

test('a developer lets one go after the other', async () => {
  await using inbox = await openInbox()
  const { shop } = await threeHeld(inbox.url)
  for (const expected of [['a'], ['a', 'b'], ['a', 'b', 'c']]) {
    await act(shop, 'release', { first: 1 })
    await shop.admin.advance('0s')
    expect(orders(inbox.received)).toEqual(expected)
  }
})

test('a developer lets them go in another order, to one URL of one order as well', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  await act(shop, 'hold')
  await shop.charge('order-1', 150_000)
  await shop.api.post('/v2/order-1/cancel')
  const { held } = (await shop.admin.get('gate')) as Gate
  await act(shop, 'release', { ids: held.map(({ id }) => id).reverse() })
  await shop.admin.advance('0s')
  expect(inbox.received.map(({ body }) => body.transaction_status)).toEqual(['cancel', 'pending'])
})

test('a developer sends one twice, drops one, and resumes', async () => {
  await using inbox = await openInbox()
  const { shop, ids } = await threeHeld(inbox.url)
  await act(shop, 'release', { ids: ids.slice(1, 2), twice: true })
  await act(shop, 'drop', { filter: { order_id: 'a' } })
  await shop.admin.advance('0s')
  expect(orders(inbox.received)).toEqual(['b', 'b'])
  expect(await act(shop, 'resume')).toMatchObject({ released: 1, holds: [], held: [] })
  await shop.charge('d', 1_000)
  await shop.admin.advance('1d')
  expect(new Set(orders(inbox.received))).toEqual(new Set(['b', 'c', 'd']))
  expect(await shop.admin.get('notifications?order_id=a')).toMatchObject([{ state: 'dropped' }])
})

test.each([
  [false, false],
  [true, true],
])('a developer changes a field, and signs it anew: %s', async (sign, isSigned) => {
  await using inbox = await openInbox()
  const { shop, ids } = await threeHeld(inbox.url)
  await act(shop, 'edit', { id: ids[0], fields: { gross_amount: '1.00', settlement_time: null }, sign })
  await act(shop, 'release', { first: 1 })
  await shop.admin.advance('0s')
  const [told] = inbox.received
  expect(told?.body).toMatchObject({ order_id: 'a', gross_amount: '1.00' })
  expect(told?.body).not.toHaveProperty('settlement_time')
  expect(told && inbox.isSigned(told, shop.key)).toBe(isSigned)
})

test('only what a filter means is held', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  await act(shop, 'hold', { filter: { transaction_status: 'pending' } })
  await shop.charge('now', 1_000)
  await shop.charge('later', 150_000)
  await shop.admin.advance('0s')
  expect(orders(inbox.received)).toEqual(['now'])
})

test('retries that wait for their time are held as well', async () => {
  await using inbox = await openInbox()
  inbox.answer(() => 503)
  const shop = await shopOf(inbox.url)
  await shop.charge('order-1', 1_000)
  await shop.admin.advance('0s')
  await act(shop, 'hold')
  await shop.admin.advance('1d')
  expect(inbox.received).toHaveLength(1)
  await act(shop, 'resume')
  await shop.admin.advance('0s')
  expect(inbox.received).toHaveLength(2)
})

test.each([
  ['release', {}, 400],
  ['release', { first: 1, ids: ['x'] }, 400],
  ['release', { ids: ['x'] }, 404],
  ['drop', { ids: ['x'] }, 404],
  ['edit', { id: 'x', fields: {} }, 404],
  ['edit', { id: 'x' }, 400],
  ['release', { first: 0 }, 400],
])('%s with %j is refused, with a hint where one helps', async (verb, body, status) => {
  const shop = await newShop(emulator)
  const answer = await adminRequest(emulator, `gate/${verb}`, { method: 'POST', key: shop.key, body })
  expect(answer).toMatchObject({ status, body: { status, detail: expect.any(String) } })
})

test('two merchants do not hold each other up', async () => {
  await using inbox = await openInbox()
  const { shop } = await threeHeld(inbox.url)
  const other = await shopOf(inbox.url)
  await other.charge('other', 1_000)
  await other.admin.advance('0s')
  expect(orders(inbox.received)).toEqual(['other'])
  await shop.admin.post('reset')
  expect(await shop.admin.get('gate')).toEqual({ holds: [], held_total: 0, held: [] })
})
