import type { FastifyReply } from 'fastify'
import type { Verification } from '../verifications/verification.ts'
import type { SandboxDoor, SandboxFinder } from '../world.ts'
import { endingView } from './view.ts'

/** The verification that a page is about, and the sandbox it stands in. */
export interface Place {
  readonly sandbox: SandboxDoor
  readonly verification: Verification
}

/** Finds a verification in any sandbox, after all that was due there has happened. */
export function findPlace(
  sandboxes: SandboxFinder,
  find: (sandbox: SandboxDoor) => Verification | undefined,
): Place | undefined {
  const place = sandboxes.where(find)
  if (!place) return undefined
  const { sandbox, found } = place
  const verification = sandbox.perform((world) => world.state.verifications.get(found.id), undefined)
  return verification && { sandbox, verification }
}

export const showUnknown = (reply: FastifyReply) => reply.code(404).view('pages/ending.eta', endingView('unknown'))
