import type { Draft } from '../../engine/outbox/outbox.ts'
import { channelFields } from '../channel-fields.ts'
import { GatewayError } from '../errors.ts'
import type { Transaction } from '../payments/transaction.ts'
import { isoMicroseconds } from '../wire-time.ts'
import type { World } from '../world.ts'
import type { Subscription } from './subscription.ts'

/** What came of a charge: a payment, or a refusal that left none. */
export type Charge = Transaction | GatewayError

/** What is told once a subscription is made (docs.midtrans.com, http-notification). */
export const createdNotification = (world: World, subscription: Subscription): Draft =>
  notification(world, subscription, 'subscription.created', toldOf(world, subscription))

/** What is told when a charge went well, or has failed for good. */
export const chargeNotification = (world: World, subscription: Subscription, charge: Charge): Draft =>
  notification(world, subscription, 'subscription.charge', {
    transaction: charge instanceof GatewayError ? refusalFields(charge) : paymentFields(charge),
    subscription: toldOf(world, subscription),
    event_name: 'subscription.charge',
  })

/**
 * None of the samples is signed (facts.md, section 12). Midtrans's own history lists them as "SUBS-" and an order_id
 * (changelog, August 2023); here they stand under the id of the subscription, which has a lane of its own.
 */
function notification({ settings }: World, { id, accountId }: Subscription, event: string, body: object): Draft {
  const url = settings.recurringNotificationUrl
  return { event, subject: id, reference: id, accountId, body: JSON.stringify(body), urls: url ? [url] : [] }
}

/** Keys in the order of the samples; times, unlike those of answers, in UTC with microseconds. */
const toldOf = ({ settings }: World, subscription: Subscription) => ({
  token: subscription.token,
  status: subscription.status,
  schedule: {
    start_time: isoMicroseconds(subscription.startAt),
    next_execution_at: subscription.nextAt === undefined ? undefined : isoMicroseconds(subscription.nextAt),
    max_interval: subscription.maxInterval,
    interval_unit: subscription.unit,
    interval: subscription.interval,
    current_interval: subscription.charges,
  },
  payment_type: 'gopay',
  name: subscription.name,
  metadata: subscription.metadata,
  merchant_id: settings.merchantId,
  id: subscription.id,
  customer_details: subscription.customerDetails,
  currency: 'IDR',
  amount: String(subscription.amount),
  gopay: { account_id: subscription.accountId },
})

const paymentFields = ({ id, status, channelResponse }: Transaction) => {
  const channel = channelFields(channelResponse)
  return {
    transaction_status: status,
    transaction_id: id,
    status_code: status === 'settlement' ? '200' : '202',
    channel_response_message: channel?.channel_response_message,
    channel_response_code: channel?.channel_response_code,
  }
}

const refusals = {
  token: { status_code: '411', status_message: 'Token id is missing, invalid, or timed out' },
  merchant: { status_code: '402', status_message: "Merchant doesn't have access for this payment type" },
  failure: { status_code: '500', status_message: 'Internal Server Error' },
} as const

/** Errors of GoPay that are about the token, and about the merchant. */
const ofToken: ReadonlySet<string> = new Set(['153', '5009'])
const ofMerchant: ReadonlySet<string> = new Set(['110', '303', '1703', '2903'])

/** UNCERTAIN: the samples have no other codes of a failure than these three; which refusal gets which is inferred. */
function refusalFields({ code, details }: GatewayError) {
  const gopayCode = details.gopayCode ?? ''
  if (code === 'account-not-found' || ofToken.has(gopayCode) || details.statusCode === '411') return refusals.token
  if (code === 'no-access-to-payment-type' || ofMerchant.has(gopayCode)) return refusals.merchant
  return refusals.failure
}
