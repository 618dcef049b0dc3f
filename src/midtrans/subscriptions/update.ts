import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { UpdateBody, updateIn } from './body.ts'
import { subscriptionOf, update as updateSubscription } from './operations.ts'
import { answerStep, SubscriptionParams, soundBody } from './request.ts'
import { updatedAnswer } from './wire.ts'

const about: EndpointAbout = {
  chapter: 'subscriptions',
  summary: 'Changes what is charged from now on, or makes an ended subscription go on',
  examples: {
    'another amount': {
      name: 'monthly-2026',
      amount: '60000',
      currency: 'IDR',
      token: 'TOKEN',
      schedule: { interval: 1 },
    },
  },
}

const options = {
  schema: { params: SubscriptionParams, body: UpdateBody },
  attachValidation: true,
  config: { about },
}

/** PATCH /v1/subscriptions/{subscription_id} (facts.md, section 8). UNCERTAIN: whether the id or the body is looked at first. */
export function update(api: MerchantApi): void {
  api.patch('/v1/subscriptions/:subscription_id', options, (request, reply) =>
    answerStep(request, reply, (world) => {
      const { id } = subscriptionOf(world, request.params.subscription_id)
      updateSubscription(world, id, updateIn(soundBody(request)))
      return updatedAnswer()
    }),
  )
}
