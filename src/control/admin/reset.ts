import type { AdminApi } from './admin-api.ts'

/** POST /__admin/reset: forgets accounts, transactions, wallets, notifications and the clock; settings and rules stay. */
export function reset(api: AdminApi): void {
  api.post('/__admin/reset', { summary: 'Forgets everything but settings and rules' }, (sandbox) => {
    sandbox.reset()
    return { sandbox: sandbox.settings.merchantId, reset: true }
  })
}
