import type { Arrival, Ending, Exchange } from './engine/exchange.ts'
import { nextIdNumber, withIds } from './engine/ids.ts'
import { type Happening, Journal } from './engine/journal.ts'
import { Gate } from './engine/outbox/gate.ts'
import type { Draft, Outbox } from './engine/outbox/outbox.ts'
import type { Sender } from './engine/outbox/send.ts'
import { type ChosenFault, parseFault } from './engine/scenarios/fault.ts'
import type { Facts } from './engine/scenarios/rule.ts'
import { type NewRule, RuleBook } from './engine/scenarios/rule-book.ts'
import type { Store, StoredRecord } from './engine/store/store.ts'
import { Clock, realNow } from './engine/time/clock.ts'
import { type Timer, Timers } from './engine/time/timers.ts'
import { Watchers } from './engine/watchers.ts'
import { clientKeyOf } from './midtrans/client-key.ts'
import type { PayerBook } from './midtrans/payers/payer.ts'
import { sentenceOf } from './midtrans/rule-words.ts'
import { numberSeed, type Settings, type SettingsChange, withChange } from './midtrans/settings.ts'
import { type ChangedSettings, type Identity, State } from './midtrans/state.ts'
import type { Operation, SandboxDoor } from './midtrans/world.ts'
import { outboxOf } from './sandbox-outbox.ts'
import { SandboxTime } from './sandbox-time.ts'
import { chosenFault, letHappen, type MovingWorld, type Ruling, rulingOf, worldOf } from './sandbox-world.ts'
import { type Snapshot, Snapshots } from './snapshots.ts'

export interface SandboxOptions {
  readonly identity: Identity
  readonly store: Store
  readonly sender: Sender
  readonly payerBook: PayerBook
  /** What holds where nothing was changed by hand. */
  readonly settings: Settings
  readonly onError: (error: unknown) => void
}

/** One merchant's world. */
export class Sandbox implements SandboxDoor {
  readonly serverKey: string
  /** That where no settings changed by hand name one. */
  readonly merchantId: string
  readonly state = new State()
  readonly clock = new Clock(this.state.clock)
  readonly timers = new Timers(this.state.timers)
  readonly rules = new RuleBook(this.state.rules)
  readonly journal = new Journal()
  /** Told of whatever happens. */
  readonly watchers = new Watchers()
  readonly outbox: Outbox
  readonly gate = new Gate(this.state)
  readonly time: SandboxTime
  readonly snapshots = new Snapshots()

  readonly #options: SandboxOptions
  readonly #ruling: Ruling
  readonly #world: MovingWorld
  #ruleOfStep: string | undefined
  #happened: Happening[] = []
  #settings: Settings

  /** `openEmpty` and `openKept` make one. */
  private constructor(options: SandboxOptions) {
    this.serverKey = options.identity.serverKey
    this.merchantId = options.settings.merchantId
    this.#options = options
    const withClientKey = ({ clientKey, ...settings }: Settings) => ({
      ...settings,
      clientKey: clientKey || clientKeyOf(options.identity.serverKey),
    })
    this.#settings = withClientKey(options.settings)
    this.state.settings.observe(() => {
      const changeOf = (by: ChangedSettings['id']) => {
        const { id: _id, ...change } = this.state.settings.get(by) ?? { id: by }
        return change
      }
      const changed = withChange(withChange(options.settings, changeOf('scenario')), changeOf('settings'))
      this.#settings = withClientKey(changed)
    })
    const { serverKey, state, clock, timers, rules, gate, journal } = this
    const { payerBook, sender, onError } = options
    const settings = () => this.settings
    const step = (work: () => void, at?: number) => this.#step(work, at)
    const settled = () => this.settled()
    const happened = (happening: Happening) => this.#happened.push(happening)
    const outbox = outboxOf({ serverKey, state, clock, gate, sender, settings, step, settled, happened, onError })
    const nextNotification = () => outbox.nextNumber
    const send = (draft: Draft, at: number) => void outbox.put(draft, at)
    const tellOfClock = (details: object) => happened({ at: world.now, what: 'clock', id: 'clock', ...details })
    const ruling = rulingOf(rules, settings, ({ id, ...rule }, facts) =>
      happened({ at: world.now, what: 'rule', id, ...facts, says: sentenceOf({ id, ...rule }) }),
    )
    const parts = { serverKey, payerBook, state, timers, rules, ruling, settings, nextNotification, send, happened }
    const world = worldOf(parts)
    const happen = (timer: Timer) => letHappen(world, timer)
    this.outbox = outbox
    this.#ruling = ruling
    this.#world = world
    this.time = new SandboxTime({ clock, timers, outbox, journal, step, happen, tell: tellOfClock, onError })
  }

  /** An empty sandbox, there at once. */
  static openEmpty(options: SandboxOptions): Sandbox {
    const sandbox = new Sandbox(options)
    sandbox.#step(() => sandbox.state.identity.put(options.identity))
    return sandbox
  }

  /** A sandbox as it was left in its store. Nothing happens in it by itself before `time.wake`. */
  static openKept(options: SandboxOptions, records: readonly StoredRecord[]): Sandbox {
    const sandbox = new Sandbox(options)
    sandbox.state.fill(records)
    return sandbox
  }

