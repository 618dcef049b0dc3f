import { expect, test } from 'vitest'
import { emulatorOfFile, newShop, refusedBecause, type Shop, walletOfHappyPayer } from '../merchant.ts'

const emulator = await emulatorOfFile()
const authorize = (shop: Shop, amount = 100_000) => shop.charge('order-1', amount, { gopay: { pre_auth: true } })
const capture = (shop: Shop, body: object) => shop.api.post('/v2/capture', body)
// facts.md, section 5: 412 since June 2023.
const notNow = { httpStatus: 200, status_code: '412', status_message: 'Transaction status cannot be updated.' }

// facts.md, A.6: settles in full; the php client sends transaction_id only; java sends text.
test.each([[undefined], [100_000], ['100000'], ['100000.00']])(
  'a capture of the full amount (%j given) settles the payment',
  async (gross_amount) => {
    const shop = await newShop(emulator)
    const { transaction_id } = await authorize(shop)
    expect(await capture(shop, { transaction_id, gross_amount })).toMatchObject({
      httpStatus: 200,
      status_code: '200',
      transaction_id,
      order_id: 'order-1',
      gross_amount: '100000.00',
      transaction_status: 'settlement',
      settlement_time: expect.any(String),
    })
    expect(await shop.status('order-1')).toMatchObject({ status_code: '200', transaction_status: 'settlement' })
    expect(await shop.ledger()).toEqual({
      sum: 0,
      balances: { issuer: -8_000_000, [walletOfHappyPayer]: 7_900_000, merchant: 100_000 },
    })
  },
)

// facts.md, A.6: a partial amount is refused.
test.each([1, 99_999, 100_001, 200_000])('a capture of %i out of 100,000 is refused', async (gross_amount) => {
  const shop = await newShop(emulator)
  const { transaction_id } = await authorize(shop)
  expect(await capture(shop, { transaction_id, gross_amount })).toMatchObject({ httpStatus: 400, status_code: '400' })
  expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'authorize' })
  expect((await shop.ledger()).balances[`hold:${transaction_id}`]).toBe(100_000)
})

test.each([0, -1, '0'])('a capture of %j is refused', async (gross_amount) => {
  const shop = await newShop(emulator)
  const { transaction_id } = await authorize(shop)
  expect(await capture(shop, { transaction_id, gross_amount })).toMatchObject(
    refusedBecause('gross_amount must be greater than or equal to 1'),
  )
})

test('a capture without transaction_id is refused', async () => {
  const shop = await newShop(emulator)
  expect(await capture(shop, { gross_amount: 1 })).toMatchObject(refusedBecause('transaction_id is required'))
})

test('a capture of what nobody knows is not found', async () => {
  const shop = await newShop(emulator)
  expect(await capture(shop, { transaction_id: 'nothing' })).toMatchObject({
    httpStatus: 200,
    status_code: '404',
    status_message: "Transaction doesn't exist.",
  })
})

test.each([
  ['settled', (shop: Shop) => shop.charge('order-1', 50_000)],
  ['pending', (shop: Shop) => shop.charge('order-1', 150_000)],
  ['denied', (shop: Shop) => shop.charge('order-1', 50_000, { headers: { 'x-emulator-outcome': '202' } })],
  [
    'captured already',
    async (shop: Shop) => {
      const { transaction_id } = await authorize(shop)
      return capture(shop, { transaction_id })
    },
  ],
  [
    'canceled',
    async (shop: Shop) => {
      await authorize(shop)
      return shop.api.post('/v2/order-1/cancel')
    },
  ],
  [
    'released by time',
    async (shop: Shop) => {
      const charged = await authorize(shop)
      await shop.admin.advance('15m')
      return charged
    },
  ],
])('a payment that is %s cannot be captured', async (_state, begin) => {
  const shop = await newShop(emulator)
  const { transaction_id } = await begin(shop)
  const before = await shop.ledger()
  expect(await capture(shop, { transaction_id })).toMatchObject(notNow)
  expect(await shop.ledger()).toEqual(before)
})

test('a captured payment does not expire any more', async () => {
  const shop = await newShop(emulator)
  const { transaction_id } = await authorize(shop)
  await capture(shop, { transaction_id })
  await shop.admin.advance('30d')
  expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'settlement' })
  expect((await shop.told('order-1')).map((body) => body.transaction_status)).toEqual(['authorize', 'settlement'])
})
