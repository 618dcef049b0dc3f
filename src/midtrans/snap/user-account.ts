import { Type } from 'typebox'
import type { Account } from '../accounts/account.ts'
import { unbind } from '../accounts/operations.ts'
import { GatewayError, invalid } from '../errors.ts'
import { answerWith } from '../merchant-api/answer.ts'
import { outcomeOf } from '../merchant-api/headers.ts'
import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import type { World } from '../world.ts'
import { accountAnswer } from './wire.ts'

const Params = Type.Object({
  user_id: Type.String({ description: 'Your own name for the customer.', examples: ['customer-1'] }),
})

const about: EndpointAbout = { chapter: 'snap', summary: 'The GoPay account that is linked to a customer' }
const unlinkAbout: EndpointAbout = {
  chapter: 'snap',
  summary: 'Ends the link of a customer',
  decides: 'unbind',
}

/** GET and DELETE /snap/v3/users/{user_id}/gopay (facts.md, section 7; docs.midtrans.com, gopay-tokenization-1). */
export function userAccount(api: MerchantApi): void {
  const url = '/snap/v3/users/:user_id/gopay'
  api.get(url, { schema: { params: Params }, config: { about } }, (request, reply) =>
    answerWith(
      request,
      reply,
      (world) => accountAnswer(world, accountOfUser(world, request.params.user_id)),
      () => 200,
    ),
  )

  api.delete(url, { schema: { params: Params }, config: { about: unlinkAbout } }, (request, reply) =>
    answerWith(
      request,
      reply,
      (world) => {
        const { id } = accountOfUser(world, request.params.user_id)
        const unbinding = unbind(world, { accountId: id, outcome: outcomeOf(request.headers, 'unbind') })
        if (unbinding instanceof GatewayError) return unbinding
        // UNCERTAIN: what Snap says where GoPay refuses was not seen.
        if (unbinding.refused) return invalid(unbinding.refused.message)
        return accountAnswer(world, unbinding.account)
      },
      () => 200,
    ),
  )
}

/** One that is not finished is none yet (facts.md, section 7). */
function accountOfUser({ state }: World, userId: string): Account {
  const account = state.enabledAccountOfUser.latest(userId)
  if (!account) throw new GatewayError('account-not-found')
  return account
}
