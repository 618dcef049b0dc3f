import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Account } from '../accounts/account.ts'
import { keepBody, note } from '../core-api/request-log.ts'
import type { Verification } from '../verifications/verification.ts'
import type { SandboxDoor, SandboxFinder } from '../world.ts'
import { isPoll } from './poll.ts'
import { endingView } from './view.ts'

/** What a page is about, and the sandbox it stands in. */
export interface Place<T> {
  readonly sandbox: SandboxDoor
  readonly found: T
}

/** Finds what a page is about in any sandbox, as it is after all that was due there has happened; and notes the request. */
export function findPlace<T extends Account | Verification>(
  sandboxes: SandboxFinder,
  request: FastifyRequest,
  find: (sandbox: SandboxDoor) => T | undefined,
): Place<T> | undefined {
  const place = sandboxes.where(find)
  if (!place) return undefined
  const { sandbox } = place
  if (!isPoll(request)) notePage(request, sandbox, place.found)
  // A second look: what was due may have changed it.
  const found = sandbox.perform(() => find(sandbox), undefined)
  return found && { sandbox, found }
}

function notePage(request: FastifyRequest, sandbox: SandboxDoor, found: Account | Verification): void {
  const subject = 'subject' in found ? found.subject : found.id
  note(request, sandbox, 'payer', { subject, ...(found.phone !== '' && { phone: found.phone }) })
  // Of what was typed, names alone: a PIN is nobody's business.
  keepBody(request, fields.filter((name) => Object.hasOwn(request.body ?? {}, name)).join('&'))
}

const fields = ['action', 'phone', 'name', 'otp', 'pin'] as const

/** Forks share the ids of accounts and payments: `?sandbox=` with a merchant_id says whose page is wanted. */
export function isMeant({ state }: SandboxDoor, { query }: FastifyRequest): boolean {
  // Fastify's own: texts by name, or lists where a name comes twice.
  const { sandbox } = query as { sandbox?: unknown }
  return sandbox === undefined || sandbox === state.identity.get('identity')?.merchantId
}

export const showUnknown = (reply: FastifyReply) => reply.code(404).view('pages/ending.eta', endingView('unknown'))
