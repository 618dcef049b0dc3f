import { answerStepOnce } from '../core-api/answer.ts'
import type { CoreApi } from '../core-api/request.ts'
import type { CoreAbout } from '../core-api/routes.ts'
import { decideChallenge } from './operations.ts'
import { TransactionParams } from './status.ts'

const about: CoreAbout = {
  chapter: 'payments',
  summary: 'Refuses a card payment under review; GoPay has none, so it only refuses',
  takes: ['Idempotency-Key'],
}

/** POST /v2/{order_id or transaction_id}/deny: of card payments that fraud detection challenged; GoPay has none. */
export function deny(api: CoreApi): void {
  api.post('/v2/:id/deny', { schema: { params: TransactionParams }, config: { about } }, (request, reply) =>
    answerStepOnce(request, reply, (world) => decideChallenge(world, request.params.id)),
  )
}
