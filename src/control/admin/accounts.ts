import type { AdminApi } from './admin-api.ts'
import { shownAccount } from './shown.ts'

/** More than this in one answer helps nobody. */
const mostListed = 1_000

/** GET /__admin/accounts: each with the page on which its payer can end the link. */
export function accounts(api: AdminApi): void {
  api.get('/__admin/accounts', { summary: 'The latest 1,000 accounts, the last one first' }, ({ state }) =>
    [...state.accounts.values()].slice(-mostListed).reverse().map(shownAccount),
  )
}
