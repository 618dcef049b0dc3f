import type { FastifyReply, FastifyRequest } from 'fastify'
import { keepBody, note } from '../merchant-api/request-log.ts'
import type { Verification } from '../verifications/verification.ts'
import type { SandboxDoor, SandboxFinder } from '../world.ts'
import { isPoll } from './address.ts'
import { contentSecurityPolicy } from './headers.ts'
import { isPanelForm } from './panel-operations.ts'
import { endingView } from './view.ts'

/** What a page can be about: an account, a verification, a session of Snap. */
interface Shown {
  readonly id: string
  readonly subject?: string
  readonly phone?: string
  /** Whether it stands in Snap's frame, which merchants show on their own pages. */
  readonly inSnap?: boolean
}

/** What a page is about, and the sandbox it stands in. */
export interface Place<T> {
  readonly sandbox: SandboxDoor
  readonly found: T
}

/**
 * Finds what a page is about in any sandbox, as it is after all that was due there has happened; notes the request, and
 * lets those frame the answer whom the sandbox allows it.
 */
export function findPlace<T extends Shown>(
  sandboxes: SandboxFinder,
  request: FastifyRequest,
  reply: FastifyReply,
  find: (sandbox: SandboxDoor) => T | undefined,
): Place<T> | undefined {
  const place = sandboxes.where(find)
  if (!place) return undefined
  const { sandbox } = place
  const framers = place.found.inSnap ? 'anybody' : sandbox.settings.frameAncestors
  reply.header('content-security-policy', contentSecurityPolicy(framers))
  if (!isPoll(request)) notePage(request, sandbox, place.found)
  // A second look: what was due may have changed it.
  const found = sandbox.perform(() => find(sandbox), undefined)
  return found && { sandbox, found }
}

export interface SessionPath {
  readonly via: string
  readonly id: string
}

/**
 * What the last two parts of a page's path stand for: `web` the session of whoever has opened a link, `app` the stand-in
 * for the app, `scan` the page that waits for the app.
 */
export const verificationAt =
  ({ via, id }: SessionPath) =>
  ({ state }: SandboxDoor): Verification | undefined => {
    if (via === 'web') return state.verificationOfSession.latest(id)
    return via === 'app' || via === 'scan' ? state.verifications.get(id) : undefined
  }

function notePage(request: FastifyRequest, sandbox: SandboxDoor, { id, subject = id, phone = '' }: Shown): void {
  note(request, sandbox, 'payer', { subject, ...(phone !== '' && { phone }) })
  if (isPanelForm(request.body)) keepBody(request, `panel=${/^[a-z]{0,20}/.exec(String(request.body.panel))?.[0]}`)
  // Of what was typed, names alone: a PIN is nobody's business.
  else keepBody(request, fields.filter((name) => Object.hasOwn(request.body ?? {}, name)).join('&'))
}

const fields = ['action', 'phone', 'name', 'otp', 'pin'] as const

/** Forks share the ids of accounts and payments, and the tokens of Snap: `?sandbox=` with a merchant_id says whose page is wanted. */
export function isMeant({ state }: SandboxDoor, { query }: FastifyRequest): boolean {
  const { sandbox } = query as { sandbox?: unknown }
  return sandbox === undefined || sandbox === state.identity.get('identity')?.merchantId
}

export const showUnknown = (reply: FastifyReply) =>
  reply.code(404).view('pages/ending.eta', endingView(reply.request, 'unknown'))
