import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Entity } from '../../engine/store/collection.ts'
import type { SandboxDoor, SandboxFinder } from '../world.ts'
import { endingView } from './view.ts'

/** What a page is about, and the sandbox it stands in. */
export interface Place<T> {
  readonly sandbox: SandboxDoor
  readonly found: T
}

/** Finds something in any sandbox, as it is after all that was due there has happened. */
export function findPlace<T extends Entity>(
  sandboxes: SandboxFinder,
  find: (sandbox: SandboxDoor) => T | undefined,
): Place<T> | undefined {
  const sandbox = sandboxes.where(find)?.sandbox
  if (!sandbox) return undefined
  // A second look: what was due may have changed it.
  const found = sandbox.perform(() => find(sandbox), undefined)
  return found && { sandbox, found }
}

/** Forks share the ids of accounts and payments: `?sandbox=` with a merchant_id says whose page is wanted. */
export function isMeant({ state }: SandboxDoor, { query }: FastifyRequest): boolean {
  // Fastify's own: texts by name, or lists where a name comes twice.
  const { sandbox } = query as { sandbox?: unknown }
  return sandbox === undefined || sandbox === state.identity.get('identity')?.merchantId
}

export const showUnknown = (reply: FastifyReply) => reply.code(404).view('pages/ending.eta', endingView('unknown'))
