import type { AdminApi } from './admin-api.ts'

/** GET /__admin/ledger: where all money of the sandbox is. The balances always sum to zero. */
export function ledger(api: AdminApi): void {
  api.get('/__admin/ledger', { summary: 'Where all money of the sandbox is' }, ({ state }) => {
    const balances = Object.fromEntries(state.ledger.balances())
    return { sum: Object.values(balances).reduce((sum, balance) => sum + balance, 0), balances }
  })
}
