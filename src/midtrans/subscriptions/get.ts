import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { subscriptionOf } from './operations.ts'
import { answerStep, SubscriptionParams } from './request.ts'
import { subscriptionAnswer } from './wire.ts'

const about: EndpointAbout = { chapter: 'subscriptions', summary: 'Tells how a subscription stands' }

/** GET /v1/subscriptions/{subscription_id} (facts.md, section 8). */
export function get(api: MerchantApi): void {
  const schema = { params: SubscriptionParams }
  api.get('/v1/subscriptions/:subscription_id', { schema, config: { about } }, (request, reply) =>
    answerStep(request, reply, (world) =>
      subscriptionAnswer(world, subscriptionOf(world, request.params.subscription_id)),
    ),
  )
}
