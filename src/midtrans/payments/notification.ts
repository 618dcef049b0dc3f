import type { Draft } from '../../engine/outbox/outbox.ts'
import { channelFields } from '../channel-fields.ts'
import { wireAmount } from '../money.ts'
import { transactionSignature } from '../signature.ts'
import { wireTime } from '../wire-time.ts'
import type { World } from '../world.ts'
import type { Transaction, TransactionStatus } from './transaction.ts'
import { fraudStatus, optionType, refundFields, settlementTime } from './wire.ts'

/** Not those of GET status: cancel and expire carry 202 here (facts.md, section 3). */
const statusCodes: Readonly<Record<TransactionStatus, string>> = {
  pending: '201',
  authorize: '200',
  settlement: '200',
  partial_refund: '200',
  refund: '200',
  deny: '202',
  cancel: '202',
  expire: '202',
}

/** Notifications of these tell what was paid with (facts.md, section 3). */
const tellsOption: ReadonlySet<TransactionStatus> = new Set(['settlement', 'expire', 'partial_refund', 'refund'])

/** What Midtrans tells of a transaction; keys in reverse alphabetical order, as recorded. */
export function transactionNotification({ settings, serverKey }: World, transaction: Transaction): Draft {
  const statusCode = statusCodes[transaction.status]
  const grossAmount = wireAmount(transaction.amount)
  const { customFields } = transaction
  const channel = channelFields(transaction.channelResponse)
  return {
    event: `transaction.${transaction.status}`,
    subject: transaction.id,
    reference: transaction.orderId,
    ...(transaction.accountId !== undefined && { accountId: transaction.accountId }),
    body: JSON.stringify({
      transaction_time: wireTime(transaction.createdAt),
      transaction_status: transaction.status,
      transaction_id: transaction.id,
      status_message: 'midtrans payment notification',
      status_code: statusCode,
      signature_key: transactionSignature(transaction.orderId, statusCode, grossAmount, serverKey),
      ...settlementTime(transaction),
      ...refundFields(transaction),
      payment_type: 'gopay',
      ...(tellsOption.has(transaction.status) && optionType(transaction, settings.quirks)),
      order_id: transaction.orderId,
      metadata: transaction.metadata,
      merchant_id: settings.merchantId,
      gross_amount: grossAmount,
      fraud_status: fraudStatus(transaction),
      expiry_time: wireTime(transaction.expiresAt),
      custom_field3: customFields?.field3,
      custom_field2: customFields?.field2,
      custom_field1: customFields?.field1,
      currency: 'IDR',
      channel_response_message: channel?.channel_response_message,
      channel_response_code: channel?.channel_response_code,
    }),
    urls: urlsOf(transaction, settings.paymentNotificationUrl),
  }
}

/** Override goes before append, which adds to the sandbox's own URL (facts.md, section 4). */
function urlsOf({ notificationUrls: { override, append } }: Transaction, ownUrl: string): readonly string[] {
  if (override.length > 0) return override
  return ownUrl ? [ownUrl, ...append] : append
}
