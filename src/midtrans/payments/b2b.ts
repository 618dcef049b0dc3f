import { answerStep } from '../core-api/answer.ts'
import { GatewayError } from '../errors.ts'
import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { TransactionParams } from './status.ts'

const about: EndpointAbout = { chapter: 'payments', summary: 'Lists B2B payments; GoPay has none, so it finds none' }

/**
 * GET /v2/{order_id or transaction_id}/status/b2b: a list of B2B transactions. GoPay is none of them, and whatever is
 * none is not found (facts.md, section 5).
 */
export function b2b(api: MerchantApi): void {
  api.get('/v2/:id/status/b2b', { schema: { params: TransactionParams }, config: { about } }, (request, reply) =>
    answerStep(request, reply, () => {
      throw new GatewayError('transaction-not-found')
    }),
  )
}
