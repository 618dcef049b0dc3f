import { machine } from '../../engine/machine.ts'
import type { ChannelResponse } from '../errors.ts'
import type { Rupiah } from '../money.ts'
import type { PaymentOptionName } from '../payers/payer.ts'

export type TransactionStatus = 'pending' | 'authorize' | 'settlement' | 'deny' | 'cancel' | 'expire'

/**
 * expire: somebody's decision. lapse: its time is over. Only the latter ends an authorization: the API's expire takes
 * pending transactions alone (facts.md, section 5). GoPay's capture settles at once (A.6).
 */
export type TransactionEvent = 'settle' | 'authorize' | 'deny' | 'capture' | 'cancel' | 'expire' | 'lapse'

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
  settlement: {},
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
  readonly accountId: string
  readonly phone: string
  readonly option: PaymentOptionName
  readonly preAuth: boolean
  readonly createdAt: number
  readonly expiresAt: number
  readonly settledAt?: number
  /** What GoPay answered, where Midtrans hands that on. */
  readonly channelResponse?: ChannelResponse
  readonly notificationUrls: NotificationUrls
  /** What the merchant gave to be echoed. */
  readonly customFields?: CustomFields
  readonly metadata?: unknown
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
