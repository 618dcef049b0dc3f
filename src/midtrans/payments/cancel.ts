import { answerStepOnce } from '../core-api/answer.ts'
import { GatewayError } from '../errors.ts'
import { outcomeOf } from '../merchant-api/headers.ts'
import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { cancel as cancelTransaction } from './operations.ts'
import { TransactionParams } from './status.ts'
import { cancelAnswer } from './wire.ts'

const about: EndpointAbout = {
  chapter: 'payments',
  summary: 'Cancels a payment that is not settled',
  order: 'order-2',
  decides: 'cancel',
  takes: ['Idempotency-Key'],
}

/** POST /v2/{order_id or transaction_id}/cancel (facts.md, section 5). The body is ignored. */
export function cancel(api: MerchantApi): void {
  api.post('/v2/:id/cancel', { schema: { params: TransactionParams }, config: { about } }, (request, reply) =>
    answerStepOnce(request, reply, (world) => {
      const outcome = outcomeOf(request.headers, 'cancel')
      const cancelled = cancelTransaction(world, { id: request.params.id, outcome })
      return cancelled instanceof GatewayError ? cancelled : cancelAnswer(cancelled)
    }),
  )
}
