import { answerLink } from '../accounts/operations.ts'
import { pinOf } from '../payers/operations.ts'
import { type Question, rightWalk, type Walk } from '../payers/walk.ts'
import { answerPayment, openInApp } from '../payments/operations.ts'
import { noteOpening, openWebSession, type PageAnswer } from '../verifications/operations.ts'
import { type Verification, verificationMachine } from '../verifications/verification.ts'
import { endWalk } from '../verifications/walk-operations.ts'
import type { World } from '../world.ts'

/** The next visit of a walk is due. */
export function walkOn(world: World, verificationId: string): void {
  const walk = world.state.walks.get(verificationId)
  const before = world.state.verifications.get(verificationId)
  if (!walk || !before) return
  const after = visitPage(world, before, walk)
  if (walk.unlinksAfterMs !== undefined && after.kind === 'link' && after.status === 'confirmed') {
    world.timers.start('payer-unlink', after.subject, world.now + walk.unlinksAfterMs)
  }
  const isUnderWay = world.state.walks.get(verificationId) !== undefined
  // Whoever gets no further gives up: at once again and again would be for ever.
  if (isUnderWay && !hasMoved(before, after)) endWalk(world, verificationId)
  else if (isUnderWay) world.timers.start('payer-walk', verificationId, world.now + walk.paceMs)
}

/** One visit, as on the pages: the payer opens the link where that is still to do, and answers the one question. */
export function visitPage(world: World, verification: Verification, walk: Walk): Verification {
  const page = openPage(world, verification)
  return act(world, page, doing(world, page, walk))
}

/** Visits up to the page that asks for this, to the end, or as far as GoPay lets this payer go. */
export function walkUntil(world: World, verification: Verification, walk: Walk, until?: Question): Verification {
  let page = reopen(world, verification)
  while (page.status !== until && !verificationMachine.isFinal(page.status)) {
    const next = visitPage(world, page, walk)
    if (!hasMoved(page, next)) return page
    page = next
  }
  return page
}

export const declinePage = (world: World, verification: Verification): Verification =>
  act(world, openPage(world, verification), { action: 'decline', did: 'declines' })

export const leavePage = (world: World, verification: Verification): Verification =>
  act(world, openPage(world, verification), { action: 'submit', did: 'leaves' })

export const hasMoved = (before: Verification, after: Verification): boolean =>
  before.status !== after.status || before.wrongTries !== after.wrongTries

/** The latest page about an account or a payment, where it waits for its payer; that of plain GoPay can be reopened. */
export function waitingPage({ state }: Pick<World, 'state'>, subject: string): Verification | undefined {
  const page = state.verificationOf.latest(subject)
  if (!page || !verificationMachine.isFinal(page.status)) return page
  const transaction = state.transactions.get(subject)
  return transaction?.status === 'pending' && transaction.accountId === undefined ? page : undefined
}

/** The page, or, where somebody has left that of plain GoPay, a new one about the same payment. */
export const reopen = (world: World, page: Verification): Verification =>
  verificationMachine.isFinal(page.status) ? openInApp(world, page) : page

function openPage(world: World, verification: Verification): Verification {
  const page = reopen(world, verification)
  const opened = page.flow === 'web' ? openWebSession(world, page) : undefined
  if (opened) noteOpening(world, page, 'web')
  return opened ?? page
}

/** What whoever makes no mistake types on a page. */
export const rightAnswer = (known: Known, page: Verification): PageAnswer => doing(known, page, rightWalk)

type Known = Pick<World, 'state' | 'payerBook'>
type Doing = PageAnswer & { readonly did: 'leaves' | 'declines' | 'answers' | 'answers wrong' }

function act(world: World, page: Verification, { did, ...answer }: Doing): Verification {
  const { id, kind, subject, status } = page
  world.happened('visit', id, { kind, subject, page: status, did })
  if (did !== 'leaves') return (kind === 'link' ? answerLink : answerPayment)(world, { id, answer }).verification
  endWalk(world, id)
  return page
}

function doing(world: Known, { status, phone, wrongTries }: Verification, walk: Walk): Doing {
  const action = 'submit'
  if (status === walk.leavesAt) return { action, did: 'leaves' }
  if (status === walk.declinesAt) return { action: 'decline', did: 'declines' }
  const { payerBook } = world
  const known = payerBook.find(phone) ?? payerBook.newPayer
  const typed = (tries: readonly string[], right: string): Pick<Doing, 'did'> & { text: string } => {
    const wanted = tries[wrongTries] ?? 'right'
    const text = wanted === 'right' ? right : wanted === 'wrong' ? anyBut(right) : wanted
    return { text, did: text === right ? 'answers' : 'answers wrong' }
  }
  switch (status) {
    case 'phone':
      return { action, did: 'answers', phone: `+${walk.phone ?? payerBook.passerBy}` }
    case 'name':
      return { action, did: 'answers', name: walk.name ?? known.name ?? 'Payer' }
    case 'otp': {
      const { text, did } = typed(walk.otp, payerBook.otp)
      return { action, did, otp: text }
    }
    case 'pin': {
      const { text, did } = typed(walk.pin, pinOf(world, phone) ?? '')
      return { action, did, pin: text }
    }
    case 'new_pin':
      return { action, did: 'answers', pin: known.pin ?? payerBook.pin }
    default:
      return { action, did: 'answers' }
  }
}

const anyBut = (right: string): string => (right === '000000' ? '111111' : '000000')
