import { isoMicroseconds, wireTime } from '../wire-time.ts'
import type { World } from '../world.ts'
import type { Subscription } from './subscription.ts'

/** A subscription, in the recorded order (recordings.md, Subscriptions). What the merchant did not give is absent. */
export function subscriptionAnswer({ state, settings }: World, subscription: Subscription) {
  const timeOf = settings.quirks.subscription_times === 'recorded' ? wireTime : isoMicroseconds
  const timeOrNull = (at: number | undefined) => (at === undefined ? null : timeOf(at))
  return {
    id: subscription.id,
    name: subscription.name,
    amount: String(subscription.amount),
    currency: 'IDR',
    created_at: timeOf(subscription.createdAt),
    schedule: {
      interval: subscription.interval,
      current_interval: subscription.charges,
      max_interval: subscription.maxInterval,
      interval_unit: subscription.unit,
      start_time: timeOf(subscription.startAt),
      // null until there is one (docs.midtrans.com, subscription-schedule-object).
      previous_execution_at: timeOrNull(subscription.previousAt),
      // UNCERTAIN: what stands here when no charge is left.
      next_execution_at: timeOrNull(subscription.nextAt),
    },
    status: subscription.status,
    token: subscription.token,
    payment_type: 'gopay',
    transaction_ids: state.transactionsOfSubscription.all(subscription.id).map(({ id }) => id),
    metadata: subscription.metadata,
    customer_details: subscription.customerDetails,
    gopay: { account_id: subscription.accountId },
    retry_schedule: {
      interval: subscription.retrySchedule.interval,
      interval_unit: subscription.retrySchedule.unit,
      max_interval: subscription.retrySchedule.maxInterval,
    },
  }
}

/** Answer to whatever changes a subscription. */
export const updatedAnswer = () => ({ status_message: 'Subscription is updated.' })
