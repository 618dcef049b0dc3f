import { channelFields } from '../channel-fields.ts'
import { answerStep } from '../core-api/answer.ts'
import { GatewayError } from '../errors.ts'
import { channelResponse } from '../gopay-codes.ts'
import { outcomeOf } from '../merchant-api/headers.ts'
import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { AccountParams } from './get.ts'
import { unbind as unbindAccount } from './operations.ts'
import { accountAnswer, refusedUnbindAnswer } from './wire.ts'

const about: EndpointAbout = { chapter: 'linking', summary: 'Ends a link', decides: 'unbind' }

/** POST /v2/pay/account/{account_id}/unbind: ends the link (facts.md, section 2). The body is ignored. */
export function unbind(api: MerchantApi): void {
  api.post(
    '/v2/pay/account/:account_id/unbind',
    { schema: { params: AccountParams }, config: { about } },
    (request, reply) =>
      answerStep(request, reply, (world) => {
        const unbinding = unbindAccount(world, {
          accountId: request.params.account_id,
          outcome: outcomeOf(request.headers, 'unbind'),
        })
        if (unbinding instanceof GatewayError) return unbinding
        const { account, refused } = unbinding
        if (refused) return refusedUnbindAnswer(account, refused)
        return { ...accountAnswer(account), ...channelFields(channelResponse('0')) }
      }),
  )
}
