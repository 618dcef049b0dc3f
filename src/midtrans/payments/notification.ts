import type { Draft } from '../../engine/outbox/outbox.ts'
import { channelFields } from '../channel-fields.ts'
import { wireAmount } from '../money.ts'
import { transactionSignature } from '../signature.ts'
import { wireTime } from '../wire-time.ts'
import type { World } from '../world.ts'
import type { Transaction, TransactionStatus } from './transaction.ts'
import { settlementTime } from './wire.ts'

/** Not those of GET status: cancel and expire carry 202 here (facts.md, section 3). */
const statusCodes: Readonly<Record<TransactionStatus, string>> = {
  pending: '201',
  authorize: '200',
  settlement: '200',
  deny: '202',
  cancel: '202',
  expire: '202',
}

/** What Midtrans tells of a transaction; keys in reverse alphabetical order, as recorded. */
export function transactionNotification({ settings, serverKey }: World, transaction: Transaction): Draft {
  const statusCode = statusCodes[transaction.status]
  const grossAmount = wireAmount(transaction.amount)
  const tellsOption = transaction.status === 'settlement' || transaction.status === 'expire'
  const { customFields } = transaction
  const channel = channelFields(transaction.channelResponse)
  return {
    event: `transaction.${transaction.status}`,
    subject: transaction.id,
    reference: transaction.orderId,
    body: JSON.stringify({
      transaction_time: wireTime(transaction.createdAt),
      transaction_status: transaction.status,
      transaction_id: transaction.id,
      status_message: 'midtrans payment notification',
      status_code: statusCode,
      signature_key: transactionSignature(transaction.orderId, statusCode, grossAmount, serverKey),
      ...settlementTime(transaction),
      payment_type: 'gopay',
      payment_option_type: tellsOption ? transaction.option : undefined,
      order_id: transaction.orderId,
      metadata: transaction.metadata,
      merchant_id: settings.merchantId,
      gross_amount: grossAmount,
      fraud_status: 'accept',
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
