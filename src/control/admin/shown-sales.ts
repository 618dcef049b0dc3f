import { timerId } from '../../engine/time/timers.ts'
import { paymentOf } from '../../midtrans/snap/operations.ts'
import type { SnapSession } from '../../midtrans/snap/session.ts'
import type { State } from '../../midtrans/state.ts'
import type { Subscription } from '../../midtrans/subscriptions/subscription.ts'
import { isoTime, wireRecord } from './wire.ts'

/** The latest that it has charged; all are in the merchant's own answer. */
const mostCharges = 100

/** A subscription with its charges, the last one first, and what it does next. */
export function shownSubscription(state: State, { id, retrySchedule, ...subscription }: Subscription) {
  const retryAt = state.timers.get(timerId('subscription-retry', id))?.dueAt
  const charges = state.transactionsOfSubscription.all(id)
  return {
    subscription_id: id,
    ...wireRecord({ ...subscription }),
    retry_schedule: wireRecord({ ...retrySchedule }),
    ...(retryAt !== undefined && { retry_at: isoTime(retryAt) }),
    transaction_ids: charges
      .slice(-mostCharges)
      .reverse()
      .map((charge) => charge.id),
  }
}

/** A session of the Snap page, with what became of the payment that was begun of it. */
export function shownSession(state: State, session: SnapSession) {
  const { id, gopay, notificationUrls: _urls, customFields: _fields, metadata: _metadata, ...terms } = session
  return {
    token: id,
    ...wireRecord({ ...terms }),
    gopay: wireRecord({ ...gopay }),
    transaction_status: paymentOf(state, session)?.status,
  }
}
