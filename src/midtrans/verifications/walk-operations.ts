import { readWalk, type Walk, type WrittenWalk } from '../payers/walk.ts'
import type { World } from '../world.ts'
import type { Verification } from './verification.ts'

/** Lets the payer walk the pages without a browser: each visit is a timer. A walk that was under way ends. */
export function beginWalk(world: World, { id }: Verification, walk: Walk, afterMs = 0): void {
  world.state.walks.put({ ...walk, id })
  world.timers.start('payer-walk', id, world.now + afterMs + walk.waitsMs)
}

export function endWalk(world: World, verificationId: string): void {
  world.timers.stop('payer-walk', verificationId)
  world.state.walks.remove(verificationId)
}

/** Where payers are headless, theirs begins as soon as there is something to walk. */
export function walkByItself(world: World, verification: Verification): void {
  if (world.settings.payers === 'headless') beginWalk(world, verification, readWalk(ownWalk(world, verification)))
}

/** How the payer behaves on these pages; whoever comes by where it is anybody's. */
export function ownWalk({ payerBook }: World, { phone, kind }: Verification, who = payerBook.passerBy): WrittenWalk {
  return walkFor(kind, (payerBook.find(phone || who) ?? payerBook.newPayer).walk)
}

/** A walk, as far as it is one on such pages. */
export const walkFor = (kind: Verification['kind'], walk: WrittenWalk = {}): WrittenWalk =>
  (walk.only ?? kind) === kind ? walk : {}
