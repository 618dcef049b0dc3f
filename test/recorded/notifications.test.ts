import { expect, test } from 'vitest'
import { openInbox, payer } from '../../src/testkit/index.ts'
import { emulatorOfFile, newShop, type Shop } from '../midtrans/merchant.ts'
import { masked } from './masked.ts'

const emulator = await emulatorOfFile()

/** facts.md, section 3, transaction notification: all keys, in the recorded order; undefined ones are not sent. */
const sample = (status: string, status_code: string, gross_amount: string, more: object = {}) =>
  JSON.stringify({
    transaction_time: '<time>',
    transaction_status: status,
    transaction_id: '<uuid>',
    status_message: 'midtrans payment notification',
    status_code,
    signature_key: '<signature>',
    settlement_time: undefined,
    payment_type: 'gopay',
    payment_option_type: undefined,
    order_id: 'order-1234',
    metadata: undefined,
    merchant_id: '<merchant>',
    gross_amount,
    fraud_status: 'accept',
    expiry_time: '<time>',
    custom_field3: undefined,
    custom_field2: undefined,
    custom_field1: undefined,
    currency: 'IDR',
    channel_response_message: undefined,
    channel_response_code: undefined,
    ...more,
  })

const settled = { settlement_time: '<time>', payment_option_type: 'GOPAY_WALLET' }
const expired = { payment_option_type: 'GOPAY_WALLET' }
const processed = { channel_response_code: '0', channel_response_message: 'Process service request successfully.' }
const insufficient = { channel_response_code: '201', channel_response_message: 'Insufficient Balance' }
const echoed = { metadata: { cart: 1 }, custom_field1: 'a', custom_field2: 'b', custom_field3: 'c' }
const preAuth = { gopay: { pre_auth: true } }

test.each([
  [
    'a payment confirmed by PIN (pending 201, settlement 200)',
    async (shop: Shop) => {
      const pending = await shop.charge('order-1234', 150_000)
      await payer.walk(pending.actions[0].url)
    },
    [sample('pending', '201', '150000.00'), sample('settlement', '200', '150000.00', settled)],
  ],
  [
    'a payment with all that a merchant can have echoed',
    (shop: Shop) => shop.charge('order-1234', 50_000, { more: echoed }),
    [sample('settlement', '200', '50000.00', { ...settled, ...echoed })],
  ],
  [
    'a denied payment (202, with channel fields)',
    (shop: Shop) => shop.charge('order-1234', 9_000_000, { gopay: { recurring: true } }),
    [sample('deny', '202', '9000000.00', insufficient)],
  ],
  [
    'a canceled reservation (cancel is 202 here)',
    async (shop: Shop) => {
      await shop.charge('order-1234', 100_000, preAuth)
      await shop.api.post('/v2/order-1234/cancel')
    },
    [sample('authorize', '200', '100000.00', processed), sample('cancel', '202', '100000.00')],
  ],
  [
    'a payment that nobody confirmed (expire is 202 here)',
    async (shop: Shop) => {
      await shop.charge('order-1234', 150_000)
      await shop.admin.advance('15m')
    },
    [sample('pending', '201', '150000.00'), sample('expire', '202', '150000.00', expired)],
  ],
])('%s is told as in facts.md, section 3', async (_what, happen, samples) => {
  await using inbox = await openInbox()
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { payment_notification_url: inbox.url })
  await happen(shop)
  await shop.admin.advance('0s')
  expect(inbox.received.map(({ text }) => masked(text))).toEqual(samples)
  for (const { headers } of inbox.received) {
    // facts.md, section 4, request.
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': 'Veritrans',
    })
  }
})

test('the end of a link is told as in facts.md, section 2', async () => {
  await using inbox = await openInbox()
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { pay_account_notification_url: inbox.url })
  await shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`)
  await shop.admin.advance('0s')
  expect(inbox.received.map(({ text }) => masked(text))).toEqual([
    JSON.stringify({
      account_id: '<uuid>',
      merchant_id: '<merchant>',
      payment_type: 'gopay',
      signature_key: '<signature>',
      status_code: '204',
      account_status: 'DISABLED',
      status_message: 'Midtrans account_unlinked notification',
    }),
  ])
})
