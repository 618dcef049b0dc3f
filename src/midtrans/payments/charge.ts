import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { answerStepOnce } from '../core-api/answer.ts'
import { requireGopay } from '../core-api/payment-type.ts'
import { GatewayError, invalidAll } from '../errors.ts'
import { localeOf, outcomeOf } from '../merchant-api/headers.ts'
import { type MerchantApi, originOf } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { soundParts, validationMessages } from '../merchant-api/validation.ts'
import type { World } from '../world.ts'
import { ChargeBody, gopayCharge, termsOf } from './charge-body.ts'
import { chargeGopay } from './methods/gopay.ts'
import { termFaults } from './methods/gopay-terms.ts'
import { notificationUrls } from './notification-urls.ts'
import { chargeActions, chargeAnswer } from './wire.ts'

const linked = { account_id: 'ACCOUNT_ID', payment_option_token: 'TOKEN' }

const about: EndpointAbout = {
  chapter: 'payments',
  summary: 'Takes or reserves money with GoPay',
  decides: 'charge',
  takes: ['Idempotency-Key', 'X-Payment-Locale', 'X-Override-Notification', 'X-Append-Notification'],
  examples: {
    'from a linked wallet, paid at once': {
      payment_type: 'gopay',
      gopay: linked,
      transaction_details: { order_id: 'order-1', gross_amount: 50_000 },
    },
    'from a linked wallet, with a PIN page': {
      payment_type: 'gopay',
      gopay: { ...linked, callback_url: 'https://example.com/paid' },
      transaction_details: { order_id: 'order-2', gross_amount: 150_000 },
    },
    'plain GoPay, without a linked wallet': {
      payment_type: 'gopay',
      transaction_details: { order_id: 'order-4', gross_amount: 50_000 },
    },
    'reserved, to be captured later': {
      payment_type: 'gopay',
      gopay: { ...linked, pre_auth: true },
      transaction_details: { order_id: 'order-3', gross_amount: 80_000 },
    },
  },
}

const options = { schema: { body: ChargeBody }, attachValidation: true, config: { about } }

/** POST /v2/charge: takes or reserves money with GoPay (facts.md, A.5 and section 3). */
export function charge(api: MerchantApi): void {
  api.post('/v2/charge', options, (request, reply) =>
    answerStepOnce(request, reply, (world) => {
      refuseFaults(world, request)
      const charged = chargeGopay(world, {
        ...gopayCharge(request.body),
        notificationUrls: notificationUrls(request.headers, world.settings.quirks),
        locale: localeOf(request.headers),
        outcome: outcomeOf(request.headers, 'charge'),
      })
      if (charged instanceof GatewayError) return charged
      const { transaction, verification } = charged
      const actions = verification && chargeActions(transaction, verification, originOf(request, world.settings))
      return chargeAnswer(transaction, world.settings, actions)
    }),
  )
}

/** What is wrong with the form of a body is told together with what is wrong with the terms that can still be read. */
function refuseFaults(world: World, { body, validationError }: FastifyRequest): void {
  if (isEmpty(body)) throw new GatewayError('unexpected-body')
  const errors = validationError?.validation
  if (!errors) return
  // GoPay's rules say nothing about other payment types.
  const { payment_type } = body as { payment_type?: unknown }
  if (typeof payment_type === 'string') requireGopay(payment_type)
  const sound = soundParts<Static<typeof ChargeBody>>(body, errors)
  const faults = validationMessages(errors)
  // What is there, though wrong, is not missing.
  const isThere = (message: string) =>
    faults.some((fault) => `${fault.split(' ')[0]} is required` === message.toLowerCase())
  const terms = termFaults(world, termsOf(sound)).filter((message) => !isThere(message))
  throw invalidAll(new Set([...faults, ...terms]))
}

const isEmpty = (body: unknown) => !body || (typeof body === 'object' && Object.keys(body).length === 0)
