import type { RawAnswer, Shop } from '../midtrans/merchant.ts'
import {
  cannotUpdate,
  charge,
  invalid,
  notFound,
  payment,
  post,
  processed,
  type Sample,
  wanting,
  withMerchant,
  withShop,
} from './sample.ts'

const { merchant_id: _, ...withoutMerchant } = payment('100000.00', 'cancel')
const order = (verb: string) => `/v2/order-1234/${verb}`

const authorize = async (shop: Shop) => (await charge(shop, 100_000, { pre_auth: true })).body.transaction_id
const settle = (shop: Shop) => charge(shop, 50_000)

/** Begins a payment, then asks the endpoint. */
const after = (begin: (shop: Shop) => Promise<unknown>, ask: (shop: Shop) => Promise<RawAnswer>) =>
  withShop(async (shop) => {
    await begin(shop)
    return ask(shop)
  })

const capture = (body: (transaction_id: unknown) => object) =>
  withShop(async (shop) => post(shop, '/v2/capture', body(await authorize(shop))))

/** Keys of the newer engine (recordings.md, GET status); channel fields first, times and the rest last. */
const found = (status_code: string, gross_amount: string, transaction_status: string, more: object = {}) => ({
  transaction_time: '<time>',
  gross_amount,
  currency: 'IDR',
  order_id: 'order-1234',
  payment_type: 'gopay',
  payment_option_type: 'GOPAY_WALLET',
  signature_key: '<signature>',
  status_code,
  transaction_id: '<uuid>',
  transaction_status,
  fraud_status: 'accept',
  ...more,
  expiry_time: '<time>',
  status_message: 'Success, transaction is found',
  merchant_id: '<merchant>',
})
const statusAfter = (begin: (shop: Shop) => Promise<unknown>) =>
  after(begin, (shop) => shop.raw('GET', order('status')))
const statusSource = 'recordings.md, GET status; facts.md, section 5 and A.8'

export const paymentSamples: readonly Sample[] = [
  {
    endpoint: 'POST /v2/capture',
    of: 'a capture',
    source: 'facts.md, A.6: never seen for GoPay; keys as of other answers about a payment',
    ask: capture((transaction_id) => ({ transaction_id, gross_amount: 100_000 })),
    http: 200,
    sample: {
      status_code: '200',
      status_message: 'Success, GoPay capture transaction is successful',
      ...payment('100000.00', 'settlement'),
      settlement_time: '<time>',
      ...processed,
      expiry_time: '<time>',
    },
  },
  {
    endpoint: 'POST /v2/capture',
    of: 'a capture in part',
    source: 'facts.md, A.6: refused; the text is assumed',
    ask: capture((transaction_id) => ({ transaction_id, gross_amount: 99_999 })),
    http: 400,
    sample: invalid('gross_amount must be equal to the authorized amount of 100000'),
  },
  {
    endpoint: 'POST /v2/capture',
    of: 'a capture of what nobody knows',
    source: 'facts.md, section 5, code 404',
    ask: withMerchant((merchant) => post(merchant, '/v2/capture', { transaction_id: 'unknown' })),
    http: 200,
    sample: notFound,
  },
  {
    endpoint: 'POST /v2/capture',
    of: 'a capture of what is settled',
    source: 'facts.md, section 5, code 412',
    ask: withShop(async (shop) =>
      post(shop, '/v2/capture', { transaction_id: (await settle(shop)).body.transaction_id }),
    ),
    http: 200,
    sample: cannotUpdate,
  },
  {
    endpoint: 'POST /v2/{id}/cancel',
    of: 'a cancel',
    source: 'recordings.md, cancel (REC 2019)',
    ask: after(authorize, (shop) => post(shop, order('cancel'), null)),
    http: 200,
    sample: { status_code: '200', status_message: 'Success, transaction is canceled', ...withoutMerchant },
  },
  {
    endpoint: 'POST /v2/{id}/expire',
    of: 'an expire',
    source: 'facts.md, section 5, newer engine; recordings.md (TEST java): "is expired"',
    ask: after(
      (shop) => charge(shop, 100_000),
      (shop) => post(shop, order('expire'), null),
    ),
    http: 200,
    sample: {
      status_code: '407',
      status_message: 'Success, transaction is expired',
      ...payment('100000.00', 'expire'),
    },
  },
  // Approve and deny have no success: GoPay has no challenge (facts.md, section 5).
  ...['cancel', 'expire', 'approve', 'deny'].flatMap((verb): Sample[] => [
    {
      endpoint: `POST /v2/{id}/${verb}`,
      of: `${verb} of what is settled`,
      source: 'recordings.md, 412 (REC 2019): the id is that of the transaction',
      ask: after(settle, (shop) => post(shop, order(verb), null)),
      http: 200,
      sample: cannotUpdate,
    },
    {
      endpoint: `POST /v2/{id}/${verb}`,
      of: `${verb} of what nobody knows`,
      source: 'facts.md, section 0 (VCR 2019)',
      ask: withMerchant((merchant) => post(merchant, `/v2/not-exists/${verb}`, null)),
      http: 200,
      sample: notFound,
    },
  ]),
  ...(
    [
      ['settlement', '200', '50000.00', settle, { settlement_time: '<time>' }],
      ['pending', '201', '150000.00', (shop) => charge(shop, 150_000), {}],
      [
        'expire',
        '407',
        '150000.00',
        async (shop) => {
          await charge(shop, 150_000)
          return post(shop, order('expire'), null)
        },
        {},
      ],
      [
        'cancel',
        '200',
        '150000.00',
        async (shop) => {
          await charge(shop, 150_000)
          return post(shop, order('cancel'), null)
        },
        {},
      ],
    ] as const satisfies readonly [string, string, string, (shop: Shop) => Promise<RawAnswer>, object][]
  ).map(
    ([status, code, amount, begin, more]): Sample => ({
      endpoint: 'GET /v2/{id}/status',
      of: `the status of a payment that is ${status}`,
      source: statusSource,
      ask: statusAfter(begin),
      http: 200,
      sample: found(code, amount, status, more),
    }),
  ),
  {
    endpoint: 'GET /v2/{id}/status',
    of: 'the status of a reservation',
    source: statusSource,
    ask: statusAfter(authorize),
    http: 200,
    sample: { ...processed, ...found('200', '100000.00', 'authorize') },
  },
  {
    endpoint: 'GET /v2/{id}/status',
    of: 'the status of a payment that was denied',
    source: statusSource,
    ask: statusAfter((shop) => charge(shop, 50_000, {}, wanting('202:112'))),
    http: 200,
    sample: {
      channel_response_code: '112',
      channel_response_message: 'Wallet is Blocked',
      ...found('202', '50000.00', 'deny'),
    },
  },
  {
    endpoint: 'GET /v2/{id}/status',
    of: 'the status of what nobody knows',
    source: 'recordings.md, GET status (REC 2019)',
    ask: withMerchant((merchant) => merchant.raw('GET', '/v2/not-exists/status')),
    http: 200,
    sample: notFound,
  },
  {
    endpoint: 'GET /v2/{id}/status/b2b',
    of: 'the B2B status of a payment, which GoPay is not',
    source: 'facts.md, section 5: what is not B2B is not found',
    ask: after(settle, (shop) => shop.raw('GET', order('status/b2b'))),
    http: 200,
    sample: notFound,
  },
]
