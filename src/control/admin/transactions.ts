import type { FastifyRequest } from 'fastify'
import { wildcard } from '../../engine/scenarios/rule.ts'
import { originOf } from '../../midtrans/core-api/request.ts'
import type { Transaction } from '../../midtrans/payments/transaction.ts'
import { chargeActions } from '../../midtrans/payments/wire.ts'
import { verificationMachine } from '../../midtrans/verifications/verification.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { AdminApi } from './admin-api.ts'
import { wireRecord, withSandbox } from './wire.ts'

/** More than this in one answer helps nobody. */
const mostListed = 1_000

/**
 * GET /__admin/transactions?order_id=&status=: the latest 1,000 payments, the last one first; those that wait for the
 * payer with the links of their page. The header x-total-count says how many there are.
 */
export function transactions(api: AdminApi): void {
  const list = {
    summary: 'The latest 1,000 payments, the last one first, with the links of those that wait for the payer',
    query: { order_id: 'Only these; `*` for any characters.', status: 'Only these, e.g. pending.' },
  }
  api.get('/__admin/transactions', list, (sandbox, { query: { order_id = '*', status = '*' }, reply }) => {
    const meant = [...sandbox.state.transactions.values()].filter(
      (each) => wildcard(order_id, each.orderId) && wildcard(status, each.status),
    )
    reply.header('x-total-count', meant.length)
    return meant
      .slice(-mostListed)
      .reverse()
      .map((transaction) => wireTransaction(sandbox, transaction, reply.request))
  })
}

function wireTransaction(sandbox: Sandbox, transaction: Transaction, request: FastifyRequest) {
  const { id, refunds, notificationUrls: _urls, customFields: _fields, metadata: _metadata, ...rest } = transaction
  return {
    transaction_id: id,
    ...wireRecord(rest),
    refunds: refunds?.map((refund) => wireRecord({ ...refund })),
    actions: actionsOf(sandbox, transaction, request),
  }
}

function actionsOf({ state }: Sandbox, transaction: Transaction, request: FastifyRequest) {
  const verification = state.verificationOf.latest(transaction.id)
  if (transaction.status !== 'pending' || !verification || verificationMachine.isFinal(verification.status))
    return undefined
  return chargeActions(transaction, verification, originOf(request)).map((action) =>
    // Found by the payment's id, which a fork has as well.
    action.name === 'generate-qr-code' ? { ...action, url: withSandbox(action.url, state) } : action,
  )
}
