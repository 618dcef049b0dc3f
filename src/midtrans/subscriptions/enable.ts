import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { enable as enableSubscription } from './operations.ts'
import { answerStep, SubscriptionParams } from './request.ts'
import { updatedAnswer } from './wire.ts'

const about: EndpointAbout = { chapter: 'subscriptions', summary: 'Goes on with the next time of the schedule' }

/** POST /v1/subscriptions/{subscription_id}/enable (facts.md, section 8). The body is ignored. */
export function enable(api: MerchantApi): void {
  const schema = { params: SubscriptionParams }
  api.post('/v1/subscriptions/:subscription_id/enable', { schema, config: { about } }, (request, reply) =>
    answerStep(request, reply, (world) => {
      enableSubscription(world, request.params.subscription_id)
      return updatedAnswer()
    }),
  )
}
