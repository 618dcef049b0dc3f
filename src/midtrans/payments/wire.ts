import { channelFields } from '../channel-fields.ts'
import type { CoreBody } from '../kept-answer.ts'
import { wireAmount } from '../money.ts'
import type { Quirks } from '../quirks.ts'
import type { Settings } from '../settings.ts'
import { linkPath, type Verification } from '../verifications/verification.ts'
import { wireTime } from '../wire-time.ts'
import { doneRefunds, type Refund, refundedAmount, type Transaction, type TransactionStatus } from './transaction.ts'

/** What GET status answers; expire is 407 there, and no error (facts.md, section 5). */
export const statusCodes: Readonly<Record<TransactionStatus, string>> = {
  pending: '201',
  authorize: '200',
  settlement: '200',
  partial_refund: '200',
  refund: '200',
  cancel: '200',
  deny: '202',
  expire: '407',
}

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
  fraud_status: fraudStatus(transaction),
})

export const fraudStatus = ({ isFraud }: Transaction): string => (isFraud ? 'deny' : 'accept')

export const settlementTime = ({ settledAt }: Transaction) =>
  settledAt === undefined ? undefined : { settlement_time: wireTime(settledAt) }

/** What was paid with, under the key that the sandbox's quirks want. */
export const optionType = ({ option }: Transaction, { option_type_key: key }: Quirks) => option && { [key]: option }

/** What was given back so far: the sum, and each refund, in the documented order (facts.md, section 3). */
export function refundFields(transaction: Transaction) {
  const refunds = doneRefunds(transaction)
  if (refunds.length === 0) return undefined
  return { refunds: refunds.map(wireRefund), refund_amount: wireAmount(refundedAmount(transaction)) }
}

const wireRefund = (refund: Refund) => ({
  refund_method: refund.isDirect ? 'online' : 'offline',
  refund_key: refund.key,
  refund_chargeback_uuid: refund.uuid,
  refund_chargeback_id: refund.number,
  refund_amount: wireAmount(refund.amount),
  ...(refund.reason !== undefined && { reason: refund.reason }),
  created_at: wireTime(refund.createdAt),
  ...(refund.confirmedAt !== undefined && { bank_confirmed_at: wireTime(refund.confirmedAt) }),
})

/** All that answers to a charge and to a capture tell. */
const full = (transaction: Transaction, merchantId: string, actions?: readonly Action[]) => ({
  ...common(transaction, merchantId),
  ...settlementTime(transaction),
  ...channelFields(transaction.channelResponse),
  ...(actions && { actions }),
  expiry_time: wireTime(transaction.expiresAt),
})

const success = 'Success, GoPay transaction is successful'

const plainCreated: Readonly<Record<Quirks['plain_gopay_text'], string>> = {
  gopay: 'GoPay transaction is created',
  'go-pay': 'GO-PAY transaction is created',
}

/** Code and message of a charge (facts.md, A.5 and section 3). */
function charged({ status, accountId, isFraud }: Transaction, quirks: Quirks): readonly [code: string, text: string] {
  switch (status) {
    case 'pending':
      if (accountId === undefined) return ['201', plainCreated[quirks.plain_gopay_text]]
      return ['201', 'GoPay transaction is created. Action(s) required']
    case 'deny':
      return ['202', `GoPay transaction is ${isFraud ? 'rejected by FDS' : 'denied'}`]
    default:
      return ['200', success]
  }
}

/** Answer to a charge (facts.md, A.5; recordings.md, POST /v2/charge). */
export function chargeAnswer(
  transaction: Transaction,
  { merchantId, quirks }: Settings,
  actions: readonly Action[] | undefined,
): CoreBody {
  const [status_code, status_message] = charged(transaction, quirks)
  return { status_code, status_message, ...full(transaction, merchantId, actions) }
}

/** Answer to a capture. UNCERTAIN: no answer for GoPay was seen; the text follows that of cards (reference page). */
export const captureAnswer = (transaction: Transaction, { merchantId }: Settings): CoreBody => ({
  status_code: '200',
  status_message: 'Success, GoPay capture transaction is successful',
  ...full(transaction, merchantId),
})

/** Answer to a cancel, with the keys of the recording of 2019. */
export const cancelAnswer = (transaction: Transaction): CoreBody => ({
  status_code: '200',
  status_message: 'Success, transaction is canceled',
  ...common(transaction, undefined),
})

const expired: Readonly<Record<Quirks['expire_text'], string>> = {
  'is-expired': 'Success, transaction is expired',
  'has-expired': 'Success, transaction has expired',
}

/** Answer to an expire. */
export const expireAnswer = (transaction: Transaction, { merchantId, quirks }: Settings): CoreBody => ({
  status_code: '407',
  status_message: expired[quirks.expire_text],
  ...common(transaction, merchantId),
})

/** Answer to a refund, with the keys of docs.midtrans.com, direct-refund-transaction; also of one that was denied. */
export function refundAnswer(transaction: Transaction, refund: Refund, { quirks }: Settings): CoreBody {
  const { fraud_status: _fraud, currency: _currency, ...rest } = common(transaction, undefined)
  return {
    status_code: refund.isDenied ? '202' : '200',
    status_message: refundText(refund, quirks),
    ...rest,
    refund_chargeback_id: refund.number,
    // UNCERTAIN: the page calls it cumulative, its samples and the recording of 2021 show one refund alone.
    refund_amount: wireAmount(refund.isDenied ? 0 : refund.amount),
    refund_key: refund.key,
  }
}

function refundText({ isDirect, isDenied }: Refund, { refund_text }: Quirks): string {
  // UNCERTAIN: seen for direct refunds alone.
  if (isDenied) return 'Refund denied by the bank'
  if (isDirect) return 'Success, refund request is approved by the bank'
  return `Success, refund ${refund_text === 'offline-request' ? 'offline request' : 'request'} is approved`
}

export interface Action {
  readonly name: string
  readonly method: string
  readonly url: string
}

/** What the payer opens. `origin` is that of the request, so it works from wherever the merchant is. */
export function chargeActions({ id, accountId }: Transaction, verification: Verification, origin: string): Action[] {
  if (accountId !== undefined) {
    return [
      { name: 'verification-link-url', method: 'GET', url: origin + linkPath(verification, 'web') },
      { name: 'verification-link-app', method: 'GET', url: origin + linkPath(verification, 'app') },
    ]
  }
  // Recorded in 2020 to 2024, the deeplink on a host of its own (simulator.sandbox.midtrans.com).
  const deeplink = `${origin}/gopay/partner/app/payment-pin?id=${verification.id}`
  return [
    { name: 'generate-qr-code', method: 'GET', url: `${origin}/v2/gopay/${id}/qr-code` },
    { name: 'deeplink-redirect', method: 'GET', url: deeplink },
    { name: 'get-status', method: 'GET', url: `${origin}/v2/${id}/status` },
    { name: 'cancel', method: 'POST', url: `${origin}/v2/${id}/cancel` },
  ]
}
