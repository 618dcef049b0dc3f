import { Type } from 'typebox'
import { answer } from '../core-api/answer.ts'
import { localeOf } from '../core-api/headers.ts'
import { type CoreApi, originOf, sandboxOf } from '../core-api/request.ts'
import { phonePattern } from '../core-api/validation.ts'
import { link } from './operations.ts'
import { accountAnswer, pendingLinkAnswer } from './wire.ts'

/** Digits, as text or as a JSON number. */
const Digits = Type.Unsafe<string | number>({
  type: ['string', 'integer'],
  pattern: phonePattern,
  maxLength: 255,
  minimum: 1,
})

const Body = Type.Object({
  payment_type: Type.String(),
  gopay_partner: Type.Object({
    phone_number: Digits,
    country_code: Type.Optional(Digits),
    redirect_url: Type.Optional(Type.String({ maxLength: 2_000 })),
  }),
})

/** POST /v2/pay/account: begins to link a payer's wallet (facts.md, A.2 and section 11). */
export function create(api: CoreApi): void {
  api.post('/v2/pay/account', { schema: { body: Body } }, (request, reply) => {
    const { phone_number, country_code, redirect_url } = request.body.gopay_partner
    const { account, verification } = sandboxOf(request).perform(link, {
      phone: String(phone_number),
      countryCode: country_code === undefined ? undefined : String(country_code),
      redirectUrl: redirect_url,
      locale: localeOf(request.headers),
    })
    return answer(
      request,
      reply,
      verification ? pendingLinkAnswer(account, verification, originOf(request)) : accountAnswer(account),
    )
  })
}
