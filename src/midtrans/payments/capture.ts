import { Type } from 'typebox'
import { answerStepOnce } from '../core-api/answer.ts'
import { GatewayError } from '../errors.ts'
import { Amount, Text } from '../merchant-api/fields.ts'
import { outcomeOf } from '../merchant-api/headers.ts'
import { checkedBody, type MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { capture as captureTransaction } from './operations.ts'
import { captureAnswer } from './wire.ts'

const Body = Type.Object({
  transaction_id: Text,
  gross_amount: Type.Optional({ ...Amount, description: 'The whole amount: GoPay captures no part of it.' }),
})

const about: EndpointAbout = {
  chapter: 'payments',
  summary: 'Settles what a charge with pre_auth has reserved',
  decides: 'capture',
  takes: ['Idempotency-Key'],
  examples: { 'a reserved payment': { transaction_id: 'TRANSACTION_ID' } },
}

/** POST /v2/capture: settles a pre-authorization (facts.md, A.6). */
export function capture(api: MerchantApi): void {
  api.post('/v2/capture', { schema: { body: Body }, attachValidation: true, config: { about } }, (request, reply) =>
    answerStepOnce(request, reply, (world) => {
      const { transaction_id, gross_amount } = checkedBody(request)
      const captured = captureTransaction(world, {
        transactionId: transaction_id,
        amount: gross_amount === undefined ? undefined : Number(gross_amount),
        outcome: outcomeOf(request.headers, 'capture'),
      })
      return captured instanceof GatewayError ? captured : captureAnswer(captured, world.settings)
    }),
  )
}
