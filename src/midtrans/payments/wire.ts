import { channelFields } from '../channel-fields.ts'
import { wireAmount } from '../money.ts'
import type { Settings } from '../settings.ts'
import { linkPath, type Verification } from '../verifications/verification.ts'
import { wireTime } from '../wire-time.ts'
import type { Transaction } from './transaction.ts'

/** Begins each answer about a transaction, in the recorded order (recordings.md, POST /v2/charge and cancel). */
const common = (transaction: Transaction, merchantId: string | undefined) => ({
  transaction_id: transaction.id,
  order_id: transaction.orderId,
  ...(merchantId !== undefined && { merchant_id: merchantId }),
  gross_amount: wireAmount(transaction.amount),
  currency: 'IDR',
  payment_type: 'gopay',
  transaction_time: wireTime(transaction.createdAt),
  transaction_status: transaction.status,
  fraud_status: 'accept',
})

export const settlementTime = ({ settledAt }: Transaction) =>
  settledAt === undefined ? undefined : { settlement_time: wireTime(settledAt) }

/** All that answers to a charge and to a capture tell. */
const full = (transaction: Transaction, merchantId: string, actions?: readonly Action[]) => ({
  ...common(transaction, merchantId),
  ...settlementTime(transaction),
  ...channelFields(transaction.channelResponse),
  ...(actions && { actions }),
  expiry_time: wireTime(transaction.expiresAt),
})

const charged = {
  settlement: ['200', 'Success, GoPay transaction is successful'],
  authorize: ['200', 'Success, GoPay transaction is successful'],
  pending: ['201', 'GoPay transaction is created. Action(s) required'],
  deny: ['202', 'GoPay transaction is denied'],
} as const

/** Answer to a charge (facts.md, A.5; recordings.md, POST /v2/charge). */
export function chargeAnswer(
  transaction: Transaction,
  { merchantId }: Settings,
  actions: readonly Action[] | undefined,
) {
  const [statusCode, message] = charged[transaction.status as keyof typeof charged]
  return {
    status_code: statusCode,
    status_message: message,
    ...full(transaction, merchantId, actions),
  }
}

/** Answer to a capture. UNCERTAIN: no answer for GoPay was seen; the text follows that of cards (reference page). */
export const captureAnswer = (transaction: Transaction, { merchantId }: Settings) => ({
  status_code: '200',
  status_message: 'Success, GoPay capture transaction is successful',
  ...full(transaction, merchantId),
})

/** Answer to a cancel, with the keys of the recording of 2019. */
export const cancelAnswer = (transaction: Transaction) => ({
  status_code: '200',
  status_message: 'Success, transaction is canceled',
  ...common(transaction, undefined),
})

/** Answer to an expire. UNCERTAIN: "is expired" is the newer text, "has expired" the documented one. */
export const expireAnswer = (transaction: Transaction, { merchantId }: Settings) => ({
  status_code: '407',
  status_message: 'Success, transaction is expired',
  ...common(transaction, merchantId),
})

interface Action {
  readonly name: string
  readonly method: string
  readonly url: string
}

/** The links that the payer opens. `origin` is that of the request, so they work from wherever the merchant is. */
export function verificationActions(verification: Verification, origin: string): readonly Action[] {
  return [
    { name: 'verification-link-url', method: 'GET', url: origin + linkPath(verification, 'web') },
    { name: 'verification-link-app', method: 'GET', url: origin + linkPath(verification, 'app') },
  ]
}
