import { channelFields } from '../channel-fields.ts'
import { answer } from '../core-api/answer.ts'
import { type CoreApi, sandboxOf } from '../core-api/request.ts'
import { channelResponse } from '../outcome.ts'
import { AccountParams } from './get.ts'
import { unbind as unbindAccount } from './operations.ts'
import { accountAnswer } from './wire.ts'

/** POST /v2/pay/account/{account_id}/unbind: ends the link (facts.md, section 2). The body is ignored. */
export function unbind(api: CoreApi): void {
  api.post('/v2/pay/account/:accountId/unbind', { schema: { params: AccountParams } }, (request, reply) => {
    const account = sandboxOf(request).perform(unbindAccount, request.params.accountId)
    return answer(request, reply, { ...accountAnswer(account), ...channelFields(channelResponse('0')) })
  })
}
