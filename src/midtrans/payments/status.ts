import { Type } from 'typebox'
import { channelFields } from '../channel-fields.ts'
import { answer } from '../core-api/answer.ts'
import { type CoreApi, sandboxOf } from '../core-api/request.ts'
import { wireAmount } from '../money.ts'
import { transactionSignature } from '../signature.ts'
import { wireTime } from '../wire-time.ts'
import type { World } from '../world.ts'
import { transactionOf } from './operations.ts'
import type { TransactionStatus } from './transaction.ts'
import { settlementTime } from './wire.ts'

export const TransactionParams = Type.Object({ id: Type.String() })

/** GET /v2/{order_id or transaction_id}/status (facts.md, section 5). */
export function status(api: CoreApi): void {
  api.get('/v2/:id/status', { schema: { params: TransactionParams } }, (request, reply) =>
    answer(request, reply, sandboxOf(request).perform(statusAnswer, request.params.id)),
  )
}

/** expire is 407 here, and no error (facts.md, section 5). */
const statusCodes: Readonly<Record<TransactionStatus, string>> = {
  pending: '201',
  authorize: '200',
  settlement: '200',
  cancel: '200',
  deny: '202',
  expire: '407',
}

/** Keys in the order of the newer engine (recordings.md, GET status). UNCERTAIN: the place of the optional ones. */
function statusAnswer(world: World, id: string) {
  const transaction = transactionOf(world, id)
  const statusCode = statusCodes[transaction.status]
  const grossAmount = wireAmount(transaction.amount)
  const { customFields } = transaction
  return {
    ...channelFields(transaction.channelResponse),
    transaction_time: wireTime(transaction.createdAt),
    gross_amount: grossAmount,
    currency: 'IDR',
    order_id: transaction.orderId,
    payment_type: 'gopay',
    payment_option_type: transaction.option,
    signature_key: transactionSignature(transaction.orderId, statusCode, grossAmount, world.serverKey),
    status_code: statusCode,
    transaction_id: transaction.id,
    transaction_status: transaction.status,
    fraud_status: 'accept',
    ...settlementTime(transaction),
    expiry_time: wireTime(transaction.expiresAt),
    custom_field1: customFields?.field1,
    custom_field2: customFields?.field2,
    custom_field3: customFields?.field3,
    metadata: transaction.metadata,
    status_message: 'Success, transaction is found',
    merchant_id: world.settings.merchantId,
  }
}
