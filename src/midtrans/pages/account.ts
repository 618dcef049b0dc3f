import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Account } from '../accounts/account.ts'
import { changePhone, unlink } from '../accounts/operations.ts'
import type { SandboxDoor, SandboxFinder, World } from '../world.ts'
import { addressOf } from './address.ts'
import { findPlace, isMeant, showUnknown } from './place.ts'
import { accountView } from './view.ts'

type AccountRequest = FastifyRequest<{ Params: { id: string } }>

/**
 * GET and POST /gopay/accounts/{account_id}: the linked merchant as its payer sees it in the app, where the link can be
 * ended, or ends by itself with a change of the phone number (facts.md, section 2).
 */
export function accountPage(app: FastifyInstance, sandboxes: SandboxFinder): void {
  const accountIn = (request: AccountRequest, reply: FastifyReply) =>
    findPlace(sandboxes, request, reply, (sandbox) =>
      isMeant(sandbox, request) ? sandbox.state.accounts.get(request.params.id) : undefined,
    )

  app.get('/gopay/accounts/:id', async (request: AccountRequest, reply) => {
    const place = accountIn(request, reply)
    if (!place) return showUnknown(reply)
    const { sandbox, found } = place
    sandbox.perform((world) => visit(world, found, 'open'), undefined)
    return show(sandbox, found, reply)
  })

  app.post('/gopay/accounts/:id', async (request: AccountRequest, reply) => {
    const place = accountIn(request, reply)
    if (!place) return showUnknown(reply)
    const { sandbox, found } = place
    // Whoever presses a button of an old page has nothing left to end.
    if (found.status === 'ENABLED') {
      const { action } = (request.body ?? {}) as { action?: unknown }
      if (action === 'unlink' || action === 'change-phone') {
        sandbox.perform((world) => {
          visit(world, found, action)
          return action === 'unlink' ? unlink(world, found) : changePhone(world, found.phone)
        }, undefined)
      }
    }
    await sandbox.settled()
    return reply.redirect(addressOf(request), 303)
  })
}

const visit = (world: World, { id, phone, status }: Account, action: 'open' | 'unlink' | 'change-phone') =>
  world.happened('page', id, { kind: 'account', subject: id, phone, action, shown: status })

async function show(sandbox: SandboxDoor, account: Account, reply: FastifyReply) {
  await sandbox.settled()
  return reply.view('pages/account.eta', accountView(reply.request, sandbox, account))
}
