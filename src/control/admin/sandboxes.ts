import { shortKey } from '../../midtrans/secrets.ts'
import type { ProcessApi } from './admin-api.ts'

/** GET /__admin/sandboxes: all that are open, by merchant_id; keys are shortened. */
export function listSandboxes(api: ProcessApi): void {
  api.get('/__admin/sandboxes', { summary: 'All sandboxes that are open' }, ({ all }) =>
    all.map(({ serverKey, settings, state }) => ({
      sandbox: settings.merchantId,
      server_key: shortKey(serverKey),
      accounts: state.accounts.size,
      transactions: state.transactions.size,
      notifications: state.notifications.size,
    })),
  )
}
