import { answer } from '../core-api/answer.ts'
import { type CoreApi, sandboxOf } from '../core-api/request.ts'
import { cancel as cancelTransaction } from './operations.ts'
import { TransactionParams } from './status.ts'
import { cancelAnswer } from './wire.ts'

/** POST /v2/{order_id or transaction_id}/cancel (facts.md, section 5). The body is ignored. */
export function cancel(api: CoreApi): void {
  api.post('/v2/:id/cancel', { schema: { params: TransactionParams } }, (request, reply) =>
    answer(request, reply, cancelAnswer(sandboxOf(request).perform(cancelTransaction, request.params.id))),
  )
}
