import { machine } from '../../engine/machine.ts'
import type { ChannelResponse } from '../errors.ts'
import type { Rupiah } from '../money.ts'
import type { PaymentOptionName } from '../payers/payer.ts'
import { promotionUseKey } from '../payers/promotion.ts'

export type TransactionStatus =
  | 'pending'
  | 'authorize'
  | 'settlement'
  | 'partial_refund'
  | 'refund'
  | 'deny'
  | 'cancel'
  | 'expire'

/**
 * expire: somebody's decision. lapse: its time is over. Only the latter ends an authorization: the API's expire takes
 * pending transactions alone (facts.md, section 5). GoPay's capture settles at once (A.6). refund: of all that is left.
 */
export type TransactionEvent =
  | 'settle'
  | 'authorize'
  | 'deny'
  | 'capture'
  | 'cancel'
  | 'expire'
  | 'lapse'
  | 'refund_partly'
  | 'refund'

export const transactionMachine = machine<TransactionStatus, TransactionEvent>({
  pending: {
    settle: 'settlement',
    authorize: 'authorize',
    deny: 'deny',
    cancel: 'cancel',
    expire: 'expire',
    lapse: 'expire',
  },
  authorize: { capture: 'settlement', cancel: 'cancel', lapse: 'expire' },
  settlement: { refund_partly: 'partial_refund', refund: 'refund' },
  partial_refund: { refund_partly: 'partial_refund', refund: 'refund' },
  refund: {},
  deny: {},
  cancel: {},
  expire: {},
})

/** A payment with GoPay. */
export interface Transaction {
  readonly id: string
  readonly orderId: string
  readonly amount: Rupiah
  readonly status: TransactionStatus
  /** Absent: plain GoPay, which anybody can pay who scans its QR code. */
  readonly accountId?: string
  /** Who pays, and with what. Plain GoPay does not know before somebody has. */
  readonly phone?: string
  readonly option?: PaymentOptionName
  readonly preAuth: boolean
  /** What GoPay pays in the payer's place. */
  readonly promotion?: { readonly id: string; readonly amount: Rupiah }
  readonly createdAt: number
  readonly expiresAt: number
  readonly settledAt?: number
  /** What GoPay answered, where Midtrans hands that on. */
  readonly channelResponse?: ChannelResponse
  /** Present where GoPay's fraud detection rejected it. */
  readonly isFraud?: true
  /** In the order in which they were asked for, denied ones included. */
  readonly refunds?: readonly Refund[]
  readonly notificationUrls: NotificationUrls
  /** The token of the Snap page on which it was begun. */
  readonly snapToken?: string
  /** What the merchant gave to be echoed. */
  readonly customFields?: CustomFields
  readonly metadata?: unknown
  /** The subscription that it was a charge of. */
  readonly subscriptionId?: string
}

/** Money given back, or meant to be. */
export interface Refund {
  /** refund_key: the merchant's name for it, or one that Midtrans made up. */
  readonly key: string
  /** refund_chargeback_id and refund_chargeback_uuid. */
  readonly number: number
  readonly uuid: string
  readonly amount: Rupiah
  readonly reason?: string
  /** By /refund/online/direct. */
  readonly isDirect: boolean
  readonly createdAt: number
  readonly confirmedAt?: number
  /** GoPay said no: nothing was given back. The key may be tried again. */
  readonly isDenied?: true
}

/** Only those that the merchant gave. */
export interface CustomFields {
  readonly field1?: string
  readonly field2?: string
  readonly field3?: string
}

/** X-Override-Notification and X-Append-Notification of the charge; they hold for all its notifications. */
export interface NotificationUrls {
  readonly override: readonly string[]
  readonly append: readonly string[]
}

/** After these an order_id may be used again (facts.md, section 3). */
export const isOver = ({ status }: Transaction): boolean =>
  status === 'deny' || status === 'cancel' || status === 'expire'

/** Paid or reserved, whatever was given back since: its order_id is used up. */
export const isPaid = (transaction: Transaction): boolean => transaction.status !== 'pending' && !isOver(transaction)

/** Refunds that gave something back. */
export const doneRefunds = ({ refunds = [] }: Transaction): readonly Refund[] =>
  refunds.filter(({ isDenied }) => !isDenied)

export const refundedAmount = (transaction: Transaction): Rupiah =>
  doneRefunds(transaction).reduce((sum, { amount }) => sum + amount, 0)

/** What the payer pays; GoPay pays the rest. */
export const payableAmount = ({ amount, promotion }: Transaction): Rupiah => amount - (promotion?.amount ?? 0)

/** By whom a promotion was used, as a key; undefined where none was. A payment that came to nothing does not count. */
export const promotionUse = (transaction: Transaction): string | undefined =>
  transaction.promotion && transaction.phone !== undefined && !isOver(transaction)
    ? promotionUseKey(transaction.phone, transaction.promotion.id)
    : undefined
