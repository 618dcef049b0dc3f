import { answerStepOnce } from '../core-api/answer.ts'
import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { decideChallenge } from './operations.ts'
import { TransactionParams } from './status.ts'

const about: EndpointAbout = {
  chapter: 'payments',
  summary: 'Refuses a card payment under review; GoPay has none, so it only refuses',
  takes: ['Idempotency-Key'],
}

/** POST /v2/{order_id or transaction_id}/deny: of card payments that fraud detection challenged; GoPay has none. */
export function deny(api: MerchantApi): void {
  api.post('/v2/:id/deny', { schema: { params: TransactionParams }, config: { about } }, (request, reply) =>
    answerStepOnce(request, reply, (world) => decideChallenge(world, request.params.id)),
  )
}
