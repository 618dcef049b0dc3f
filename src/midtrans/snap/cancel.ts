import { Type } from 'typebox'
import { answerWith } from '../merchant-api/answer.ts'
import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { cancelSession } from './operations.ts'

const Params = Type.Object({
  token: Type.String({ description: 'From POST /snap/v1/transactions.', examples: ['SNAP_TOKEN'] }),
})

const about: EndpointAbout = { chapter: 'snap', summary: 'Ends a session before its time' }

/** POST /snap/v1/transactions/{token}/cancel (facts.md, section 7). The body is ignored. */
export function cancel(api: MerchantApi): void {
  api.post('/snap/v1/transactions/:token/cancel', { schema: { params: Params }, config: { about } }, (request, reply) =>
    answerWith(
      request,
      reply,
      (world) => {
        const { endedAt = world.now } = cancelSession(world, request.params.token)
        return { canceled_at: new Date(endedAt).toISOString() }
      },
      () => 200,
    ),
  )
}
