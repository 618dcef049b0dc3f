import { expect, test } from 'vitest'
import { linkAccount } from '../../core-api.ts'
import { emulatorOfFile, newMerchant, newShop, refusedBecause, type Shop, uuid } from '../merchant.ts'

const emulator = await emulatorOfFile()
// facts.md, A.4: the payer with promotions. fixtures/payers.json: 10 % from 20,000, 25 % from 500,000, 50 % in 2021.
const promoPayer = { phone_number: '8237435829', country_code: '62' }
const promo = ({ api, accountId }: Shop, query: string) => api.get(`/v2/gopay/promo/${accountId}?${query}`)
const promoShop = () => newShop(emulator, promoPayer)
const codesFor = async (shop: Shop, amount: number) => {
  const { recommended_promotion_id, promotions } = await promo(shop, `gross_amount=${amount}&currency=IDR`)
  expect(recommended_promotion_id).toBe(promotions[0]?.id)
  return promotions.map(({ code }: { code: string }) => code)
}

// facts.md, A.9: these keys in this order.
test('a merchant is told what GoPay offers the payer, the best first', async () => {
  const shop = await promoShop()
  const answer = await promo(shop, 'gross_amount=600000&currency=IDR')
  expect(Object.keys(answer)).toEqual([
    'account_id',
    'status_code',
    'recommended_promotion_id',
    'promotions',
    'httpStatus',
  ])
  expect(answer).toMatchObject({
    httpStatus: 200,
    account_id: shop.accountId,
    status_code: '200',
    recommended_promotion_id: answer.promotions[0].id,
  })
  const [best, other] = answer.promotions
  const expected = {
    id: expect.stringMatching(/^CASHBACK\|[0-9a-f-]{36}\|[0-9a-f-]{36}\|\|2024-01-01\|2099-12-31$/),
    code: 'BESAR25',
    type: 'CASHBACK',
    actual_payable_amount: '450000.00',
    promotion_amount: '150000.00',
    minimum_applicable_amount: '500000.00',
    currency: 'IDR',
    description: expect.any(String),
    short_description: expect.any(String),
    title: expect.any(String),
    valid_from: '2024-01-01',
    valid_till: '2099-12-31',
    tnc_url: expect.stringMatching(/^https:/),
    limit_per_user: 1,
    source: 'GOPAY_PROMO',
    promotion_value: { money: { type: 'PERCENTAGE', value: 25 } },
  }
  expect(best).toEqual(expected)
  for (const each of answer.promotions) expect(Object.keys(each)).toEqual(Object.keys(expected))
  expect(other).toMatchObject({ code: 'HEMAT10', actual_payable_amount: '540000.00', promotion_amount: '60000.00' })
})

test.each([
  [1, []],
  [19_999, []],
  [20_000, ['HEMAT10']],
  [499_999, ['HEMAT10']],
  [500_000, ['BESAR25', 'HEMAT10']],
])('for a payment of %i the offers are %j', async (amount, codes) => {
  expect(await codesFor(await promoShop(), amount)).toEqual(codes)
})

// facts.md, A.9: none is an empty list.
test('a payer without promotions is offered nothing', async () => {
  const shop = await newShop(emulator)
  expect(await promo(shop, 'gross_amount=600000&currency=IDR')).toEqual({
    httpStatus: 200,
    account_id: shop.accountId,
    status_code: '200',
    promotions: [],
  })
})

// A.9: valid_from and valid_till, days in Jakarta that both belong to it; the promotion of 2021 has those of the seed.
test('an offer holds from the first second of its first day to the last second of its last', async () => {
  const { api, admin } = newMerchant(emulator)
  await admin.post('clock/freeze')
  await admin.post('clock/set', { to: '2021-02-21T23:50:00+07:00' })
  const accountId = await linkAccount(api, promoPayer)
  const codesAt = async (to: string) => {
    await admin.post('clock/set', { to })
    const { promotions } = await api.get(`/v2/gopay/promo/${accountId}?gross_amount=600000`)
    return promotions.map(({ code }: { code: string }) => code)
  }
  expect(await codesAt('2021-02-21T23:59:59+07:00')).toEqual([])
  expect(await codesAt('2021-02-22T00:00:00+07:00')).toEqual(['LAMA50'])
  expect(await codesAt('2021-02-23T23:59:59+07:00')).toEqual(['LAMA50'])
  expect(await codesAt('2021-02-24T00:00:00+07:00')).toEqual([])
  expect(await codesAt('2023-12-31T23:59:59+07:00')).toEqual([])
  expect(await codesAt('2024-01-01T00:00:00+07:00')).toEqual(['BESAR25', 'HEMAT10'])
})

