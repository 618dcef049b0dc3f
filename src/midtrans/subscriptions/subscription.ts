import { machine } from '../../engine/machine.ts'
import type { Rupiah } from '../money.ts'
import type { RetrySchedule, Rhythm } from './schedule.ts'

export type SubscriptionStatus = 'active' | 'inactive'

/** end: the last charge was made, or a charge failed for good. */
export type SubscriptionEvent = 'enable' | 'disable' | 'cancel' | 'end'

/** UNCERTAIN: what is asked for twice changes nothing; no refusal of it is documented, and the clients' tests repeat it. */
export const subscriptionMachine = machine<SubscriptionStatus, SubscriptionEvent>({
  active: { enable: 'active', disable: 'inactive', cancel: 'inactive', end: 'inactive' },
  // A retry that was still to come when it was disabled can end it.
  inactive: { enable: 'active', disable: 'inactive', cancel: 'inactive', end: 'inactive' },
})

/** What a merchant wants a linked account to be charged, again and again. */
export interface Subscription extends Rhythm {
  readonly id: string
  readonly name: string
  readonly amount: Rupiah
  readonly status: SubscriptionStatus
  readonly accountId: string
  /** The payment option token: it is not looked at before a charge. */
  readonly token: string
  /** How many charges there are to be; absent: there is no end. */
  readonly maxInterval?: number
  readonly retrySchedule: RetrySchedule
  readonly createdAt: number
  /** When the first charge was to be. */
  readonly startAt: number
  /** What the times of the schedule are counted from: the start, or the time that an update has named. */
  readonly countedFromAt: number
  /** The next time of the schedule; absent: none is left. */
  readonly nextAt?: number
  /** When the last charge went well. */
  readonly previousAt?: number
  /** How many charges went well. */
  readonly charges: number
  /** Present while a charge that failed is to be tried again: how often it was tried again so far. */
  readonly retries?: number
  /** What the merchant gave to be echoed. */
  readonly metadata?: unknown
  readonly customerDetails?: unknown
}

/** All charges were made. A max_interval of 0 is one charge (docs.midtrans.com, create-subscription-schedule-object). */
export const isUsedUp = ({ charges, maxInterval }: Subscription): boolean =>
  maxInterval !== undefined && charges >= Math.max(1, maxInterval)
