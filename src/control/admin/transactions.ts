import { wildcard } from '../../engine/scenarios/rule.ts'
import { originOf } from '../../midtrans/merchant-api/request.ts'
import type { AdminApi } from './admin-api.ts'
import { latestOf } from './listing.ts'
import { linksOf, shownTransaction } from './shown.ts'

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
    return latestOf(
      sandbox.state.transactions.values(),
      reply,
      (each) => wildcard(order_id, each.orderId) && wildcard(status, each.status),
    ).map((transaction) => ({
      ...shownTransaction(transaction),
      actions: linksOf(sandbox, transaction, originOf(reply.request, sandbox.settings)),
    }))
  })
}
