import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { cancel as cancelSubscription } from './operations.ts'
import { answerStep, SubscriptionParams } from './request.ts'
import { updatedAnswer } from './wire.ts'

const about: EndpointAbout = { chapter: 'subscriptions', summary: 'Ends the charges, retries as well' }

/** POST /v1/subscriptions/{subscription_id}/cancel (facts.md, section 8). The body is ignored. */
export function cancel(api: MerchantApi): void {
  const schema = { params: SubscriptionParams }
  api.post('/v1/subscriptions/:subscription_id/cancel', { schema, config: { about } }, (request, reply) =>
    answerStep(request, reply, (world) => {
      cancelSubscription(world, request.params.subscription_id)
      return updatedAnswer()
    }),
  )
}
