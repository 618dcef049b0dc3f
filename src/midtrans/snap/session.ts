import { machine } from '../../engine/machine.ts'
import type { Rupiah } from '../money.ts'
import type { CustomFields, NotificationUrls } from '../payments/transaction.ts'

export type SessionStatus = 'open' | 'canceled' | 'expired'

/** What was paid is no matter of the session's: its payment knows (facts.md, section 7). */
export const sessionMachine = machine<SessionStatus, 'cancel' | 'expire'>({
  open: { cancel: 'canceled', expire: 'expired' },
  canceled: {},
  expired: {},
})

/** An order that a customer may pay for on the Snap page. Its id is the token. */
export interface SnapSession {
  readonly id: string
  readonly status: SessionStatus
  readonly orderId: string
  readonly amount: Rupiah
  readonly items?: readonly SnapItem[]
  /** user_id: the merchant's own name for the customer, which a wallet can be linked to. */
  readonly userId?: string
  readonly gopay: SnapGopay
  /** Payment types that the merchant wants to offer; absent: all that it has. */
  readonly enabledPayments?: readonly string[]
  readonly callbacks: { readonly finish?: string; readonly error?: string }
  readonly notificationUrls: NotificationUrls
  readonly customFields?: CustomFields
  readonly metadata?: unknown
  readonly createdAt: number
  /** When the page cannot be used any more. */
  readonly expiresAt: number
  /** When a payment that was begun has to be paid; absent: as long as GoPay waits. */
  readonly paymentExpiresAt?: number
  readonly endedAt?: number
  /** The latest payment that the customer has begun. */
  readonly transactionId?: string
  /** The latest wallet that the customer has begun to link. */
  readonly accountId?: string
}

export interface SnapItem {
  readonly name: string
  readonly price: Rupiah
  readonly quantity: number
}

export interface SnapGopay {
  /** Offers to link a wallet. */
  readonly tokenization: boolean
  /** Offers nothing else: no QR code. */
  readonly enforced: boolean
  /** The only number that can be linked, in full. */
  readonly phone?: string
  /** Where plain GoPay sends the payer in the end. */
  readonly callbackUrl?: string
}

/** What a merchant set up for its Snap page that is no setting of the sandbox (docs.midtrans.com, snap-checkout-preference-api). */
export interface Preferences {
  readonly id: 'preferences'
  readonly otherVaProcessor?: string
  readonly allowRetry?: boolean
  readonly hideOrderId?: boolean
  readonly brand?: Brand
  readonly gopayEnabled?: boolean
}

export interface Brand {
  readonly typography?: string
  readonly header_color?: string
  readonly button_color?: string
  readonly input_border_radius?: number
  readonly button_border_radius?: number
  readonly hide_header?: boolean
}
