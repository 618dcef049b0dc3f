import { expect, test } from 'vitest'
import { payer } from '../../../src/testkit/index.ts'
import { emulatorOfFile, newShop, refusedBecause, type Shop } from '../merchant.ts'

const emulator = await emulatorOfFile()
const wallet = 'wallet:628237435829:GOPAY_WALLET'

/** A shop of the payer with promotions (facts.md, A.4), and the ids of the two that apply to 600,000. */
async function promoShop() {
  const shop = await newShop(emulator, { phone_number: '8237435829', country_code: '62' })
  const { promotions } = await shop.api.get(`/v2/gopay/promo/${shop.accountId}?gross_amount=600000&currency=IDR`)
  const idOf = (wanted: string): string => promotions.find(({ code }: { code: string }) => code === wanted).id
  return { ...shop, hemat: idOf('HEMAT10'), besar: idOf('BESAR25') }
}
const chargeWith = (shop: Shop, amount: number, promotion_ids: string[], gopay: object = {}) =>
  shop.charge('order-1', amount, { gopay: { promotion_ids, ...gopay } })
const books = (balances: Record<string, number>) => ({ sum: 0, balances: { issuer: -8_000_000, ...balances } })

// facts.md, A.9: only the first of promotion_ids is applied. The merchant gets all of gross_amount.
test.each([
  [['hemat'], 10],
  [['hemat', 'besar'], 10],
  [['besar', 'hemat'], 25],
  [['hemat', 'nothing'], 10],
] as const)('of the promotions %j the payer gets %i %% from GoPay', async (names, percent) => {
  const shop = await promoShop()
  const ids = names.map((name) => (name === 'nothing' ? name : shop[name]))
  const answer = await chargeWith(shop, 600_000, ids, { recurring: true })
  expect(answer).toMatchObject({ status_code: '200', transaction_status: 'settlement', gross_amount: '600000.00' })
  const promotion = 6_000 * percent
  expect(await shop.ledger()).toEqual(
    books({ [wallet]: 7_400_000 + promotion, promotions: -promotion, merchant: 600_000 }),
  )
})

test('without promotion_ids the payer pays all of it', async () => {
  const shop = await promoShop()
  for (const promotion_ids of [undefined, [], ['']]) {
    const gopay = { ...(promotion_ids && { promotion_ids }) }
    await shop.charge(`order-${JSON.stringify(gopay)}`.replace(/\W/g, '-'), 50_000, { gopay })
  }
  expect(await shop.ledger()).toEqual(books({ [wallet]: 7_850_000, merchant: 150_000 }))
})

test('a payment with the PIN takes the promotion when the payer has confirmed', async () => {
  const shop = await promoShop()
  const { actions } = await chargeWith(shop, 600_000, [shop.besar])
  expect(await shop.ledger()).toEqual(books({ [wallet]: 8_000_000 }))
  await payer.walk(actions[0].url)
  expect(await shop.ledger()).toEqual(books({ [wallet]: 7_550_000, promotions: -150_000, merchant: 600_000 }))
})

test('a payer who has enough with the promotion, and not without it, can pay', async () => {
  const shop = await promoShop()
  expect(await chargeWith(shop, 8_888_888, [shop.hemat], { recurring: true })).toMatchObject({ status_code: '200' })
  expect(await shop.balance()).toBe('0.00')
})

// The promotion of 2021, one that the amount is too small for, and one that nobody knows.
test.each([
  [
    600_000,
    'CASHBACK|9e8d7c6b-5a49-4382-9170-6f5e4d3c2b1a|d9f3e6a0-4f57-4ea0-9b8c-12a3f4e5d6c7||2021-02-22|2021-02-23',
  ],
  [499_999, 'besar'],
  [600_000, 'nothing'],
] as const)('a charge of %i with the promotion %s is refused, and leaves no trace', async (amount, name) => {
  const shop = await promoShop()
  const ids = [name === 'besar' ? shop.besar : name, shop.hemat]
  expect(await chargeWith(shop, amount, ids)).toMatchObject(refusedBecause('gopay.promotion_ids is invalid'))
  expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
  expect(await shop.ledger()).toEqual(books({ [wallet]: 8_000_000 }))
})

test("another payer's promotion is refused", async () => {
  const { hemat } = await promoShop()
  const shop = await newShop(emulator)
  expect(await chargeWith(shop, 50_000, [hemat])).toMatchObject(refusedBecause('gopay.promotion_ids is invalid'))
})

// facts.md, A.6: capture settles in full, cancel releases.
test('a pre-authorization reserves what the payer pays, and the capture brings the promotion', async () => {
  const shop = await promoShop()
  const { transaction_id } = await chargeWith(shop, 50_000, [shop.hemat], { pre_auth: true })
  expect(await shop.ledger()).toEqual(books({ [wallet]: 7_955_000, [`hold:${transaction_id}`]: 45_000 }))
  await shop.api.post('/v2/capture', { transaction_id, gross_amount: 50_000 })
  expect(await shop.ledger()).toEqual(books({ [wallet]: 7_955_000, promotions: -5_000, merchant: 50_000 }))
})

test.each([
  ['the merchant cancels it', (shop: Shop) => shop.api.post('/v2/order-1/cancel')],
  ['nobody captures it', (shop: Shop) => shop.admin.advance('15m')],
])('what a pre-authorization with a promotion reserved goes back when %s', async (_why, end) => {
  const shop = await promoShop()
  await chargeWith(shop, 50_000, [shop.hemat], { pre_auth: true })
  await end(shop)
  expect(await shop.ledger()).toEqual(books({ [wallet]: 8_000_000 }))
})

// UNCERTAIN in src: what becomes of the promotion; but nobody gets back more than was paid.
test('refunds never give the payer more than was paid, and the rest goes back to the promotion', async () => {
  const shop = await promoShop()
  await chargeWith(shop, 50_000, [shop.hemat])
  const refund = (amount?: number) => shop.api.post('/v2/order-1/refund', { amount })
  expect(await refund(20_000)).toMatchObject({ refund_amount: '20000.00', transaction_status: 'partial_refund' })
  expect(await shop.ledger()).toEqual(books({ [wallet]: 7_975_000, promotions: -5_000, merchant: 30_000 }))
  await refund(26_000)
  expect(await shop.ledger()).toEqual(books({ [wallet]: 8_000_000, promotions: -4_000, merchant: 4_000 }))
  expect(await refund()).toMatchObject({ refund_amount: '4000.00', transaction_status: 'refund' })
  expect(await shop.ledger()).toEqual(books({ [wallet]: 8_000_000 }))
})

test('a refund of all at once leaves everything as it was before the charge', async () => {
  const shop = await promoShop()
  await chargeWith(shop, 600_000, [shop.besar], { recurring: true })
  await shop.api.post('/v2/order-1/refund/online/direct')
  expect(await shop.ledger()).toEqual(books({ [wallet]: 8_000_000 }))
})
