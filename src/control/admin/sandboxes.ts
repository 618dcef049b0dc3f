import type { FastifyInstance } from 'fastify'
import type { Sandboxes } from '../../sandboxes.ts'

/** GET /__admin/sandboxes: all that are open, by merchant_id; keys are shortened. */
export function listSandboxes(app: FastifyInstance, sandboxes: Sandboxes): void {
  app.get('/__admin/sandboxes', () =>
    sandboxes.all.map(({ serverKey, settings, state }) => ({
      sandbox: settings.merchantId,
      server_key: shortened(serverKey),
      accounts: state.accounts.size,
      transactions: state.transactions.size,
      notifications: state.notifications.size,
    })),
  )
}

/** Enough to tell keys apart, too little to use one. */
function shortened(key: string): string {
  const prefix = /^.*?-server-/.exec(key)?.[0] ?? ''
  return key.length - prefix.length > 8 ? `${prefix}...${key.slice(-4)}` : `${prefix}...`
}
