import { wildcard } from '../../engine/scenarios/rule.ts'
import { originOf } from '../../midtrans/merchant-api/request.ts'
import { pagePath } from '../../midtrans/snap/wire.ts'
import type { AdminApi } from './admin-api.ts'
import { latestOf } from './listing.ts'
import { shownSession } from './shown-sales.ts'

/**
 * GET /__admin/snap?order_id=&status=&user_id=: the latest 1,000 sessions of the Snap page, the last one first, each with its
 * page and what became of its payment. The header x-total-count says how many there are.
 */
export function snap(api: AdminApi): void {
  const list = {
    summary: 'The latest 1,000 sessions of the Snap page, the last one first, with their pages and payments',
    query: {
      order_id: 'Only these; `*` for any characters.',
      status: 'Only these, e.g. open.',
      user_id: 'Only those of this customer.',
    },
  }
  api.get('/__admin/snap', list, ({ state, settings }, { query, reply }) => {
    const { order_id = '*', status = '*', user_id = '*' } = query
    const origin = originOf(reply.request, settings)
    return latestOf(
      state.snapSessions.values(),
      reply,
      (each) =>
        wildcard(order_id, each.orderId) && wildcard(status, each.status) && wildcard(user_id, each.userId ?? ''),
    ).map((session) => ({ ...shownSession(state, session), redirect_url: origin + pagePath(session.id) }))
  })
}