  get settings(): Settings {
    return this.#settings
  }

  /** Whom the sandbox knows: those that were given to it, and those of the book. */
  get payerBook(): PayerBook {
    return this.#world.payerBook
  }

  perform<Input, Output>(operation: Operation<Input, Output>, input: Input): Output {
    this.time.catchUp()
    const output = this.#step(() => operation(this.#world, input))
    this.#ruleOfStep = this.#world.ruleOfStep
    // What the step has planned for now: a payer who walks at once.
    this.time.catchUp()
    return output
  }

  get ruleOfStep(): string | undefined {
    return this.#ruleOfStep
  }

  faultFor(facts: () => Facts): ChosenFault | undefined {
    if (!this.rules.hasFaults) return undefined
    this.time.catchUp()
    const ruled = this.#step(() =>
      this.#ruling(facts(), ({ fault }) => (fault === undefined ? undefined : parseFault(fault))),
    )
    return ruled && chosenFault(ruled, numberSeed(this.settings))
  }

  note(arrival: Arrival): Exchange {
    this.time.catchUp()
    return this.journal.begin(arrival, this.clock.now(), realNow())
  }

  noteEnd(exchange: Exchange, ending: Ending): void {
    this.journal.end(exchange, ending)
    this.watchers.changed()
  }

  until(check: () => boolean, ms: number, signal: AbortSignal): Promise<boolean> {
    return this.watchers.until(check, ms, signal)
  }

  settled(): Promise<void> | undefined {
    return this.#options.store.settled()
  }

  /** True while nothing was linked, charged or planned. */
  get isEmpty(): boolean {
    const { accounts, transactions, timers } = this.state
    return accounts.size + transactions.size + timers.size === 0
  }

  changeSettings(change: SettingsChange): void {
    this.#step(() => {
      this.state.changeSettings(change)
      this.#tell('settings', { names: Object.keys(change).join(', ') })
    })
  }

  /** Forgets everything but the settings and the rules, whose counts begin again. Ends an advance under way. */
  reset(): void {
    const rules = this.rules.all
    const settings = this.state.records.filter(({ collection }) => collection === 'settings')
    this.#refill(settings, () => {
      this.rules.add(rules)
      this.#tell('reset')
    })
  }

  /** What it is like now. */
  get snapshot(): Snapshot {
    const records = this.state.records.filter(({ collection }) => collection !== 'identity')
    return { now: this.clock.now(), records }
  }

  /** Makes it what a snapshot says, time included, but for who it is. Ends an advance under way. */
  fill({ now, records }: Snapshot): void {
    this.#refill(records, () => {
      this.clock.set(now)
      this.#tell('restore', { toAt: now })
    })
  }

  /** Replaces the rules that came by the API. */
  setRules(rules: readonly NewRule[]): void {
    this.#step(() => this.rules.replace('api', rules))
  }

  /** Puts settings and rules in the place of those of the scenario before; those by hand go before both. */
  setScenario(settings: SettingsChange, rules: readonly NewRule[]): void {
    this.#step(() => {
      this.state.settings.put({ ...settings, id: 'scenario' })
      this.rules.replace('scenario', rules)
    })
  }

  /** Ends all activity, and lets go of the store. */
  async close(): Promise<void> {
    this.stop()
    await this.#options.store.close()
  }

  /** Ends all activity, and takes away all that was kept. */
  async discard(): Promise<void> {
    this.stop()
    await this.#options.store.discard()
  }

  get isGone(): boolean {
    return this.time.isStopped
  }

  /** Nothing happens by itself from now on. */
  stop(): void {
    this.time.stop()
    this.outbox.stop()
    this.watchers.changed()
  }

  /** As one step: these records instead of all there are, and whatever else. Whoever waits for something looks again. */
  #refill(records: readonly StoredRecord[], more: () => void): void {
    this.time.interrupt()
    this.#step(() => {
      this.timers.startOver()
      this.outbox.startOver()
      this.state.replace(records)
      more()
    })
    this.watchers.changed()
  }

  #step<T>(work: () => T, at = this.clock.now()): T {
    this.#world.now = at
    this.#world.ruleOfStep = undefined
    this.#happened = []
    const result = this.state.log.step(
      () => withIds(this.#idSource, work),
      (records) => {
        this.#options.store.keep(records)
        this.watchers.changed()
      },
    )
    if (this.#happened.length > 0) {
      this.journal.add(this.#happened)
      this.watchers.changed()
    }
    this.time.goOn()
    return result
  }

  /** Inside a step: notes what happens to the sandbox as a whole. */
  #tell(what: 'settings' | 'reset' | 'restore', details: Readonly<Record<string, string | number>> = {}): void {
    this.#happened.push({ at: this.#world.now, what, id: what, ...details })
  }

  /** With a seed ids are made of it, of the key (pages find a sandbox by ids alone) and of a number. */
  get #idSource(): (() => string) | undefined {
    const { seed } = this.settings
    return seed === '' ? undefined : () => [seed, this.serverKey, nextIdNumber(this.state.ids)].join('|')
  }
}
