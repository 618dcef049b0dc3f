import { expect, test } from 'vitest'
import { emulatorOfFile, newShop, type Shop, uuid } from '../merchant.ts'

const emulator = await emulatorOfFile()
// facts.md, section 5, code 406; recordings.md, 406 (REC): over HTTP 200, with an id.
const taken = {
  httpStatus: 200,
  status_code: '406',
  status_message:
    'The request could not be completed due to a conflict with the current state of the target resource, please try again',
  id: expect.stringMatching(uuid),
}
const preAuth = { gopay: { pre_auth: true } }

test.each([
  ['settled', (shop: Shop) => shop.charge('order-1', 50_000)],
  ['pending', (shop: Shop) => shop.charge('order-1', 150_000)],
  ['authorized', (shop: Shop) => shop.charge('order-1', 100_000, preAuth)],
  [
    'captured',
    async (shop: Shop) => {
      const { transaction_id } = await shop.charge('order-1', 100_000, preAuth)
      return shop.api.post('/v2/capture', { transaction_id })
    },
  ],
])('an order_id whose payment is %s is taken', async (_state, begin) => {
  const shop = await newShop(emulator)
  const { transaction_id } = await begin(shop)
  const told = await shop.told('order-1')
  expect(await shop.charge('order-1', 60_000)).toEqual(taken)
  expect(await shop.status('order-1')).toMatchObject({ transaction_id })
  expect(await shop.told('order-1')).toEqual(told)
})

// facts.md, section 3: reuse is allowed after expire, cancel, deny.
test.each([
  ['denied', (shop: Shop) => shop.charge('order-1', 50_000, { headers: { 'x-emulator-outcome': '202' } }), 'deny'],
  [
    'canceled',
    async (shop: Shop) => {
      await shop.charge('order-1', 150_000)
      return shop.api.post('/v2/order-1/cancel')
    },
    'cancel',
  ],
  [
    'expired by the merchant',
    async (shop: Shop) => {
      await shop.charge('order-1', 150_000)
      return shop.api.post('/v2/order-1/expire')
    },
    'expire',
  ],
  [
    'expired by itself',
    async (shop: Shop) => {
      const charged = await shop.charge('order-1', 100_000, preAuth)
      await shop.admin.advance('15m')
      return charged
    },
    'expire',
  ],
])('an order_id whose payment was %s may be used again', async (_how, end, status) => {
  const shop = await newShop(emulator)
  const first = await end(shop)
  const second = await shop.charge('order-1', 70_000)
  expect(second).toMatchObject({ status_code: '200', transaction_status: 'settlement' })
  expect(second.transaction_id).not.toBe(first.transaction_id)
  // The order_id means the latest; the transaction_id of the first still finds the first.
  expect(await shop.status('order-1')).toMatchObject({ transaction_id: second.transaction_id })
  expect(await shop.status(first.transaction_id)).toMatchObject({ transaction_status: status })
})

test('a refused charge does not take its order_id', async () => {
  const shop = await newShop(emulator)
  expect(await shop.charge('order-1', 50_000, { gopay: { payment_option_token: 'x' } })).toMatchObject({
    status_code: '400',
  })
  expect(await shop.charge('order-1', 50_000)).toMatchObject({ status_code: '200' })
})

// recordings.md: an order_id may hold spaces, ':' and '+'; a literal '+' in a path is a plus.
test.each([
  ['2016-10-20 12:39:16 +0700', '2016-10-20%2012:39:16%20+0700'],
  ['2016-10-20 12:39:16 +0700', '2016-10-20%2012%3A39%3A16%20%2B0700'],
  ['a+b', 'a+b'],
  ['100%', '100%25'],
  ['a/b?c#d', 'a%2Fb%3Fc%23d'],
  ['pesanan é ☕', encodeURIComponent('pesanan é ☕')],
  ['☕'.repeat(50), encodeURIComponent('☕'.repeat(50))],
  ['status', 'status'],
])('the order %j is found under /v2/%s', async (order, path) => {
  const shop = await newShop(emulator)
  await shop.charge(order, 150_000)
  expect(await shop.status(path)).toMatchObject({ status_code: '201', order_id: order })
  expect(await shop.api.post(`/v2/${path}/cancel`)).toMatchObject({ status_code: '200', order_id: order })
})
