import { Type } from 'typebox'
import { answer } from '../core-api/answer.ts'
import { PhoneDigits, ReturnUrl } from '../core-api/fields.ts'
import { localeOf, outcomeOf } from '../core-api/headers.ts'
import { requireGopay } from '../core-api/payment-type.ts'
import { type CoreApi, originOf, sandboxOf } from '../core-api/request.ts'
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
  api.post('/v2/pay/account', { schema: { body: Body } }, (request, reply) => {
    requireGopay(request.body.payment_type)
    const { phone_number, country_code, redirect_url } = request.body.gopay_partner
    const linking = sandboxOf(request).perform(link, {
      phone: String(phone_number),
      countryCode: country_code === undefined ? undefined : String(country_code),
      redirectUrl: redirect_url,
      locale: localeOf(request.headers),
      outcome: outcomeOf(request.headers),
    })
    if (linking.refused) return answer(request, reply, refusedLinkAnswer(linking.refused))
    const { account, verification } = linking
    const body = verification ? pendingLinkAnswer(account, verification, originOf(request)) : accountAnswer(account)
    return answer(request, reply, body)
  })
}
