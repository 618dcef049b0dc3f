import { Type } from 'typebox'
import { answer } from '../core-api/answer.ts'
import { Amount, Text } from '../core-api/fields.ts'
import { type CoreApi, sandboxOf } from '../core-api/request.ts'
import { capture as captureTransaction } from './operations.ts'
import { captureAnswer } from './wire.ts'

const Body = Type.Object({
  transaction_id: Text,
  gross_amount: Type.Optional(Amount),
})

/** POST /v2/capture: settles a pre-authorization (facts.md, A.6). */
export function capture(api: CoreApi): void {
  api.post('/v2/capture', { schema: { body: Body } }, (request, reply) => {
    const sandbox = sandboxOf(request)
    const { transaction_id, gross_amount } = request.body
    const captured = sandbox.perform(captureTransaction, {
      transactionId: transaction_id,
      amount: gross_amount === undefined ? undefined : Number(gross_amount),
    })
    return answer(request, reply, captureAnswer(captured, sandbox.settings))
  })
}
