import { describe, expect, test } from 'vitest'
import { payer } from '../../../src/testkit/index.ts'
import { emulatorOfFile, newMerchant, newShop, type Shop } from '../merchant.ts'

const emulator = await emulatorOfFile()
const wanted = { 'x-emulator-outcome': '202' }
const denied = {
  httpStatus: 200,
  status_code: '202',
  status_message: 'Refund denied by the bank',
  transaction_status: 'settlement',
  refund_amount: '0.00',
  refund_key: 'r-1',
}

async function frozenShop() {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  return shop
}

// facts.md, A.7: GoPay Tokenization refunds up to 180 days.
test('a payment of a linked payer can be refunded for 180 days, to the second', async () => {
  const shop = await frozenShop()
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('180d')
  expect(await shop.api.post('/v2/order-1/refund', { amount: 1 })).toMatchObject({ status_code: '200' })
  await shop.admin.advance('1s')
  expect(await shop.api.post('/v2/order-1/refund', { amount: 1 })).toMatchObject({ status_code: '412' })
  expect(await shop.balance()).toBe('7950001.00')
})

test('the days of a pre-authorized payment count from its capture', async () => {
  const shop = await frozenShop()
  const { transaction_id } = await shop.charge('order-1', 50_000, { gopay: { pre_auth: true } })
  await shop.admin.advance('10m')
  await shop.api.post('/v2/capture', { transaction_id })
  await shop.admin.advance('180d')
  expect(await shop.api.post('/v2/order-1/refund')).toMatchObject({ status_code: '200' })
  expect(await shop.balance()).toBe('8000000.00')
})

// docs.midtrans.com, refund-transaction: GoPay Deeplink 45 days; direct-refund-transaction: 180 (a quirk).
test.each([
  ['45-days', '45d'],
  ['180-days', '180d'],
])('a payment by QR code can be refunded for %s', async (plain_gopay_refund_window, window) => {
  const { api, admin } = newMerchant(emulator)
  await admin.patch('settings', { quirks: { plain_gopay_refund_window } })
  await admin.post('clock/freeze')
  const transaction_details = { order_id: 'order-1', gross_amount: 50_000 }
  const { actions } = await api.post('/v2/charge', { payment_type: 'gopay', transaction_details })
  await payer.walk(actions[1].url)
  await admin.advance(window)
  expect(await api.post('/v2/order-1/refund', { amount: 20_000 })).toMatchObject({ status_code: '200' })
  expect(await admin.get('ledger')).toEqual({
    sum: 0,
    balances: { issuer: -8_000_000, 'wallet:628215023424:GOPAY_WALLET': 7_970_000, merchant: 30_000 },
  })
  await admin.advance('1s')
  expect(await api.post('/v2/order-1/refund', { amount: 20_000 })).toMatchObject({ status_code: '412' })
})

describe.each(['refund', 'refund/online/direct'])('a refund by /%s that GoPay denies', (path) => {
  const refund = (shop: Shop, headers?: Record<string, string>, body: object = { refund_key: 'r-1', amount: 20_000 }) =>
    shop.api.post(`/v2/order-1/${path}`, body, headers)

  /** Nothing came back, and nobody is told that it did. */
  async function expectNothingGiven(shop: Shop) {
    const status = await shop.status('order-1')
    expect(status).toMatchObject({ status_code: '200', transaction_status: 'settlement' })
    expect(status).not.toHaveProperty('refund_amount')
    expect(status).not.toHaveProperty('refunds')
    expect(await shop.balance()).toBe('7950000.00')
    await shop.admin.advance('2d')
    expect((await shop.told('order-1')).map(({ transaction_status }) => transaction_status)).toEqual(['settlement'])
  }

  // facts.md, A.7: 202, status stays settlement, refund_amount "0.00".
  test('by X-Emulator-Outcome gives nothing back', async () => {
    const shop = await frozenShop()
    await shop.charge('order-1', 50_000)
    expect(await refund(shop, wanted)).toMatchObject(denied)
    await expectNothingGiven(shop)
  })

  test('by a rule gives nothing back, and uses the rule up', async () => {
    const shop = await frozenShop()
    const match = { operation: 'refund', order_id: 'order-*', phone: '+628215023424', amount: 20_000 }
    await shop.admin.put('rules', [{ match, outcome: 'deny', times: 'once' }])
    await shop.charge('order-1', 50_000)
    expect(await refund(shop, undefined, { amount: 50_001 })).toMatchObject({ status_code: '414' })
    expect(await refund(shop)).toMatchObject(denied)
    await expectNothingGiven(shop)
    expect(await refund(shop)).toMatchObject({ status_code: '200', transaction_status: 'partial_refund' })
  })

  // docs.midtrans.com, direct-refund-transaction: the key may be tried again for seven days.
  test('may be tried again with its key for seven days from the first try', async () => {
    const shop = await frozenShop()
    await shop.charge('order-1', 50_000)
    await refund(shop, wanted)
    await shop.admin.advance('6d')
    expect(await refund(shop, wanted)).toMatchObject(denied)
    await shop.admin.advance('1d')
    expect(await refund(shop)).toMatchObject({ status_code: '200', refund_amount: '20000.00', refund_key: 'r-1' })
    expect(await shop.balance()).toBe('7970000.00')
    expect((await shop.status('order-1')).refunds).toMatchObject([{ refund_key: 'r-1', refund_amount: '20000.00' }])
    expect(await refund(shop)).toMatchObject({ status_code: '406' })
  })

  test('may not be tried again with its key after these days, but with another one', async () => {
    const shop = await frozenShop()
    await shop.charge('order-1', 50_000)
    await refund(shop, wanted)
    await shop.admin.advance('6d')
    await refund(shop, wanted)
    await shop.admin.advance('1d')
    await shop.admin.advance('1s')
    expect(await refund(shop)).toMatchObject({ status_code: '406', status_message: 'Duplicate refund ID' })
    expect(await shop.balance()).toBe('7950000.00')
    expect(await refund(shop, undefined, { refund_key: 'r-2' })).toMatchObject({ transaction_status: 'refund' })
  })

  test.each(['201', 'gopay:4060', 'maybe'])('cannot be made to end as %s', async (outcome) => {
    const shop = await newShop(emulator)
    await shop.charge('order-1', 50_000)
    const answer = await refund(shop, { 'x-emulator-outcome': outcome })
    expect(answer).toMatchObject({ httpStatus: 400, status_code: '400' })
    expect(answer.validation_messages).toEqual([expect.stringMatching(/X-Emulator-Outcome.*refund/)])
    expect(await shop.balance()).toBe('7950000.00')
  })
})

// recordings.md: refund_chargeback_id is a number; it is the name of one refund.
test('no two refunds of a merchant have the same refund_chargeback_id, denied ones included', async () => {
  const shop = await newShop(emulator)
  const ids: number[] = []
  for (const order of ['order-1', 'order-2', 'order-3']) await shop.charge(order, 50_000)
  const tries = [
    ['order-1', wanted],
    ['order-2', wanted],
    ['order-3', {}],
    ['order-1', {}],
    ['order-2', wanted],
  ] as const
  for (const [order, headers] of tries) {
    ids.push((await shop.api.post(`/v2/${order}/refund`, { amount: 1 }, headers)).refund_chargeback_id)
  }
  expect(new Set(ids).size).toBe(tries.length)
})
