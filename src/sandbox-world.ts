import type { Happening } from './engine/journal.ts'
import type { Draft } from './engine/outbox/outbox.ts'
import type { RuleBook } from './engine/scenarios/rule-book.ts'
import { expireAccount, unlinkLater } from './midtrans/accounts/operations.ts'
import { parseDisturbance } from './midtrans/disturbance.ts'
import { disturbed } from './midtrans/notification-ways.ts'
import { parseOutcome, possibleOutcomes } from './midtrans/outcome.ts'
import { walkOn } from './midtrans/pages/walk-operations.ts'
import type { PayerBook } from './midtrans/payers/payer.ts'
import { knownPayer } from './midtrans/payers/payer-book.ts'
import { lapse } from './midtrans/payments/operations.ts'
import { confirmRefund } from './midtrans/payments/refund-operations.ts'
import type { Settings } from './midtrans/settings.ts'
import { expireVerification } from './midtrans/verifications/operations.ts'
import type { World } from './midtrans/world.ts'

/** What happens when a timer of this kind is due. */
export const whenDue: Readonly<Record<string, (world: World, subject: string) => void>> = {
  'verification-expiry': expireVerification,
  'account-expiry': expireAccount,
  'transaction-expiry': lapse,
  'refund-confirmation': confirmRefund,
  'payer-walk': walkOn,
  'payer-unlink': unlinkLater,
}

/** A world whose time is set with each step. */
export type MovingWorld = World & { now: number }

interface Parts extends Pick<World, 'serverKey' | 'payerBook' | 'state' | 'timers'> {
  readonly rules: RuleBook
  readonly settings: () => Settings
  readonly nextNotification: () => number
  readonly send: (draft: Draft, at: number) => void
  readonly happened: (happening: Happening) => void
}

/** What operations see of a sandbox that is made of these parts. */
export function worldOf({ rules, settings, nextNotification, send, happened, ...parts }: Parts): MovingWorld {
  const { payerBook: book, state } = parts
  const payerBook: PayerBook = {
    ...book,
    find: (phone) => {
      const given = state.givenPayers.get(phone)
      return given ? knownPayer(given, book.personas) : book.find(phone)
    },
  }
  /** The outcome of a rule for these facts, of those that can be read as what is wanted here. */
  const ruled = <T>(
    operation: string,
    facts: Parameters<RuleBook['decide']>[0],
    read: (text: string) => T | undefined,
  ) => {
    const outcome = rules.decide({ operation, ...facts }, (text) => read(text) !== undefined)
    return outcome === undefined ? undefined : read(outcome)
  }
  return {
    ...parts,
    payerBook,
    now: 0,
    get settings() {
      return settings()
    },
    get nextNotification() {
      return nextNotification()
    },
    decide(operation, facts, possible = possibleOutcomes[operation]) {
      const read = (text: string) => {
        const outcome = parseOutcome(text)
        return outcome && possible.some((kind) => kind === outcome.kind) ? outcome : undefined
      }
      const decided = ruled(operation, facts, read)
      const personal = decided ? undefined : payerBook.find(String(facts.phone))?.outcomes?.[operation]
      return personal === undefined ? decided : read(personal)
    },
    disturb: (facts) => (rules.isEmpty ? undefined : ruled('notification', facts(), parseDisturbance)),
    notify(draft) {
      send(disturbed(this, draft), this.now)
    },
    happened(what, id, details) {
      happened({ at: this.now, what, id, ...details })
    },
  }
}
