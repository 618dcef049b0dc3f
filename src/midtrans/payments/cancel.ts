import { answerStepOnce } from '../core-api/answer.ts'
import type { CoreApi } from '../core-api/request.ts'
import { cancel as cancelTransaction } from './operations.ts'
import { TransactionParams } from './status.ts'
import { cancelAnswer } from './wire.ts'

/** POST /v2/{order_id or transaction_id}/cancel (facts.md, section 5). The body is ignored. */
export function cancel(api: CoreApi): void {
  api.post('/v2/:id/cancel', { schema: { params: TransactionParams } }, (request, reply) =>
    answerStepOnce(request, reply, (world) => cancelAnswer(cancelTransaction(world, request.params.id))),
  )
}
