import { expect, test } from 'vitest'
import { basicAuth, rawPost } from '../../journeys/raw-request.ts'
import { emulatorOfFile, newShop } from '../merchant.ts'

// facts.md, section 6: at most 46 characters, a longer one is ignored. recordings.md: veritrans-ruby sends empty ones.
const emulator = await emulatorOfFile()
const keyed = (key: string) => ({ 'idempotency-key': key })

const repeats = async (headers: Record<string, string>) => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 50_000, { headers })
  return (await shop.charge('order-2', 50_000, { headers })).order_id === 'order-1'
}

test.each([
  ['46 characters', true, 'k'.repeat(46)],
  ['47 characters', false, 'k'.repeat(47)],
  ['one character', true, '0'],
  ['blanks', false, '   '],
  ['nothing', false, ''],
])('of a header with %s it is %s that it is a key', async (_what, isKey, key) => {
  expect(await repeats(keyed(key))).toBe(isKey)
})

// Of a repeated header the last counts: the PHP client adds the newest value at the end.
test('of two header lines the last one is the key', async () => {
  const shop = await newShop(emulator)
  const first = await shop.charge('order-1', 50_000, { headers: keyed('old') })
  const headers = { authorization: basicAuth(shop.key), 'content-type': 'application/json' }
  const send = (keys: string[], order_id: string) =>
    rawPost(
      `${emulator.url}/v2/charge`,
      { ...headers, 'Idempotency-Key': keys },
      {
        payment_type: 'gopay',
        gopay: { account_id: shop.accountId, payment_option_token: shop.token },
        transaction_details: { order_id, gross_amount: 1_000 },
      },
    )
  expect(await send(['old', 'new'], 'order-2')).toMatchObject({ status_code: '200', order_id: 'order-2' })
  expect(await send(['else', 'new'], 'order-3')).toMatchObject({ order_id: 'order-2' })
  expect(await send(['new', 'old'], 'order-3')).toMatchObject({ transaction_id: first.transaction_id })
})

test('a comma is part of a key', async () => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 50_000, { headers: keyed('a, 1') })
  expect(await shop.charge('order-2', 50_000, { headers: keyed('b, 1') })).toMatchObject({ order_id: 'order-2' })
  expect(await shop.charge('order-3', 50_000, { headers: keyed('a, 1') })).toMatchObject({ order_id: 'order-1' })
})

// A comma belongs to the key: only header lines of their own are several keys.
test('two keys that differ before a comma are two keys', async () => {
  const shop = await newShop(emulator)
  const charge = (order: string, key: string) => shop.charge(order, 1_000, { headers: { 'idempotency-key': key } })
  expect(await charge('a', 'cart-1,v1')).toMatchObject({ order_id: 'a' })
  expect(await charge('b', 'cart-2,v1')).toMatchObject({ order_id: 'b' })
  expect(await charge('c', 'v1')).toMatchObject({ order_id: 'c' })
  expect(await charge('d', 'cart-1,v1')).toMatchObject({ order_id: 'a' })
})

// facts.md, section 6: five minutes, also for a key that is not the oldest any more.
test('a key that comes again and again does not keep others alive', async () => {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  const at = async (seconds: number, order: string, key: string) => {
    await shop.admin.advance(`${seconds}s`)
    return (await shop.charge(order, 1_000, { headers: { 'idempotency-key': key } })).order_id
  }
  expect(await at(0, 'a1', 'A')).toBe('a1')
  expect(await at(100, 'b1', 'B')).toBe('b1')
  expect(await at(200, 'a2', 'A')).toBe('a2')
  expect(await at(99, 'b2', 'B')).toBe('b1')
  expect(await at(1, 'b3', 'B')).toBe('b3')
  expect(await at(1, 'a3', 'A')).toBe('a2')
})
