import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { CreateBody, newSubscription } from './body.ts'
import { create as createSubscription } from './operations.ts'
import { answerStepOnce, soundBody } from './request.ts'
import { subscriptionAnswer } from './wire.ts'

const about: EndpointAbout = {
  chapter: 'subscriptions',
  summary: 'Charges a linked wallet again and again, without a PIN',
  takes: ['Idempotency-Key'],
  examples: {
    'each month, twelve times': {
      name: 'monthly-2026',
      amount: '50000',
      currency: 'IDR',
      payment_type: 'gopay',
      token: 'TOKEN',
      schedule: { interval: 1, interval_unit: 'month', max_interval: 12 },
      gopay: { account_id: 'ACCOUNT_ID' },
    },
  },
}

const options = { schema: { body: CreateBody }, attachValidation: true, config: { about } }

/** POST /v1/subscriptions (facts.md, section 8). A body is checked before its Idempotency-Key is (section 6). */
export function create(api: MerchantApi): void {
  api.post('/v1/subscriptions', options, (request, reply) => {
    const wanted = newSubscription(soundBody(request))
    return answerStepOnce(request, reply, (world) => subscriptionAnswer(world, createSubscription(world, wanted)))
  })
}
