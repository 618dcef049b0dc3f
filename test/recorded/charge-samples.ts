import type { Shop } from '../midtrans/merchant.ts'
import {
  charge,
  conflict,
  invalid,
  payment,
  post,
  processed,
  refused,
  type Sample,
  wanting,
  withMerchant,
  withShop,
} from './sample.ts'

const charging = (gross_amount: unknown, gopay?: object, headers?: Record<string, string>) =>
  withShop((shop) => charge(shop, gross_amount, gopay, headers))

const plain = (shop: Shop | Parameters<typeof post>[0], headers?: Record<string, string>) =>
  post(
    shop,
    '/v2/charge',
    { payment_type: 'gopay', transaction_details: { order_id: 'order-1234', gross_amount: 12_000 } },
    headers,
  )

const denied = { status_code: '202', status_message: 'GoPay transaction is denied' }

const samples: readonly Omit<Sample, 'endpoint'>[] = [
  {
    of: 'a settled charge',
    source: 'recordings.md, POST /v2/charge (REC), expiry_time last since 2024',
    ask: charging(50_000),
    http: 200,
    sample: {
      status_code: '200',
      status_message: 'Success, GoPay transaction is successful',
      ...payment('50000.00', 'settlement'),
      settlement_time: '<time>',
      expiry_time: '<time>',
    },
  },
  {
    of: 'a pre-authorization',
    source: 'the seed, pre-auth 200 (DOC)',
    ask: charging(100_000, { pre_auth: true }),
    http: 200,
    sample: {
      status_code: '200',
      status_message: 'Success, GoPay transaction is successful',
      ...payment('100000.00', 'authorize'),
      ...processed,
      expiry_time: '<time>',
    },
  },
  {
    of: 'a charge that needs the PIN',
    source: 'the seed, 201 (DOC), with merchant_id and expiry_time',
    ask: charging(100_000),
    http: 200,
    sample: {
      status_code: '201',
      status_message: 'GoPay transaction is created. Action(s) required',
      ...payment('100000.00', 'pending'),
      actions: [
        { name: 'verification-link-url', method: 'GET', url: '<origin>/v2/gopay/redirect/gppr_<uuid>/charge' },
        { name: 'verification-link-app', method: 'GET', url: '<origin>/v2/gopay/redirect/gppd_<uuid>/charge' },
      ],
      expiry_time: '<time>',
    },
  },
  {
    of: 'a charge of plain GoPay',
    source: 'recordings.md, POST /v2/charge (REC 2022-24); the deeplink on the emulator instead of the simulator',
    ask: withMerchant(plain),
    http: 200,
    sample: {
      status_code: '201',
      status_message: 'GoPay transaction is created',
      ...payment('12000.00', 'pending'),
      actions: [
        { name: 'generate-qr-code', method: 'GET', url: '<origin>/v2/gopay/<uuid>/qr-code' },
        { name: 'deeplink-redirect', method: 'GET', url: '<origin>/gopay/partner/app/payment-pin?id=<uuid>' },
        { name: 'get-status', method: 'GET', url: '<origin>/v2/<uuid>/status' },
        { name: 'cancel', method: 'POST', url: '<origin>/v2/<uuid>/cancel' },
      ],
      expiry_time: '<time>',
    },
  },
  {
    of: 'a denied charge',
    source: 'the seed, 202 (DOC), with the channel fields of facts.md, A.5',
    ask: charging(8_000_001),
    http: 200,
    sample: {
      ...denied,
      ...payment('8000001.00', 'deny'),
      channel_response_code: '201',
      channel_response_message: 'Insufficient Balance',
      expiry_time: '<time>',
    },
  },
  {
    of: 'a charge that fraud detection rejects',
    source: 'facts.md, section 3, FDS reject, and section 10, code 4060',
    ask: charging(50_000, {}, wanting('gopay:4060')),
    http: 200,
    sample: {
      status_code: '202',
      status_message: 'GoPay transaction is rejected by FDS',
      ...payment('50000.00', 'deny'),
      fraud_status: 'deny',
      expiry_time: '<time>',
    },
  },
  {
    of: 'a charge of nothing',
    source: 'recordings.md, 400 (REC), text of facts.md, section 3',
    ask: charging(0),
    http: 400,
    sample: invalid('transaction_details.gross_amount must be greater than or equal to 1'),
  },
  {
    of: 'a charge of an account that is not enabled any more',
    source: 'facts.md, section 12, and section 10, code 153',
    ask: withShop(async (shop) => {
      await shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`)
      return charge(shop, 50_000)
    }),
    http: 400,
    sample: invalid('GoPay token is invalid for the payment'),
  },
  {
    of: 'a charge with a payment type that the merchant does not have',
    source: 'facts.md, section 5, code 402',
    ask: withMerchant((merchant) =>
      post(merchant, '/v2/charge', {
        payment_type: 'cowrie_shells',
        transaction_details: { order_id: 'order-1234', gross_amount: 1 },
      }),
    ),
    http: 200,
    sample: refused('402', "Merchant doesn't have access for this payment type"),
  },
  {
    of: 'a charge of an account that nobody has',
    source: 'facts.md, section 12',
    ask: charging(50_000, { account_id: 'unknown' }),
    http: 200,
    sample: refused('404', "Account doesn't exist."),
  },
  {
    of: 'a second charge of one order_id',
    source: 'recordings.md, 406 (REC)',
    ask: withShop(async (shop) => {
      await charge(shop, 50_000)
      return charge(shop, 50_000)
    }),
    http: 200,
    sample: conflict,
  },
  {
    of: 'a charge of a payer whom GoPay has blocked',
    source: 'facts.md, section 10, code 112 since January 2024',
    ask: charging(50_000, {}, wanting('gopay:112')),
    http: 200,
    sample: refused('410', 'GoPay user is blocked'),
  },
  {
    of: 'a charge beyond the rate limit',
    source: 'facts.md, sections 0 and 6: gateway format',
    ask: charging(50_000, {}, wanting('429')),
    http: 429,
    sample: { message: 'API rate limit exceeded' },
  },
  {
    of: 'the charge null of node, python and go',
    source: 'recordings.md, HTTP status (TEST java): the gateway answers, without status_code',
    ask: withMerchant((merchant) => post(merchant, '/v2/charge', null)),
    http: 500,
    sample: { message: 'An unexpected error occurred' },
  },
  {
    of: 'a charge on which GoPay fails',
    source: 'facts.md, section 0 and section 10, code 900: over HTTP 200',
    ask: charging(50_000, {}, wanting('gopay:900')),
    http: 200,
    sample: refused('500', 'Sorry. Our system is recovering from unexpected issues. Please retry.'),
  },
  {
    of: 'a charge while GoPay cannot be reached',
    source: 'facts.md, section 5, code 503',
    ask: charging(50_000, {}, wanting('503')),
    http: 503,
    sample: refused('503', 'Bank/partner is experiencing connection issue.'),
  },
  {
    of: 'a charge with a card, which Midtrans has and the emulator has not',
    source: 'facts.md, section 5, code 501; the text is the emulator’s own',
    ask: withMerchant((merchant) =>
      post(merchant, '/v2/charge', {
        payment_type: 'credit_card',
        transaction_details: { order_id: 'order-1234', gross_amount: 1 },
      }),
    ),
    http: 501,
    sample: refused('501', 'midtrans-emulator does not have this: payment_type credit_card; there is gopay'),
  },
]

export const chargeSamples: readonly Sample[] = samples.map((sample) => ({ endpoint: 'POST /v2/charge', ...sample }))
