import { answerStep } from '../core-api/answer.ts'
import type { CoreApi } from '../core-api/request.ts'
import type { CoreAbout } from '../core-api/routes.ts'
import { GatewayError } from '../errors.ts'
import { TransactionParams } from './status.ts'

const about: CoreAbout = { chapter: 'payments', summary: 'Lists B2B payments; GoPay has none, so it finds none' }

/**
 * GET /v2/{order_id or transaction_id}/status/b2b: a list of B2B transactions. GoPay is none of them, and whatever is
 * none is not found (facts.md, section 5).
 */
export function b2b(api: CoreApi): void {
  api.get('/v2/:id/status/b2b', { schema: { params: TransactionParams }, config: { about } }, (request, reply) =>
    answerStep(request, reply, () => {
      throw new GatewayError('transaction-not-found')
    }),
  )
}
