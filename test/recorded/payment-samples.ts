import type { RawAnswer, Shop } from '../midtrans/merchant.ts'

/** A documented or recorded answer, and how a merchant gets it. */
export interface Sample {
  readonly of: string
  readonly source: string
  readonly ask: (shop: Shop) => Promise<RawAnswer>
  readonly http: number
  readonly sample: object
}

const post = (shop: Shop, path: string, body: unknown) =>
  shop.raw('POST', path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })

const charge =
  (gross_amount: number, gopay: object = {}) =>
  (shop: Shop): Promise<RawAnswer> =>
    post(shop, '/v2/charge', {
      payment_type: 'gopay',
      gopay: { account_id: shop.accountId, payment_option_token: shop.token, ...gopay },
      transaction_details: { order_id: 'order-1234', gross_amount },
    })
const authorize = charge(100_000, { pre_auth: true })

const refused = (status_code: string, status_message: string) => ({ status_code, status_message, id: '<uuid>' })

/** As recordings.md has the settled charge; those parts that the documentation omits included. */
const payment = (gross_amount: string, transaction_status: string) => ({
  transaction_id: '<uuid>',
  order_id: 'order-1234',
  merchant_id: '<merchant>',
  gross_amount,
  currency: 'IDR',
  payment_type: 'gopay',
  transaction_time: '<time>',
  transaction_status,
  fraud_status: 'accept',
})
const { merchant_id: _, ...withoutMerchant } = payment('100000.00', 'cancel')
const processed = { channel_response_code: '0', channel_response_message: 'Process service request successfully.' }

export const samples: readonly Sample[] = [
  {
    of: 'a settled charge',
    source: 'recordings.md, POST /v2/charge (REC), expiry_time last since 2024',
    ask: charge(50_000),
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
    of: 'a charge that needs the PIN',
    source: 'the seed, 201 (DOC), with merchant_id and expiry_time',
    ask: charge(100_000),
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
    of: 'a denied charge',
    source: 'the seed, 202 (DOC), with the channel fields of facts.md, A.5',
    ask: charge(8_000_001),
    http: 200,
    sample: {
      status_code: '202',
      status_message: 'GoPay transaction is denied',
      ...payment('8000001.00', 'deny'),
      channel_response_code: '201',
      channel_response_message: 'Insufficient Balance',
      expiry_time: '<time>',
    },
  },
  {
    of: 'a pre-authorization',
    source: 'the seed, pre-auth 200 (DOC)',
    ask: authorize,
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
    of: 'a second charge of one order_id',
    source: 'recordings.md, 406 (REC)',
    ask: async (shop) => {
      await charge(50_000)(shop)
      return charge(50_000)(shop)
    },
    http: 200,
    sample: refused(
      '406',
      'The request could not be completed due to a conflict with the current state of the target resource, please try again',
    ),
  },
  {
    of: 'a charge of nothing',
    source: 'recordings.md, 400 (REC), text of facts.md, section 3',
    ask: charge(0),
    http: 400,
    sample: {
      status_code: '400',
      status_message: 'One or more parameters in the payload is invalid.',
      validation_messages: ['transaction_details.gross_amount must be greater than or equal to 1'],
      id: '<uuid>',
    },
  },
  {
    of: 'the charge null of node, python and go',
    source: 'recordings.md, HTTP status (TEST java): the gateway answers, without status_code',
    ask: (shop) => post(shop, '/v2/charge', null),
    http: 500,
    sample: { message: 'An unexpected error occurred' },
  },
  {
    of: 'a charge that is no JSON',
    source: 'facts.md, section 5, code 413 (no id)',
    ask: (shop) => shop.raw('POST', '/v2/charge', { body: '{', headers: { 'content-type': 'application/json' } }),
    http: 200,
    sample: {
      status_code: '413',
      status_message: 'The request cannot be processed due to malformed syntax in the request body',
    },
  },
  {
    of: 'a cancel',
    source: 'recordings.md, cancel (REC 2019)',
    ask: async (shop) => {
      await authorize(shop)
      return post(shop, '/v2/order-1234/cancel', null)
    },
    http: 200,
    sample: { status_code: '200', status_message: 'Success, transaction is canceled', ...withoutMerchant },
  },
  {
    of: 'an expire',
    source: 'facts.md, section 5, newer engine; recordings.md (TEST java): "is expired"',
    ask: async (shop) => {
      await charge(100_000)(shop)
      return post(shop, '/v2/order-1234/expire', null)
    },
    http: 200,
    sample: {
      status_code: '407',
      status_message: 'Success, transaction is expired',
      ...payment('100000.00', 'expire'),
    },
  },
  {
    of: 'a cancel of what is settled',
    source: 'recordings.md, 412 (REC 2019)',
    ask: async (shop) => {
      await charge(50_000)(shop)
      return post(shop, '/v2/order-1234/cancel', null)
    },
    http: 200,
    sample: refused('412', 'Transaction status cannot be updated.'),
  },
  {
    of: 'the status of what nobody knows',
    source: 'recordings.md, GET status (REC 2019)',
    ask: (shop) => shop.raw('GET', '/v2/not-exists/status'),
    http: 200,
    sample: refused('404', "Transaction doesn't exist."),
  },
  {
    of: 'a cancel of what nobody knows',
    source: 'facts.md, section 0 (VCR 2019)',
    ask: (shop) => post(shop, '/v2/not-exists/cancel', null),
    http: 200,
    sample: refused('404', "Transaction doesn't exist."),
  },
  {
    of: 'a stranger',
    source: 'recordings.md, 401 of 2024-26 (LOG)',
    ask: (shop) => shop.raw('GET', '/v2/order-1234/status', { headers: { authorization: 'Basic c3RyYW5nZXI6' } }),
    http: 401,
    sample: refused('401', 'Unknown Merchant server_key/id'),
  },
]
