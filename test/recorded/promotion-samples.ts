import { invalid, refused, type Sample, withMerchant, withShop } from './sample.ts'

const promoted = { phone_number: '8237435829', country_code: '62' }
const id = 'CASHBACK|5f0c1a52-8f0e-4d0b-9a51-3c2f6b7d9e10|b7a1c4de-2d35-4c8e-8f6a-90e1d2c3b4a5||2024-01-01|2099-12-31'
const maskedId = id.replace(/[0-9a-f-]{36}/g, '<uuid>')

const samples: readonly Omit<Sample, 'endpoint'>[] = [
  {
    of: 'a promotion',
    source: 'facts.md, A.9; the form of amounts and days was not seen',
    ask: withShop(
      (shop) => shop.raw('GET', `/v2/gopay/promo/${shop.accountId}?gross_amount=20000&currency=IDR`),
      promoted,
    ),
    http: 200,
    sample: {
      account_id: '<uuid>',
      status_code: '200',
      recommended_promotion_id: maskedId,
      promotions: [
        {
          id: maskedId,
          code: 'HEMAT10',
          type: 'CASHBACK',
          actual_payable_amount: '18000.00',
          promotion_amount: '2000.00',
          minimum_applicable_amount: '20000.00',
          currency: 'IDR',
          description: 'Cashback 10% untuk pembayaran mulai Rp20.000',
          short_description: 'Cashback 10%',
          title: 'Hemat 10%',
          valid_from: '2024-01-01',
          valid_till: '2099-12-31',
          tnc_url: 'https://example.com/hemat10',
          limit_per_user: 5,
          source: 'GOPAY_PROMO',
          promotion_value: { money: { type: 'PERCENTAGE', value: 10 } },
        },
      ],
    },
  },
  {
    of: 'no promotion',
    source: 'facts.md, A.9',
    ask: withShop((shop) => shop.raw('GET', `/v2/gopay/promo/${shop.accountId}?gross_amount=20000`)),
    http: 200,
    sample: { account_id: '<uuid>', status_code: '200', promotions: [] },
  },
  {
    of: 'promotions of an account that nobody has',
    source: 'facts.md, A.9: 400, and no full stop',
    ask: withMerchant((merchant) => merchant.raw('GET', '/v2/gopay/promo/unknown?gross_amount=20000')),
    http: 400,
    sample: refused('400', "Account doesn't exist"),
  },
  {
    of: 'promotions for no amount',
    source: 'facts.md, A.9',
    ask: withShop((shop) => shop.raw('GET', `/v2/gopay/promo/${shop.accountId}`)),
    http: 400,
    sample: invalid('gross_amount is required'),
  },
]

export const promotionSamples: readonly Sample[] = samples.map((sample) => ({
  endpoint: 'GET /v2/gopay/promo/{account_id}',
  ...sample,
}))
