import { wildcard } from '../../engine/scenarios/rule.ts'
import type { AdminApi } from './admin-api.ts'
import { latestOf } from './listing.ts'
import { shownSubscription } from './shown-sales.ts'

/**
 * GET /__admin/subscriptions?name=&status=&account_id=: the latest 1,000, the last one first, each with what it does next. The
 * header x-total-count says how many there are.
 */
export function subscriptions(api: AdminApi): void {
  const list = {
    summary: 'The latest 1,000 subscriptions, the last one first, with what each does next',
    query: {
      name: 'Only these; `*` for any characters.',
      status: 'Only these, e.g. active.',
      account_id: 'Only those of this account.',
    },
  }
  api.get('/__admin/subscriptions', list, ({ state }, { query, reply }) => {
    const { name = '*', status = '*', account_id = '*' } = query
    return latestOf(
      state.subscriptions.values(),
      reply,
      (each) => wildcard(name, each.name) && wildcard(status, each.status) && wildcard(account_id, each.accountId),
    ).map((subscription) => shownSubscription(state, subscription))
  })
}
