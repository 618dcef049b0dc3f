import { answer } from '../core-api/answer.ts'
import { localeOf, outcomeOf } from '../core-api/headers.ts'
import { type CoreApi, originOf, sandboxOf } from '../core-api/request.ts'
import { GatewayError } from '../errors.ts'
import { ChargeBody, gopayCharge } from './charge-body.ts'
import { chargeGopay } from './methods/gopay.ts'
import { notificationUrls } from './notification-urls.ts'
import { chargeAnswer, verificationActions } from './wire.ts'

/** POST /v2/charge: takes or reserves money from a linked account (facts.md, A.5 and section 3). */
export function charge(api: CoreApi): void {
  const refuseEmpty = (request: { body: unknown }, _reply: unknown, done: (error?: Error) => void) =>
    done(isEmpty(request.body) ? new GatewayError('unexpected-body') : undefined)

  api.post('/v2/charge', { schema: { body: ChargeBody }, preValidation: refuseEmpty }, (request, reply) => {
    const sandbox = sandboxOf(request)
    const { transaction, verification } = sandbox.perform(chargeGopay, {
      ...gopayCharge(request.body),
      notificationUrls: notificationUrls(request.headers),
      locale: localeOf(request.headers),
      outcome: outcomeOf(request.headers),
    })
    const actions = verification && verificationActions(verification, originOf(request))
    return answer(request, reply, chargeAnswer(transaction, sandbox.settings, actions))
  })
}

const isEmpty = (body: unknown) => !body || (typeof body === 'object' && Object.keys(body).length === 0)
