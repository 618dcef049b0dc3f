import { newId, newUuid } from '../../engine/ids.ts'
import { pinOf } from '../payers/operations.ts'
import { dialedPhone } from '../payers/phone.ts'
import { transition, type World } from '../world.ts'
import {
  triesAllowed,
  type Verification,
  type VerificationStatus,
  verificationLifeMs,
  verificationMachine,
} from './verification.ts'
import { endWalk } from './walk-operations.ts'

/** What the payer did on the page. Fields that the present question does not ask for are ignored. */
export interface PageAnswer {
  readonly action: 'submit' | 'decline'
  readonly phone?: string
  readonly name?: string
  readonly otp?: string
  readonly pin?: string
}

/** What the page says above its form when the answer was not accepted. */
export type Complaint = 'wrong-otp' | 'wrong-pin' | 'name-missing' | 'pin-format' | 'unknown-phone'

/** An answer on the page of a verification. */
export interface PageVisit {
  readonly id: string
  readonly answer: PageAnswer
}

export interface AnswerResult {
  readonly verification: Verification
  /** This answer was the last right one. */
  readonly hasConfirmed?: true
  readonly complaint?: Complaint
  /** Given by somebody new to GoPay who has just finished. */
  readonly signUp?: { readonly name: string; readonly pin: string }
}

/** Flow and end, where they are not the usual ones. */
type Opening = Pick<Verification, 'kind' | 'subject' | 'phone' | 'locale' | 'returnUrl'> &
  Partial<Pick<Verification, 'flow' | 'expiresAt'>> & { readonly inSnap?: boolean }

export function openVerification(world: World, opening: Opening): Verification {
  const { kind, subject, phone, locale, returnUrl } = opening
  const expiresAt = opening.expiresAt ?? world.now + verificationLifeMs
  const flow = opening.flow ?? world.settings.flow
  const verification = world.state.verifications.put({
    id: newUuid(),
    kind,
    subject,
    phone,
    status: firstQuestion(world, opening),
    flow,
    locale,
    returnUrl,
    expiresAt,
    wrongTries: 0,
    ...(opening.inSnap && { inSnap: true }),
  })
  world.timers.start('verification-expiry', verification.id, expiresAt)
  return verification
}

function firstQuestion(world: World, { kind, phone }: Opening): VerificationStatus {
  if (phone === '') return 'phone'
  if (kind === 'payment') return 'pin'
  return pinOf(world, phone) === undefined ? 'name' : 'consent'
}

/** Opens a web link, which works once. Undefined: it was opened before. */
export function openWebSession(world: World, verification: Verification): Verification | undefined {
  if (verification.sessionId) return undefined
  return world.state.verifications.put({ ...verification, sessionId: newId() })
}

/** Notes that the payer opens the link of a verification, and what is shown. */
export function noteOpening(world: World, verification: Verification, via: 'web' | 'app'): Verification {
  const { id, kind, subject, phone, status, flow, sessionId } = verification
  const isUsed = via === 'web' && flow === 'web' && sessionId !== undefined && !verificationMachine.isFinal(status)
  world.happened('page', id, { kind, subject, phone, action: 'open', via, shown: isUsed ? 'used' : status })
  return verification
}

/** Takes the payer's answer to the present question. Answers that come after the end change nothing. */
export function takeAnswer(world: World, { id, answer }: PageVisit): AnswerResult {
  const verification = world.state.verifications.get(id)
  if (!verification) throw new Error(`there is no verification ${id}`)
  if (verificationMachine.isFinal(verification.status)) return { verification }
  const result = judge(world, verification, answer)
  const { kind, subject, status: question } = verification
  const { phone, status: shown } = result.verification
  const judgement = judgementOf(verification, answer, result)
  if (judgement) world.happened('page', id, { kind, subject, phone, action: 'answer', question, judgement, shown })
  return result
}