// A.9: limit_per_user.
test('an offer is used up with its last use, and comes back when the payment comes to nothing', async () => {
  const shop = await promoShop()
  const { recommended_promotion_id: id } = await promo(shop, 'gross_amount=600000&currency=IDR')
  const charge = (order: string) => shop.charge(order, 600_000, { gopay: { promotion_ids: [id] } })
  expect(await charge('order-1')).toMatchObject({ status_code: '201', transaction_status: 'pending' })
  expect(await codesFor(shop, 600_000)).toEqual(['HEMAT10'])
  expect(await charge('order-2')).toMatchObject({ httpStatus: 400, status_code: '400' })
  expect(await shop.status('order-2')).toMatchObject({ status_code: '404' })
  await shop.api.post('/v2/order-1/cancel')
  expect(await codesFor(shop, 600_000)).toEqual(['BESAR25', 'HEMAT10'])
  expect(await charge('order-2')).toMatchObject({ status_code: '201' })
})

test('an offer for five uses can be used five times, and a refund gives none back', async () => {
  const shop = await promoShop()
  const { recommended_promotion_id: id } = await promo(shop, 'gross_amount=50000&currency=IDR')
  for (let uses = 0; uses < 5; uses++) {
    expect(await codesFor(shop, 50_000)).toEqual(['HEMAT10'])
    await shop.charge(`order-${uses}`, 50_000, { gopay: { promotion_ids: [id] } })
  }
  expect(await codesFor(shop, 50_000)).toEqual([])
  await shop.api.post('/v2/order-0/refund')
  expect(await codesFor(shop, 50_000)).toEqual([])
})

// facts.md, A.9: 400, without the full stop of section 1.
const noAccount = {
  httpStatus: 400,
  status_code: '400',
  status_message: "Account doesn't exist",
  id: expect.stringMatching(uuid),
}
test('an account that nobody has is refused', async () => {
  const { api } = newMerchant(emulator)
  expect(await api.get('/v2/gopay/promo/nobody?gross_amount=600000&currency=IDR')).toEqual(noAccount)
})

test('an account that is pending or disabled is refused', async () => {
  const shop = await promoShop()
  const gopay_partner = { phone_number: '8242974268', country_code: '62' }
  const { account_id } = await shop.api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner })
  expect(await shop.api.get(`/v2/gopay/promo/${account_id}?gross_amount=600000`)).toEqual(noAccount)
  await shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`)
  expect(await promo(shop, 'gross_amount=600000')).toEqual(noAccount)
})

// facts.md, A.9: "gross_amount is required"; section 10, code 2701; section 3 for the wording of amounts.
test.each([
  ['', 'gross_amount is required'],
  ['currency=IDR', 'gross_amount is required'],
  ['gross_amount=600000&currency=USD', 'The currency is not supported for the country'],
  ['gross_amount=0', 'gross_amount must be greater than or equal to 1'],
  ['gross_amount=-5', 'gross_amount must be greater than or equal to 1'],
  ['gross_amount=', 'gross_amount is not a number'],
  ['gross_amount=much', 'gross_amount is not a number'],
  ['gross_amount=100.5', 'gross_amount is not a number'],
  ['gross_amount=1&gross_amount=2', 'gross_amount is not a number'],
  ['gross_amount=100000000000', 'gross_amount must be less than or equal to 99999999999'],
])('the query "%s" is refused', async (query, message) => {
  expect(await promo(await promoShop(), query)).toMatchObject(refusedBecause(message))
})

test('an amount may be written with decimals of nothing, and the currency left out', async () => {
  const shop = await promoShop()
  expect(await promo(shop, 'gross_amount=50000.00')).toMatchObject({
    status_code: '200',
    promotions: [{ code: 'HEMAT10', actual_payable_amount: '45000.00', promotion_amount: '5000.00' }],
  })
})
