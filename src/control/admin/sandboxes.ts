import { Type } from 'typebox'
import { forked } from '../../fork.ts'
import { shortKey } from '../../midtrans/secrets.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { AdminApi, ProcessApi } from './admin-api.ts'
import { Problem } from './problem.ts'
import { snapshotOf } from './snapshots.ts'

const Fork = Type.Object(
  {
    server_key: Type.String({ minLength: 1, maxLength: 255, description: 'Of the new sandbox.' }),
    snapshot: Type.Optional(
      Type.String({ maxLength: 100, description: 'Goes on from it; missing: from what the sandbox is like now.' }),
    ),
  },
  { additionalProperties: false },
)

/**
 * GET /__admin/sandboxes: all that are open, by merchant_id; keys are shortened.
 * DELETE /__admin/sandboxes/{merchant_id}: forgets one; the next request with its key opens an empty one.
 */
export function listSandboxes(api: ProcessApi): void {
  api.get('/__admin/sandboxes', { summary: 'All sandboxes that are open' }, ({ all }) => all.map(shownSandbox))

  const deleting = {
    summary: 'Forgets a sandbox, named by its merchant_id, and what --data keeps of it',
    params: { sandbox: ['Its merchant_id.', 'MERCHANT_ID'] },
  } as const
  api.delete('/__admin/sandboxes/:sandbox', deleting, async (sandboxes, { params: { sandbox: id = '' } }) => {
    const [found, second] = sandboxes.ofMerchantId(id)
    const hint = 'GET /__admin/sandboxes lists them; PATCH /__admin/settings gives one another merchant_id.'
    if (!found) throw new Problem(404, 'No such sandbox', `Found merchant_id ${id}, which no open sandbox has`, hint)
    if (second) throw new Problem(409, 'Which sandbox?', `Several have the merchant_id ${id}`, hint)
    const deleted = shownSandbox(found)
    await sandboxes.delete(found)
    return deleted
  })
}

/**
 * POST /__admin/sandboxes/fork {"server_key", "snapshot"}: another sandbox, with this key, that is what this one is:
 * ids, orders, wallets, clock, rules, settings. Its messages are signed with its own key, it has a merchant_id of its
 * own, and its pages have links of their own: GET /__admin/transactions and /__admin/accounts tell them.
 */
export function fork(api: AdminApi): void {
  const forking = {
    summary: 'Opens another sandbox, with a key of its own, that goes on from what this one is like',
    body: Fork,
    example: { server_key: 'SB-Mid-server-fork' },
  }
  api.post('/__admin/sandboxes/fork', forking, (sandbox, { body: { server_key, snapshot: name }, sandboxes }) => {
    const snapshot = name === undefined ? sandbox.snapshot : snapshotOf(sandbox, name)
    if (sandboxes.isOpen(server_key)) {
      const hint = 'Choose another key, or DELETE /__admin/sandboxes/{merchant_id} first.'
      throw new Problem(409, 'The key is taken', `A sandbox with the key ${shortKey(server_key)} is open`, hint)
    }
    const objection = sandboxes.objectionTo([server_key])
    const opened = objection === undefined ? sandboxes.ofServerKey(server_key) : undefined
    if (!opened) throw keyProblem(objection)
    opened.fill(forked(snapshot, sandbox, opened))
    return shownSandbox(opened)
  })
}

export const keyProblem = (objection = 'The sandbox cannot be opened'): Problem =>
  new Problem(409, 'The key opens no sandbox', objection, 'The flags --keys and --server-keys say which keys do.')

export const shownSandbox = ({ serverKey, settings, state }: Sandbox) => ({
  sandbox: settings.merchantId,
  server_key: shortKey(serverKey),
  client_key: settings.clientKey,
  accounts: state.accounts.size,
  transactions: state.transactions.size,
  notifications: state.notifications.size,
})
