import { Type } from 'typebox'
import { answerStep } from '../core-api/answer.ts'
import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { accountOf } from './operations.ts'
import { accountAnswer, paymentOptions } from './wire.ts'

export const AccountParams = Type.Object({
  account_id: Type.String({ description: 'As the link was answered.', examples: ['ACCOUNT_ID'] }),
})

const about: EndpointAbout = {
  chapter: 'linking',
  summary: 'Tells how a link stands and, once it is there, what the payer can pay with',
}

/** GET /v2/pay/account/{account_id}: how the link stands, and what the payer can pay with (facts.md, section 1). */
export function get(api: MerchantApi): void {
  api.get('/v2/pay/account/:account_id', { schema: { params: AccountParams }, config: { about } }, (request, reply) =>
    answerStep(request, reply, (world) => {
      const account = accountOf(world, request.params.account_id)
      return {
        ...accountAnswer(account),
        ...(account.status === 'ENABLED' && { metadata: { payment_options: paymentOptions(account, world) } }),
      }
    }),
  )
}
