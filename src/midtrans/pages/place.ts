import type { FastifyReply } from 'fastify'
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

export const showUnknown = (reply: FastifyReply) => reply.code(404).view('pages/ending.eta', endingView('unknown'))
