import type { AccountStatus } from '../../midtrans/accounts/account.ts'
import type { TransactionStatus } from '../../midtrans/payments/transaction.ts'
import type { SubscriptionStatus } from '../../midtrans/subscriptions/subscription.ts'
import {
  type Act,
  cancel,
  capture,
  charge,
  chargeSubscription,
  confirmRefund,
  denied,
  deny,
  endLink,
  expire,
  finishLink,
  link,
  pay,
  refund,
  refundPart,
  subscribe,
} from './acts.ts'
import type { ExtraName } from './body.ts'

/** Something that Midtrans tells a merchant of. */
export interface TriggerEvent {
  readonly summary: string
  readonly of: 'account' | 'payment' | 'subscription'
  /** What it takes besides what all take. */
  readonly takes?: readonly ExtraName[]
  /** The events of the notifications that tell of it. */
  readonly told: readonly string[]
  /** Present: those alone that have this field. */
  readonly toldWith?: string
  /** What comes next on the way to it, by how its account, payment or subscription stands; "none": there is none yet. */
  readonly ways: Ways
}

export type Ways = Readonly<Partial<Record<'none' | AccountStatus | TransactionStatus | SubscriptionStatus, Act>>>

/** From 100,000 on the payer is asked for the PIN, and up to it money can be reserved (facts.md, A.4). */
const waits = charge({ amount: 150_000 })
const settles = charge({ amount: 50_000 })
const reserves = charge({ amount: 50_000, gopay: { pre_auth: true } })

/** The way of whatever can happen to an account that is linked, or can be paid with. */
export const linked: Ways = { none: link, PENDING: finishLink }
const paid: Ways = { none: settles, pending: pay, authorize: capture }

/** What can be triggered (facts.md, sections 2, 3 and 8, A.7). */
export const triggers: Readonly<Record<string, TriggerEvent>> = {
  'account.enabled': {
    summary: 'The payer has linked the wallet',
    of: 'account',
    told: ['account.linked'],
    ways: linked,
  },
  'account.disabled': {
    summary: 'The link has ended: by the payer in the app, by the merchant, or by a new number',
    of: 'account',
    takes: ['by'],
    told: ['account.unlinked'],
    ways: { ...linked, ENABLED: endLink },
  },
  pending: {
    summary: 'A payment waits for the payer',
    of: 'payment',
    told: ['transaction.pending'],
    ways: { none: waits },
  },
  authorize: {
    summary: 'Money is reserved',
    of: 'payment',
    told: ['transaction.authorize'],
    ways: { none: reserves },
  },
  capture: {
    summary: 'What was reserved is taken',
    of: 'payment',
    told: ['transaction.settlement'],
    ways: { none: reserves, authorize: capture },
  },
  settlement: { summary: 'A payment is paid', of: 'payment', told: ['transaction.settlement'], ways: paid },
  deny: {
    summary: 'GoPay denies a payment',
    of: 'payment',
    takes: ['code'],
    told: ['transaction.deny'],
    ways: { none: denied, pending: deny },
  },
  cancel: {
    summary: 'The merchant cancels a payment, or what was reserved',
    of: 'payment',
    told: ['transaction.cancel'],
    ways: { none: waits, pending: cancel, authorize: cancel },
  },
  expire: {
    summary: 'The time of a payment is over, or that of what was reserved',
    of: 'payment',
    told: ['transaction.expire'],
    ways: { none: waits, pending: expire, authorize: expire },
  },
  refund: {
    summary: 'All that is left of a payment is given back',
    of: 'payment',
    told: ['transaction.refund'],
    ways: { ...paid, settlement: refund, partial_refund: refund },
  },
  partial_refund: {
    summary: 'A part of a payment is given back',
    of: 'payment',
    takes: ['refund_amount'],
    told: ['transaction.partial_refund'],
    ways: { ...paid, settlement: refundPart, partial_refund: refundPart },
  },
  refund_confirmed: {
    summary: "The payer's bank confirms a refund: the second notification of it",
    of: 'payment',
    told: ['transaction.refund', 'transaction.partial_refund'],
    toldWith: 'bank_confirmed_at',
    ways: { ...paid, settlement: refund, partial_refund: confirmRefund, refund: confirmRefund },
  },
  'subscription.created': {
    summary: 'A subscription is made',
    of: 'subscription',
    told: ['subscription.created'],
    ways: { none: subscribe },
  },
  'subscription.charge': {
    summary: 'A subscription has charged the wallet, before its time: its schedule goes on from now',
    of: 'subscription',
    takes: ['subscription_id'],
    told: ['subscription.charge'],
    ways: { none: subscribe, active: chargeSubscription },
  },
}
