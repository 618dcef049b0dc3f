import type { Arrival, Ending, Exchange } from '../engine/exchange.ts'
import type { Journal } from '../engine/journal.ts'
import type { Machine } from '../engine/machine.ts'
import type { Draft } from '../engine/outbox/outbox.ts'
import type { ChosenFault } from '../engine/scenarios/fault.ts'
import type { Facts } from '../engine/scenarios/rule.ts'
import type { Collection, Entity } from '../engine/store/collection.ts'
import type { Clock } from '../engine/time/clock.ts'
import type { Timers } from '../engine/time/timers.ts'
import type { Disturbance } from './disturbance.ts'
import { GatewayError } from './errors.ts'
import type { Decidable, Outcome } from './outcome.ts'
import type { PayerBook } from './payers/payer.ts'
import type { Quirks } from './quirks.ts'
import type { Settings } from './settings.ts'
import type { State } from './state.ts'

/** All that an operation sees of the sandbox it works in. */
export interface World {
  /** The sandbox's time in this step, in milliseconds since epoch. */
  readonly now: number
  readonly serverKey: string
  readonly settings: Settings
  readonly state: State
  readonly timers: Timers
  readonly payerBook: PayerBook
  /** What a rule wants to happen, of what can happen here; undefined: no rule says anything, the default holds. */
  decide(operation: Decidable, facts: Facts, canBe?: (outcome: Outcome) => boolean): Outcome | undefined
  /** Whether a rule wants a charge that Midtrans itself makes never to get through: a fault, but for mere latency. */
  isBroken(facts: () => Facts): boolean
  /** The number of the notification that comes next. */
  readonly nextNotification: number
  /** What a rule wants to go wrong with a notification, of what can; asked for its facts only where there are rules. */
  disturb(facts: () => Facts, canBe: (disturbance: Disturbance) => boolean): Disturbance | undefined
  /** Puts a notification into the outbox, as part of this step. */
  notify(draft: Draft): void
  /** Notes, for people to read, that something happened in this step. */
  happened(what: string, id: string, details: Readonly<Record<string, string | number | undefined>>): void
}

/** A plain synchronous function; all that it does is kept, or, if it throws, none of it. */
export type Operation<Input, Output> = (world: World, input: Input) => Output

/** What endpoints and pages may ask of a sandbox. */
export interface SandboxDoor {
  readonly settings: Settings
  readonly payerBook: PayerBook
  /** For reading between steps; only operations write. */
  readonly state: State
  readonly journal: Journal
  readonly clock: Pick<Clock, 'now' | 'mode' | 'speed' | 'realMsUntil'>
  /**
   * Resolves with true as soon as a check holds, looked at after changes; with false after so many milliseconds of real
   * time, or when nobody wants to know any more.
   */
  until(check: () => boolean, ms: number, signal: AbortSignal): Promise<boolean>
  /** Lets all happen that is due, then runs the operation as one step. */
  perform<Input, Output>(operation: Operation<Input, Output>, input: Input): Output
  /** It was deleted, or the emulator ends. */
  readonly isGone: boolean
  /** What the rule says that decided in the last step; undefined: none did. */
  readonly ruleOfStep: string | undefined
  /** What shall break the transport of a request, for its facts; undefined: nothing. A rule that wants it is used up. */
  faultFor(facts: () => Facts): ChosenFault | undefined
  /** To be awaited before an answer leaves: what is answered must survive a crash. */
  settled(): Promise<void> | undefined
  /** Writes a request down, after all that is due has happened. */
  note(arrival: Arrival): Exchange
  /** Writes down how it ended. */
  noteEnd(exchange: Exchange, ending: Ending): void
}

/** How endpoints and pages find the sandbox of a request. */
export interface SandboxFinder {
  /** What holds for a request that opens no sandbox. */
  readonly quirks: Quirks
  /** Opens one on first sight. Undefined: such a key opens none. */
  ofServerKey(serverKey: string): SandboxDoor | undefined
  /** Opens none. */
  known(serverKey: string): SandboxDoor | undefined
  /** The one in which something is found: links to pages carry no key. */
  where<T>(find: (sandbox: SandboxDoor) => T | undefined): { sandbox: SandboxDoor; found: T } | undefined
}

interface Stateful<Status extends string> extends Entity {
  readonly status: Status
}

interface Transition<T extends Stateful<Status>, Status extends string, Event extends string> {
  readonly what: 'account' | 'transaction' | 'verification' | 'subscription' | 'snap'
  readonly collection: Collection<T>
  readonly machine: Machine<Status, Event>
  readonly entity: T
  readonly event: NoInfer<Event>
  readonly changes?: Partial<T>
  readonly details: Readonly<Record<string, string | number | undefined>>
}

/** The only way a status changes. Throws a refusal where the machine does not know the event in this status. */
export function transition<T extends Stateful<Status>, Status extends string, Event extends string>(
  world: World,
  { what, collection, machine, entity, event, changes, details }: Transition<T, Status, Event>,
): T {
  const status = machine.next(entity.status, event)
  if (!status) {
    if (what === 'verification') throw new Error(`verification ${entity.id} is ${entity.status}: it cannot ${event}`)
    if (what === 'transaction') throw cannotUpdate(entity)
    if (what === 'snap') throw new GatewayError('session-canceled')
    throw new GatewayError('account-status')
  }
  world.happened(what, entity.id, { ...details, from: entity.status, to: status })
  return collection.put({ ...entity, ...changes, status })
}

/** The refusal of what a transaction's status does not allow. */
export const cannotUpdate = ({ id }: Entity): GatewayError =>
  new GatewayError('transaction-status', { transactionId: id })
