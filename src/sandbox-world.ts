import type { Happening } from './engine/journal.ts'
import type { Draft } from './engine/outbox/outbox.ts'
import { type ChosenFault, type Fault, parseFault } from './engine/scenarios/fault.ts'
import type { Facts, Rule } from './engine/scenarios/rule.ts'
import type { RuleBook } from './engine/scenarios/rule-book.ts'
import { seededNumber } from './engine/seed.ts'
import type { Timer } from './engine/time/timers.ts'
import { expireAccount, unlinkLater } from './midtrans/accounts/operations.ts'
import { parseDisturbance } from './midtrans/disturbance.ts'
import { disturbed } from './midtrans/notification-ways.ts'
import { isPossible, parseOutcome } from './midtrans/outcome.ts'
import { walkOn } from './midtrans/pages/walk-operations.ts'
import type { PayerBook } from './midtrans/payers/payer.ts'
import { knownPayer } from './midtrans/payers/payer-book.ts'
import { lapse } from './midtrans/payments/operations.ts'
import { confirmRefund } from './midtrans/payments/refund-operations.ts'
import { sentenceOf } from './midtrans/rule-words.ts'
import { numberSeed, type Settings } from './midtrans/settings.ts'
import { lapseSession } from './midtrans/snap/operations.ts'
import { chargeDue, retryDue } from './midtrans/subscriptions/charge-operations.ts'
import { expireVerification } from './midtrans/verifications/operations.ts'
import type { World } from './midtrans/world.ts'

/** What happens when a timer of this kind is due. */
const whenDue: Readonly<Record<string, (world: World, subject: string) => void>> = {
  'verification-expiry': expireVerification,
  'account-expiry': expireAccount,
  'transaction-expiry': lapse,
  'refund-confirmation': confirmRefund,
  'snap-expiry': lapseSession,
  'payer-walk': walkOn,
  'payer-unlink': unlinkLater,
  'subscription-charge': chargeDue,
  'subscription-retry': retryDue,
}

export const isTimerKind = (kind: string): boolean => Object.hasOwn(whenDue, kind)

/** Inside a step. */
export function letHappen(world: World, { kind, subject }: Timer): void {
  if (isTimerKind(kind)) whenDue[kind]?.(world, subject)
}

/** A world whose time is set with each step. */
export type MovingWorld = World & { now: number; ruleOfStep: string | undefined }

interface Parts extends Pick<World, 'serverKey' | 'payerBook' | 'state' | 'timers'> {
  readonly rules: RuleBook
  readonly ruling: Ruling
  readonly settings: () => Settings
  readonly nextNotification: () => number
  readonly send: (draft: Draft, at: number) => void
  readonly happened: (happening: Happening) => void
}

/** The first rule for these facts of those that can be read as what is wanted here; it counts as used. */
export type Ruling = <T>(facts: Facts, read: (rule: Rule) => T | undefined) => Ruled<T> | undefined

export interface Ruled<T> {
  readonly rule: Rule
  readonly wish: T
}

/** Inside a step; `told` notes which rule it was. */
export const rulingOf =
  (rules: RuleBook, settings: () => Settings, told: (rule: Rule, facts: Facts) => void): Ruling =>
  (facts, read) => {
    // As in most sandboxes.
    if (rules.isEmpty) return undefined
    const { merchantId } = settings()
    const rule = rules.decide(
      { ...facts, sandbox: merchantId },
      numberSeed(settings()),
      (each) => read(each) !== undefined,
    )
    const wish = rule && read(rule)
    if (!rule || wish === undefined) return undefined
    told(rule, facts)
    return { rule, wish }
  }

/** What a rule's fault does to a request: all that is random about it comes from its seed, and from how often it was used. */
export function chosenFault({ rule, wish }: Ruled<Fault>, standardSeed: string): ChosenFault {
  const seed = rule.seed ?? standardSeed
  return {
    fault: wish,
    rule: sentenceOf(rule),
    seed,
    random: (part) => seededNumber(seed, 'fault', wish.text, rule.used, part),
  }
}

/** What operations see of a sandbox that is made of these parts. */
export function worldOf({ rules, ruling, settings, nextNotification, send, happened, ...parts }: Parts): MovingWorld {
  const { payerBook: book, state } = parts
  const payerBook: PayerBook = {
    ...book,
    find: (phone) => {
      const given = state.givenPayers.get(phone)
      return given ? knownPayer(given, book.personas) : book.find(phone)
    },
  }
  const world: MovingWorld = {
    ...parts,
    payerBook,
    now: 0,
    ruleOfStep: undefined,
    get settings() {
      return settings()
    },
    get nextNotification() {
      return nextNotification()
    },
    decide(operation, facts, canBe = () => true) {
      const read = (text = '') => {
        const outcome = parseOutcome(text)
        return outcome && isPossible(outcome, operation) && canBe(outcome) ? outcome : undefined
      }
      const ruled = ruling({ operation, ...facts }, ({ outcome }) => read(outcome))
      world.ruleOfStep = ruled && sentenceOf(ruled.rule)
      return ruled?.wish ?? read(payerBook.find(String(facts.phone))?.outcomes?.[operation])
    },
    isBroken(facts) {
      if (!rules.hasFaults) return false
      const read = ({ fault: text }: Rule) => {
        const fault = text === undefined ? undefined : parseFault(text)
        // Nobody waits for an answer to it, and what is lost afterwards is lost to nobody.
        return fault?.moment === 'before' && fault.kind !== 'latency' ? fault : undefined
      }
      return ruling({ operation: 'charge', ...facts() }, read) !== undefined
    },
    disturb(facts, canBe) {
      if (rules.isEmpty) return undefined
      const read = ({ outcome = '' }: Rule) => {
        const disturbance = parseDisturbance(outcome)
        return disturbance && canBe(disturbance) ? disturbance : undefined
      }
      return ruling({ operation: 'notification', ...facts() }, read)?.wish
    },
    notify(draft) {
      send(disturbed(world, draft), world.now)
    },
    happened(what, id, details) {
      happened({ at: world.now, what, id, ...details })
    },
  }
  return world
}
