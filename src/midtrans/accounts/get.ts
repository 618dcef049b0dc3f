import { Type } from 'typebox'
import { answer } from '../core-api/answer.ts'
import { type CoreApi, sandboxOf } from '../core-api/request.ts'
import { accountOf } from './operations.ts'
import { accountAnswer, paymentOptions } from './wire.ts'

export const AccountParams = Type.Object({ accountId: Type.String() })

/** GET /v2/pay/account/{account_id}: how the link stands, and what the payer can pay with (facts.md, section 1). */
export function get(api: CoreApi): void {
  api.get('/v2/pay/account/:accountId', { schema: { params: AccountParams } }, (request, reply) => {
    const sandbox = sandboxOf(request)
    const account = sandbox.perform(accountOf, request.params.accountId)
    return answer(request, reply, {
      ...accountAnswer(account),
      ...(account.status === 'ENABLED' && { metadata: { payment_options: paymentOptions(account, sandbox.state) } }),
    })
  })
}
