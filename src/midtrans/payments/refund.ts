import type { preValidationHookHandler } from 'fastify'
import { Type } from 'typebox'
import { answerStepOnce } from '../core-api/answer.ts'
import { GatewayError } from '../errors.ts'
import { Amount, Text } from '../merchant-api/fields.ts'
import { outcomeOf } from '../merchant-api/headers.ts'
import { checkedBody, type MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { refund as refundTransaction } from './refund-operations.ts'
import { TransactionParams } from './status.ts'
import { refundAnswer } from './wire.ts'

/** The Go client sends an empty refund_key. UNCERTAIN: how long a refund_key may be is not documented. */
const Body = Type.Object({
  refund_key: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9_-]*$',
      maxLength: 255,
      description: 'The same key again is the same refund; made up where it is missing.',
    }),
  ),
  amount: Type.Optional({ ...Amount, description: 'A part of the payment; missing: all that is left.' }),
  reason: Type.Optional(Text),
})

const aboutOf = (summary: string, refund_key: string): EndpointAbout => ({
  chapter: 'payments',
  summary,
  decides: 'refund',
  takes: ['Idempotency-Key'],
  examples: {
    'a part': { refund_key, amount: 5_000, reason: 'One item is sold out' },
    'all that is left': {},
  },
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
export function refund(api: MerchantApi): void {
  for (const [path, isDirect, about] of [
    ['/v2/:id/refund', false, aboutOf('Gives money back; the bank confirms it later', 'order-1-ref-1')],
    ['/v2/:id/refund/online/direct', true, aboutOf('Gives money back without waiting for the bank', 'order-1-ref-2')],
  ] as const) {
    const options = {
      schema: { params: TransactionParams, body: Body },
      attachValidation: true,
      preValidation: allowNoBody,
      config: { about },
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
