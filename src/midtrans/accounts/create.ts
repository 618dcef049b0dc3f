import { Type } from 'typebox'
import { answerStep } from '../core-api/answer.ts'
import { PhoneDigits, ReturnUrl } from '../core-api/fields.ts'
import { localeOf, outcomeOf } from '../core-api/headers.ts'
import { requireGopay } from '../core-api/payment-type.ts'
import { type CoreApi, originOf } from '../core-api/request.ts'
import { GatewayError } from '../errors.ts'
import { link } from './operations.ts'
import { accountAnswer, pendingLinkAnswer, refusedLinkAnswer } from './wire.ts'

const Body = Type.Object({
  payment_type: Type.String(),
  gopay_partner: Type.Object({
    phone_number: PhoneDigits,
    country_code: Type.Optional(PhoneDigits),
    redirect_url: Type.Optional(ReturnUrl),
  }),
})

/** POST /v2/pay/account: begins to link a payer's wallet (facts.md, A.2 and section 11). */
export function create(api: CoreApi): void {
  api.post('/v2/pay/account', { schema: { body: Body } }, (request, reply) =>
    answerStep(request, reply, (world) => {
      requireGopay(request.body.payment_type)
      const { phone_number, country_code, redirect_url } = request.body.gopay_partner
      const linking = link(world, {
        phone: String(phone_number),
        countryCode: country_code === undefined ? undefined : String(country_code),
        redirectUrl: redirect_url,
        locale: localeOf(request.headers),
        outcome: outcomeOf(request.headers, 'link'),
      })
      if (linking instanceof GatewayError) return linking
      if (linking.refused) return refusedLinkAnswer(linking.refused)
      const { account, verification } = linking
      if (!verification) return accountAnswer(account)
      return pendingLinkAnswer(account, verification, originOf(request, world.settings), world.settings.quirks)
    }),
  )
}
