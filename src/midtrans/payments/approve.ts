import { answerStepOnce } from '../core-api/answer.ts'
import type { CoreApi } from '../core-api/request.ts'
import { decideChallenge } from './operations.ts'
import { TransactionParams } from './status.ts'

/** POST /v2/{order_id or transaction_id}/approve: of card payments that fraud detection challenged; GoPay has none. */
export function approve(api: CoreApi): void {
  api.post('/v2/:id/approve', { schema: { params: TransactionParams } }, (request, reply) =>
    answerStepOnce(request, reply, (world) => decideChallenge(world, request.params.id)),
  )
}
