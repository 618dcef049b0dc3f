import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { answerStepOnce } from '../core-api/answer.ts'
import { localeOf, outcomeOf } from '../core-api/headers.ts'
import { requireGopay } from '../core-api/payment-type.ts'
import { type CoreApi, originOf } from '../core-api/request.ts'
import { soundParts, validationMessages } from '../core-api/validation.ts'
import { GatewayError, invalidAll } from '../errors.ts'
import type { World } from '../world.ts'
import { ChargeBody, gopayCharge, termsOf } from './charge-body.ts'
import { chargeGopay } from './methods/gopay.ts'
import { termFaults } from './methods/gopay-terms.ts'
import { notificationUrls } from './notification-urls.ts'
import { chargeActions, chargeAnswer } from './wire.ts'

/** POST /v2/charge: takes or reserves money with GoPay (facts.md, A.5 and section 3). */
export function charge(api: CoreApi): void {
  api.post('/v2/charge', { schema: { body: ChargeBody }, attachValidation: true }, (request, reply) =>
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
