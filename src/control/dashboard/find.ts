import type { FastifyInstance } from 'fastify'
import type { Sandbox } from '../../sandbox.ts'
import type { Sandboxes } from '../../sandboxes.ts'
import { Problem } from '../admin/problem.ts'
import { subjectOf } from '../timeline/subject.ts'
import { baseOf, inPath } from './visit.ts'

/**
 * GET /dashboard/find/{order_id, transaction_id, account_id, subscription_id or token of Snap}: the page of it, in whichever
 * sandbox it is: what a log that knows no more can point at.
 */
export function find(app: FastifyInstance, sandboxes: Sandboxes): void {
  app.get('/dashboard/find/:id', async (request, reply) => {
    // Fastify's own: the parameter of the path.
    const { id } = request.params as { id: string }
    const places = sandboxes.all.flatMap((sandbox) => placeIn(sandbox, id) ?? [])
    const [place, another] = places
    if (place === undefined) {
      const hint = 'Orders are forgotten with a reset, and with a restart without --data.'
      throw new Problem(
        404,
        'Not found',
        `No sandbox knows an order, transaction, account, subscription or Snap session called ${id}.`,
        hint,
      )
    }
    if (another === undefined) return reply.redirect(place, 303)
    return reply.view('dashboard/several.eta', { id, places })
  })
}

function placeIn(sandbox: Sandbox, id: string): string | undefined {
  const { state } = sandbox
  if (state.accounts.get(id)) return `${baseOf(sandbox)}/accounts/${inPath(id)}`
  const transaction = state.transactions.get(id) ?? state.transactionOf.latest(id)
  if (transaction) return `${baseOf(sandbox)}/transactions/${transaction.id}`
  if (state.subscriptions.get(id)) return `${baseOf(sandbox)}/subscriptions/${inPath(id)}`
  const session = state.snapSessions.get(id) ?? state.sessionOfOrder.latest(id)
  if (session) return `${baseOf(sandbox)}/snap/${session.id}`
  // Refused before anything began: the journal alone knows of it.
  return subjectOf(sandbox, id) ? `${baseOf(sandbox)}/timeline/${inPath(id)}` : undefined
}
