import { Type } from 'typebox'
import { answerStep } from '../core-api/answer.ts'
import { requireGopay } from '../core-api/payment-type.ts'
import { GatewayError } from '../errors.ts'
import { PhoneDigits, ReturnUrl } from '../merchant-api/fields.ts'
import { localeOf, outcomeOf } from '../merchant-api/headers.ts'
import { type MerchantApi, originOf } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { link } from './operations.ts'
import { accountAnswer, pendingLinkAnswer, refusedLinkAnswer } from './wire.ts'

const Body = Type.Object({
  payment_type: Type.String({ description: 'gopay; anything else is refused.' }),
  gopay_partner: Type.Object({
    phone_number: { ...PhoneDigits, description: 'Without country code and leading 0.' },
    country_code: Type.Optional({ ...PhoneDigits, description: 'Without plus: 62.' }),
    redirect_url: Type.Optional({ ...ReturnUrl, description: 'Where the payer is sent in the end.' }),
  }),
})

const about: EndpointAbout = {
  chapter: 'linking',
  summary: "Begins to link a payer's wallet: the answer has the links of the page on which the payer agrees",
  decides: 'link',
  takes: ['X-Payment-Locale'],
  examples: {
    'a wallet that pays': {
      payment_type: 'gopay',
      gopay_partner: {
        phone_number: '8215023424',
        country_code: '62',
        redirect_url: 'https://example.com/linked',
      },
    },
  },
}

/** POST /v2/pay/account: begins to link a payer's wallet (facts.md, A.2 and section 11). */
export function create(api: MerchantApi): void {
  api.post('/v2/pay/account', { schema: { body: Body }, config: { about } }, (request, reply) =>
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
