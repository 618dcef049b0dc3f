import type { Shop } from '../midtrans/merchant.ts'
import {
  cannotUpdate,
  charge,
  invalid,
  notFound,
  post,
  type Sample,
  wanting,
  withMerchant,
  withShop,
} from './sample.ts'

const refundOf = (path: string, body: unknown, headers?: Record<string, string>) => async (shop: Shop) => {
  await charge(shop, 50_000)
  return post(shop, `/v2/order-1234/${path}`, body, headers)
}

/** docs.midtrans.com, direct-refund-transaction, all its samples; refund_chargeback_id is a number (recordings.md). */
function samplesOf(path: string, approved: string): Sample[] {
  const refunded = (
    status_code: string,
    status_message: string,
    transaction_status: string,
    refund_amount: string,
  ) => ({
    status_code,
    status_message,
    transaction_id: '<uuid>',
    order_id: 'order-1234',
    gross_amount: '50000.00',
    payment_type: 'gopay',
    transaction_time: '<time>',
    transaction_status,
    refund_chargeback_id: 1,
    refund_amount,
    refund_key: 'reference1',
  })
  const key = { refund_key: 'reference1' }
  const samples: readonly Omit<Sample, 'endpoint'>[] = [
    {
      of: 'a refund in full',
      source: 'docs.midtrans.com, refund pages, sample; facts.md, A.7',
      ask: withShop(refundOf(path, { ...key, reason: 'for some reason' })),
      http: 200,
      sample: refunded('200', approved, 'refund', '50000.00'),
    },
    {
      of: 'a refund in part',
      source: 'facts.md, A.7 and section 5',
      ask: withShop(refundOf(path, { ...key, amount: 5_000 })),
      http: 200,
      sample: refunded('200', approved, 'partial_refund', '5000.00'),
    },
    {
      of: 'a refund that is denied',
      source: 'docs.midtrans.com, direct-refund-transaction, Rejected Direct Refund',
      ask: withShop(refundOf(path, key, wanting('202'))),
      http: 200,
      sample: refunded('202', 'Refund denied by the bank', 'settlement', '0.00'),
    },
    {
      of: 'a refund with a bad refund_key',
      source: 'facts.md, A.7: letters, digits, dash, underscore; the text was not seen',
      ask: withShop(refundOf(path, { refund_key: 'reference 1' })),
      http: 400,
      sample: invalid('refund_key is invalid'),
    },
    {
      of: 'a refund of what nobody knows',
      source: 'facts.md, section 5, code 404',
      ask: withMerchant((merchant) => post(merchant, `/v2/not-exists/${path}`, key)),
      http: 200,
      sample: notFound,
    },
    {
      of: 'a second refund with the same refund_key',
      source: 'docs.midtrans.com, refund pages, Refund ID Already Exists: no id',
      ask: withShop(async (shop) => {
        await refundOf(path, { ...key, amount: 1 })(shop)
        return post(shop, `/v2/order-1234/${path}`, key)
      }),
      http: 200,
      sample: { status_code: '406', status_message: 'Duplicate refund ID' },
    },
    {
      of: 'a refund of what is not settled',
      source: 'facts.md, A.7; text since June 2023 (deployment)',
      ask: withShop(async (shop) => {
        await charge(shop, 150_000)
        return post(shop, `/v2/order-1234/${path}`, key)
      }),
      http: 200,
      sample: cannotUpdate,
    },
    {
      of: 'a refund of more than was paid',
      source: 'docs.midtrans.com, refund pages, Invalid Amount: no id',
      ask: withShop(refundOf(path, { ...key, amount: 50_001 })),
      http: 200,
      sample: { status_code: '414', status_message: 'Refund request is rejected due to invalid amount' },
    },
  ]
  return samples.map((sample) => ({ endpoint: `POST /v2/{id}/${path}`, ...sample }))
}

const { refund_chargeback_uuid, ...direct } = {
  refund_chargeback_uuid: '<uuid>',
  refund_chargeback_id: 1,
  refund_amount: '5000.00',
  created_at: '<time>',
}

export const refundSamples: readonly Sample[] = [
  ...samplesOf('refund', 'Success, refund request is approved'),
  ...samplesOf('refund/online/direct', 'Success, refund request is approved by the bank'),
  ...(['partial_refund', 'refund'] as const).map(
    (status): Sample => ({
      endpoint: 'GET /v2/{id}/status',
      of: `the status of a payment that is ${status}`,
      source: 'facts.md, A.8: the sum and each refund; section 3 for the keys of a refund',
      ask: withShop(async (shop) => {
        await refundOf('refund', { refund_key: 'r1', amount: 5_000 })(shop)
        if (status === 'refund') await post(shop, '/v2/order-1234/refund/online/direct', { refund_key: 'r2' })
        return shop.raw('GET', '/v2/order-1234/status')
      }),
      http: 200,
      sample: {
        transaction_time: '<time>',
        gross_amount: '50000.00',
        currency: 'IDR',
        order_id: 'order-1234',
        payment_type: 'gopay',
        payment_option_type: 'GOPAY_WALLET',
        signature_key: '<signature>',
        status_code: '200',
        transaction_id: '<uuid>',
        transaction_status: status,
        fraud_status: 'accept',
        settlement_time: '<time>',
        expiry_time: '<time>',
        refunds: [
          { refund_method: 'offline', refund_key: 'r1', refund_chargeback_uuid, ...direct },
          ...(status === 'refund'
            ? [
                {
                  refund_method: 'online',
                  refund_key: 'r2',
                  refund_chargeback_uuid,
                  ...direct,
                  refund_chargeback_id: 2,
                  refund_amount: '45000.00',
                },
              ]
            : []),
        ],
        refund_amount: status === 'refund' ? '50000.00' : '5000.00',
        status_message: 'Success, transaction is found',
        merchant_id: '<merchant>',
      },
    }),
  ),
]
