import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { disable as disableSubscription } from './operations.ts'
import { answerStep, SubscriptionParams } from './request.ts'
import { updatedAnswer } from './wire.ts'

const about: EndpointAbout = { chapter: 'subscriptions', summary: 'Ends the charges, but for retries under way' }

/** POST /v1/subscriptions/{subscription_id}/disable (facts.md, section 8). The body is ignored. */
export function disable(api: MerchantApi): void {
  const schema = { params: SubscriptionParams }
  api.post('/v1/subscriptions/:subscription_id/disable', { schema, config: { about } }, (request, reply) =>
    answerStep(request, reply, (world) => {
      disableSubscription(world, request.params.subscription_id)
      return updatedAnswer()
    }),
  )
}
