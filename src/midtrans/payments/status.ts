import { Type } from 'typebox'
import { channelFields } from '../channel-fields.ts'
import { answerStep } from '../core-api/answer.ts'
import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { wireAmount } from '../money.ts'
import type { Quirks } from '../quirks.ts'
import { transactionSignature } from '../signature.ts'
import { wireTime } from '../wire-time.ts'
import type { World } from '../world.ts'
import { transactionOf } from './operations.ts'
import { fraudStatus, optionType, refundFields, settlementTime, statusCodes } from './wire.ts'

export const TransactionParams = Type.Object({
  id: Type.String({ description: 'order_id or transaction_id.', examples: ['order-1'] }),
})

const about: EndpointAbout = { chapter: 'payments', summary: 'Tells how a payment stands' }

/** GET /v2/{order_id or transaction_id}/status (facts.md, section 5). */
export function status(api: MerchantApi): void {
  api.get('/v2/:id/status', { schema: { params: TransactionParams }, config: { about } }, (request, reply) =>
    answerStep(request, reply, (world) => statusAnswer(world, request.params.id)),
  )
}

const found: Readonly<Record<Quirks['status_text'], string>> = {
  'is-found': 'Success, transaction is found',
  found: 'Success, transaction found',
}

/** Keys in the order of the newer engine (recordings.md, GET status). UNCERTAIN: the place of the optional ones. */
export function statusAnswer(world: World, id: string) {
  const transaction = transactionOf(world, id)
  const statusCode = statusCodes[transaction.status]
  const grossAmount = wireAmount(transaction.amount)
  const { customFields } = transaction
  const { merchantId, quirks } = world.settings
  return {
    ...channelFields(transaction.channelResponse),
    transaction_time: wireTime(transaction.createdAt),
    gross_amount: grossAmount,
    currency: 'IDR',
    order_id: transaction.orderId,
    payment_type: 'gopay',
    ...optionType(transaction, quirks),
    signature_key: transactionSignature(transaction.orderId, statusCode, grossAmount, world.serverKey),
    status_code: statusCode,
    transaction_id: transaction.id,
    transaction_status: transaction.status,
    fraud_status: fraudStatus(transaction),
    ...settlementTime(transaction),
    expiry_time: wireTime(transaction.expiresAt),
    ...refundFields(transaction),
    custom_field1: customFields?.field1,
    custom_field2: customFields?.field2,
    custom_field3: customFields?.field3,
    metadata: transaction.metadata,
    status_message: found[quirks.status_text],
    merchant_id: merchantId,
  }
}
