import { originOf } from '../../midtrans/merchant-api/request.ts'
import type { AdminApi } from './admin-api.ts'
import { linksOf, shownAccount } from './shown.ts'

/** More than this in one answer helps nobody. */
const mostListed = 1_000

/**
 * GET /__admin/accounts: each with the page on which its payer can end the link, those that nobody has finished with the
 * links of their page.
 */
export function accounts(api: AdminApi): void {
  api.get('/__admin/accounts', { summary: 'The latest 1,000 accounts, the last one first' }, (sandbox, { reply }) =>
    [...sandbox.state.accounts.values()]
      .slice(-mostListed)
      .reverse()
      .map((account) => ({
        ...shownAccount(sandbox.state, account),
        actions: linksOf(sandbox, account, originOf(reply.request, sandbox.settings)),
      })),
  )
}
