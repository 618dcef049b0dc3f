import { expect, test } from 'vitest'
import { transactionSignature } from '../../../src/midtrans/signature.ts'
import { emulatorOfFile, newShop, type Shop, uuid } from '../merchant.ts'

const emulator = await emulatorOfFile()
const preAuth = { gopay: { pre_auth: true } }

// facts.md, section 5, GET status: the body code of each state; all over HTTP 200.
test.each([
  ['pending', '201', (shop: Shop) => shop.charge('order-1', 150_000)],
  ['settlement', '200', (shop: Shop) => shop.charge('order-1', 50_000)],
  ['authorize', '200', (shop: Shop) => shop.charge('order-1', 100_000, preAuth)],
  ['deny', '202', (shop: Shop) => shop.charge('order-1', 50_000, { headers: { 'x-emulator-outcome': '202' } })],
  [
    'cancel',
    '200',
    async (shop: Shop) => {
      await shop.charge('order-1', 150_000)
      return shop.api.post('/v2/order-1/cancel')
    },
  ],
  [
    'expire',
    '407',
    async (shop: Shop) => {
      await shop.charge('order-1', 150_000)
      return shop.api.post('/v2/order-1/expire')
    },
  ],
])('a payment that is %s has status code %s, by either id, and a valid signature', async (state, code, begin) => {
  const shop = await newShop(emulator)
  const { transaction_id } = await begin(shop)
  const byOrder = await shop.status('order-1')
  expect(byOrder).toMatchObject({
    httpStatus: 200,
    status_code: code,
    status_message: 'Success, transaction is found',
    transaction_id,
    transaction_status: state,
  })
  // facts.md, A.8 and section 4: over the texts that stand in the body.
  expect(byOrder.signature_key).toBe(transactionSignature('order-1', code, byOrder.gross_amount, shop.key))
  expect(await shop.status(transaction_id)).toEqual(byOrder)
})

// facts.md, A.8: GoPay's option type; section 5: channel fields and times as applicable.
test('the status of a settled payment tells what it was paid with and when', async () => {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  await shop.admin.post('clock/set', { to: '2030-01-01T00:00:00+07:00' })
  await shop.charge('order-1', 50_000)
  expect(await shop.status('order-1')).toMatchObject({
    payment_option_type: 'GOPAY_WALLET',
    transaction_time: '2030-01-01 00:00:00',
    settlement_time: '2030-01-01 00:00:00',
    expiry_time: '2030-01-01 00:15:00',
  })
})

test('the status of a denied payment tells why', async () => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 50_000, { headers: { 'x-emulator-outcome': '202:112' } })
  expect(await shop.status('order-1')).toMatchObject({
    channel_response_code: '112',
    channel_response_message: 'Wallet is Blocked',
  })
  expect(await shop.status('order-1')).not.toHaveProperty('settlement_time')
})

// recordings.md, GET status, unknown (REC 2019).
test('what nobody knows is not found', async () => {
  const shop = await newShop(emulator)
  expect(await shop.status('not-exists')).toEqual({
    httpStatus: 200,
    status_code: '404',
    status_message: "Transaction doesn't exist.",
    id: expect.stringMatching(uuid),
  })
})

test('no two refusals have the same id', async () => {
  const shop = await newShop(emulator)
  const [first, second] = [await shop.status('nothing'), await shop.status('nothing')]
  expect(first.id).not.toBe(second.id)
})

test('the merchant id in answers is that of the settings', async () => {
  const shop = await newShop(emulator)
  const charged = await shop.charge('order-1', 50_000)
  // recordings.md, POST /v2/charge: G and nine digits.
  expect(charged.merchant_id).toMatch(/^G\d{9}$/)
  await shop.admin.patch('settings', { merchant_id: `M-${charged.merchant_id}` })
  expect(await shop.status('order-1')).toMatchObject({ merchant_id: `M-${charged.merchant_id}` })
})
