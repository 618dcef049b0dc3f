import { answerStepOnce } from '../core-api/answer.ts'
import { outcomeOf } from '../core-api/headers.ts'
import type { CoreApi } from '../core-api/request.ts'
import type { CoreAbout } from '../core-api/routes.ts'
import { GatewayError } from '../errors.ts'
import { cancel as cancelTransaction } from './operations.ts'
import { TransactionParams } from './status.ts'
import { cancelAnswer } from './wire.ts'

const about: CoreAbout = {
  chapter: 'payments',
  summary: 'Cancels a payment that is not settled',
  order: 'order-2',
  decides: 'cancel',
  takes: ['Idempotency-Key'],
}

/** POST /v2/{order_id or transaction_id}/cancel (facts.md, section 5). The body is ignored. */
export function cancel(api: CoreApi): void {
  api.post('/v2/:id/cancel', { schema: { params: TransactionParams }, config: { about } }, (request, reply) =>
    answerStepOnce(request, reply, (world) => {
      const outcome = outcomeOf(request.headers, 'cancel')
      const cancelled = cancelTransaction(world, { id: request.params.id, outcome })
      return cancelled instanceof GatewayError ? cancelled : cancelAnswer(cancelled)
    }),
  )
}
