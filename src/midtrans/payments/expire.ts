import { answerStepOnce } from '../core-api/answer.ts'
import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { expire as expireTransaction } from './operations.ts'
import { TransactionParams } from './status.ts'
import { expireAnswer } from './wire.ts'

const about: EndpointAbout = {
  chapter: 'payments',
  summary: 'Ends a payment that waits for the payer',
  order: 'order-4',
  takes: ['Idempotency-Key'],
}

/** POST /v2/{order_id or transaction_id}/expire (facts.md, section 5). The body is ignored. */
export function expire(api: MerchantApi): void {
  api.post('/v2/:id/expire', { schema: { params: TransactionParams }, config: { about } }, (request, reply) =>
    answerStepOnce(request, reply, (world) =>
      expireAnswer(expireTransaction(world, request.params.id), world.settings),
    ),
  )
}
