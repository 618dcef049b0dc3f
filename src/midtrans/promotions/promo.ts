import { Type } from 'typebox'
import { answerStep } from '../core-api/answer.ts'
import { GatewayError, gopayError } from '../errors.ts'
import { AmountText } from '../merchant-api/fields.ts'
import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { wireAmount } from '../money.ts'
import type { Offer } from '../payers/promotion.ts'
import { offersTo } from './operations.ts'

const Params = Type.Object({
  account_id: Type.String({ description: 'As the link was answered.', examples: ['ACCOUNT_ID'] }),
})
const Query = Type.Object({
  gross_amount: { ...AmountText, description: 'What is to be paid.', examples: ['50000'] },
  currency: Type.Optional(Type.String({ description: 'IDR, the default; there is no other.' })),
})

const about: EndpointAbout = { chapter: 'promotions', summary: 'Tells what GoPay offers the payer for a payment' }

/** GET /v2/gopay/promo/{account_id}?gross_amount=&currency=: what GoPay offers the payer (facts.md, A.9). */
export function promo(api: MerchantApi): void {
  api.get(
    '/v2/gopay/promo/:account_id',
    { schema: { params: Params, querystring: Query }, config: { about } },
    (request, reply) =>
      answerStep(request, reply, (world) => {
        const { gross_amount, currency = 'IDR' } = request.query
        if (currency !== 'IDR') throw gopayError('2701')
        const account = world.state.accounts.get(request.params.account_id)
        // UNCERTAIN: an account that is not enabled is taken for one that is not there.
        if (account?.status !== 'ENABLED') throw new GatewayError('promotion-account-not-found')
        const amount = Number(gross_amount)
        const offers = offersTo(world, account.phone, amount)
        return {
          account_id: account.id,
          status_code: '200',
          ...(offers[0] && { recommended_promotion_id: offers[0].id }),
          promotions: offers.map((offer) => wireOffer(offer, amount)),
        }
      }),
  )
}

/** UNCERTAIN: the form of amounts and days was not seen; they are texts here, as in all other answers. */
const wireOffer = (offer: Offer, amount: number) => ({
  id: offer.id,
  code: offer.code,
  type: 'CASHBACK',
  actual_payable_amount: wireAmount(amount - offer.amount),
  promotion_amount: wireAmount(offer.amount),
  minimum_applicable_amount: wireAmount(offer.minimumAmount),
  currency: 'IDR',
  description: offer.description,
  short_description: offer.shortDescription,
  title: offer.title,
  valid_from: offer.validFrom,
  valid_till: offer.validTill,
  tnc_url: offer.tncUrl,
  limit_per_user: offer.limitPerUser,
  source: 'GOPAY_PROMO',
  promotion_value: { money: { type: 'PERCENTAGE', value: offer.percentage } },
})