/** Undefined: it was an answer to another question. What was typed is nobody's business. */
function judgementOf(before: Verification, { action }: PageAnswer, { verification, complaint }: AnswerResult) {
  if (action === 'decline') return 'declined'
  if (complaint !== undefined || verification.status === 'failed') return 'wrong'
  return verification.status === before.status ? undefined : 'right'
}

function judge(world: World, verification: Verification, answer: PageAnswer): AnswerResult {
  if (answer.action === 'decline') return { verification: end(world, verification, 'decline') }
  switch (verification.status) {
    case 'phone':
      return takePhone(world, verification, answer.phone)
    case 'consent':
      return { verification: move(world, verification, 'ask_otp') }
    case 'name':
      return takeName(world, verification, answer.name)
    case 'otp':
      return takeOtp(world, verification, answer.otp)
    case 'pin':
      // An old tab, or a second click on the page before: it answers another question.
      if (answer.pin === undefined) return { verification }
      return answer.pin === pinOf(world, verification.phone)
        ? { verification: end(world, verification, 'confirm'), hasConfirmed: true }
        : wrong(world, verification, 'wrong-pin')
    case 'new_pin':
      return takeNewPin(world, verification, answer.pin)
    default:
      return { verification }
  }
}

export function expireVerification(world: World, id: string): void {
  const verification = world.state.verifications.get(id)
  if (verification) end(world, verification, 'expire')
}

/** What a verification was for has ended without it, or its time is over: all pages about it end. */
export function closeVerification(world: World, subject: string, event: 'close' | 'expire' = 'close'): void {
  for (const each of world.state.verificationOf.all(subject)) {
    if (!verificationMachine.isFinal(each.status)) end(world, each, event)
  }
}

/** Who pays plain GoPay has to be somebody that GoPay knows. */
function takePhone(world: World, verification: Verification, text = ''): AnswerResult {
  const phone = dialedPhone(text, world.payerBook)
  if (pinOf(world, phone) === undefined || world.payerBook.find(phone)?.linking) {
    return { verification, complaint: 'unknown-phone' }
  }
  return { verification: move(world, verification, 'ask_pin', { phone }) }
}

function takeName(world: World, verification: Verification, name = ''): AnswerResult {
  const newName = name.trim()
  if (newName === '' || newName.length > 255) return { verification, complaint: 'name-missing' }
  return { verification: move(world, verification, 'ask_otp', { newName }) }
}

function takeOtp(world: World, verification: Verification, otp: string | undefined): AnswerResult {
  // As for the PIN: an answer to another question is no wrong one.
  if (otp === undefined) return { verification }
  if (otp !== world.payerBook.otp) return wrong(world, verification, 'wrong-otp')
  return { verification: move(world, verification, verification.newName ? 'ask_new_pin' : 'ask_pin') }
}

function takeNewPin(world: World, verification: Verification, pin = ''): AnswerResult {
  if (!/^\d{6}$/.test(pin)) return { verification, complaint: 'pin-format' }
  const signUp = { name: verification.newName ?? '', pin }
  return { verification: end(world, verification, 'confirm'), hasConfirmed: true, signUp }
}

function wrong(world: World, verification: Verification, complaint: Complaint): AnswerResult {
  const wrongTries = verification.wrongTries + 1
  if (wrongTries >= triesAllowed) return { verification: end(world, verification, 'fail') }
  return { verification: world.state.verifications.put({ ...verification, wrongTries }), complaint }
}

type Event = Parameters<typeof verificationMachine.next>[1]

function move(world: World, verification: Verification, event: Event, changes: Partial<Verification> = {}) {
  return transition(world, {
    what: 'verification',
    collection: world.state.verifications,
    machine: verificationMachine,
    entity: verification,
    event,
    changes: { wrongTries: 0, ...changes },
    details: { kind: verification.kind, subject: verification.subject },
  })
}

function end(world: World, verification: Verification, event: Event): Verification {
  world.timers.stop('verification-expiry', verification.id)
  endWalk(world, verification.id)
  return move(world, verification, event)
}
