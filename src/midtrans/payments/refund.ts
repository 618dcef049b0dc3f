import type { preValidationHookHandler } from 'fastify'
import { Type } from 'typebox'
import { answerStepOnce } from '../core-api/answer.ts'
import { Amount, Text } from '../core-api/fields.ts'
import { outcomeOf } from '../core-api/headers.ts'
import { type CoreApi, checkedBody } from '../core-api/request.ts'
import { GatewayError } from '../errors.ts'
import { refund as refundTransaction } from './refund-operations.ts'
import { TransactionParams } from './status.ts'
import { refundAnswer } from './wire.ts'

/** The Go client sends an empty refund_key. UNCERTAIN: how long a refund_key may be is not documented. */
const Body = Type.Object({
  refund_key: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength: 255 })),
  amount: Type.Optional(Amount),
  reason: Type.Optional(Text),
})

/** Everything is optional, and so is the body; some clients send the text `null`. */
const allowNoBody: preValidationHookHandler = (request, _reply, done) => {
  request.body ??= {}
  done()
}

/**
 * POST /v2/{order_id or transaction_id}/refund and /refund/online/direct: gives money back, the latter without waiting
 * for the bank (facts.md, A.7).
 */
export function refund(api: CoreApi): void {
  for (const [path, isDirect] of [
    ['/v2/:id/refund', false],
    ['/v2/:id/refund/online/direct', true],
  ] as const) {
    const options = {
      schema: { params: TransactionParams, body: Body },
      attachValidation: true,
      preValidation: allowNoBody,
    }
    api.post(path, options, (request, reply) =>
      answerStepOnce(request, reply, (world) => {
        const { refund_key, amount, reason } = checkedBody(request)
        const refunded = refundTransaction(world, {
          id: request.params.id,
          key: refund_key || undefined,
          amount: amount === undefined ? undefined : Number(amount),
          reason,
          isDirect,
          outcome: outcomeOf(request.headers, 'refund'),
        })
        if (refunded instanceof GatewayError) return refunded
        return refundAnswer(refunded.transaction, refunded.refund, world.settings)
      }),
    )
  }
}
