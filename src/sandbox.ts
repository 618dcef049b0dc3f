import type { Arrival, Ending, Exchange } from './engine/exchange.ts'
import { type Happening, Journal } from './engine/journal.ts'
import { Gate } from './engine/outbox/gate.ts'
import type { Delivery } from './engine/outbox/notification.ts'
import { Outbox } from './engine/outbox/outbox.ts'
import type { Sender } from './engine/outbox/send.ts'
import { type ChosenFault, parseFault } from './engine/scenarios/fault.ts'
import type { Facts } from './engine/scenarios/rule.ts'
import { type NewRule, RuleBook, type RuleSource } from './engine/scenarios/rule-book.ts'
import { seededNumber } from './engine/seed.ts'
import type { Store, StoredRecord } from './engine/store/store.ts'
import { Alarm } from './engine/time/alarm.ts'
import { Clock, realNow } from './engine/time/clock.ts'
import { Timers } from './engine/time/timers.ts'
import { Watchers } from './engine/watchers.ts'
import { objectionTo } from './midtrans/notification-hosts.ts'
import type { PayerBook } from './midtrans/payers/payer.ts'
import { notificationHeaders, retryAfter } from './midtrans/retry.ts'
import { sentenceOf } from './midtrans/rule-words.ts'
import { withoutSecrets } from './midtrans/secrets.ts'
import { type Settings, type SettingsChange, seedOf, withChange } from './midtrans/settings.ts'
import { type Identity, State } from './midtrans/state.ts'
import type { Operation, SandboxDoor } from './midtrans/world.ts'
import { chosenFault, type MovingWorld, type Ruling, rulingOf, whenDue, worldOf } from './sandbox-world.ts'

export interface SandboxOptions {
  readonly identity: Identity
  readonly store: Store
  readonly sender: Sender
  readonly payerBook: PayerBook
  /** What holds where nothing was changed by hand. */
  readonly settings: Settings
  /** Rules of the scenario that every sandbox begins with. */
  readonly rules: readonly NewRule[]
  readonly onError: (error: unknown) => void
}

export interface Advanced {
  readonly happenings: readonly Happening[]
  readonly omitted: number
}

/** One merchant's world. */
export class Sandbox implements SandboxDoor {
  readonly serverKey: string
  readonly state = new State()
  readonly clock = new Clock(this.state.clock)
  readonly timers = new Timers(this.state.timers)
  readonly rules = new RuleBook(this.state.rules)
  readonly journal = new Journal()
  /** Told of whatever happens. */
  readonly watchers = new Watchers()
  readonly outbox: Outbox
  readonly gate = new Gate(this.state)

  readonly #options: SandboxOptions
  readonly #ruling: Ruling
  readonly #world: MovingWorld
  readonly #alarm = new Alarm(() => this.wake())
  #happened: Happening[] = []
  #settings: Settings
  /** The advance under way. */
  #advance: { isOver: boolean } | undefined

  /** `openEmpty` and `openKept` make one. */
  private constructor(options: SandboxOptions) {
    this.serverKey = options.identity.serverKey
    this.#options = options
    this.#settings = options.settings
    this.state.settings.observe((_before, after) => {
      const { id: _id, ...change } = after ?? { id: 'settings' }
      this.#settings = withChange(options.settings, change)
    })
    this.outbox = new Outbox({
      notifications: this.state.notifications,
      deliveries: this.state.deliveries,
      clock: this.clock,
      sender: options.sender,
      headers: notificationHeaders,
      retryAfter: (attempts, delivery) => retryAfter(attempts, this.#shift(delivery, attempts.length)),
      objection: (url) => objectionTo(url, this.settings),
      isHeld: (notification, delivery) => this.gate.isHeld(notification, delivery),
      masked: (text) => withoutSecrets(text, this.serverKey),
      step: (work) => this.#step(work),
      settled: () => this.settled(),
      happened: (happening) => this.#happened.push(happening),
      onError: options.onError,
    })
    this.#ruling = rulingOf(
      this.rules,
      () => this.settings,
      (rule, facts) =>
        this.#happened.push({ at: this.#world.now, what: 'rule', id: rule.id, ...facts, says: sentenceOf(rule) }),
    )
    this.#world = worldOf({
      serverKey: this.serverKey,
      payerBook: options.payerBook,
      state: this.state,
      timers: this.timers,
      rules: this.rules,
      ruling: this.#ruling,
      settings: () => this.settings,
      nextNotification: () => this.outbox.nextNumber,
      send: (draft, at) => this.outbox.put(draft, at),
      happened: (happening) => this.#happened.push(happening),
    })
  }

  /** An empty sandbox, there at once. */
  static openEmpty(options: SandboxOptions): Sandbox {
    const sandbox = new Sandbox(options)
    sandbox.#step(() => {
      sandbox.state.identity.put(options.identity)
      sandbox.rules.add(options.rules)
    })
    return sandbox
  }

  /** A sandbox as it was left in its store. Nothing happens in it by itself before `wake`. */
  static openKept(options: SandboxOptions, records: readonly StoredRecord[]): Sandbox {
    const sandbox = new Sandbox(options)
    sandbox.state.fill(records)
    return sandbox
  }

  get payerBook(): PayerBook {
    return this.#world.payerBook
  }

  get settings(): Settings {
    return this.#settings
  }

  perform<Input, Output>(operation: Operation<Input, Output>, input: Input): Output {
    this.catchUp()
    const output = this.#step(() => operation(this.#world, input))
    // What the step has planned for now: a payer who walks at once.
    this.catchUp()
    return output
  }

  get ruleOfStep(): string | undefined {
    return this.#world.ruleOfStep
  }

  faultFor(facts: () => Facts): ChosenFault | undefined {
    if (!this.rules.hasFaults) return undefined
    this.catchUp()
    const ruled = this.#step(() =>
      this.#ruling(facts(), ({ fault }) => (fault === undefined ? undefined : parseFault(fault))),
    )
    return ruled && chosenFault(ruled, seedOf(this.settings))
  }

  note(arrival: Arrival): Exchange {
    this.catchUp()
    return this.journal.begin(arrival, this.clock.now(), realNow())
  }

  noteEnd(exchange: Exchange, ending: Ending): void {
    this.journal.end(exchange, ending)
    this.watchers.changed()
  }

  settled(): Promise<void> | undefined {
    return this.#options.store.settled()
  }

  /**
   * Moves the clock to a time and lets all happen on the way: takes what is due first, timer or delivery, sets the
   * clock to its time, and goes on. Waits for the deliveries. One at a time: `undefined` while another one works.
   */
  async advanceTo(target: number): Promise<Advanced | undefined> {
    if (this.#advance) return undefined
    const advance = { isOver: false }
    this.#advance = advance
    // Who advances by nothing waits for the deliveries alone.
    if (target > this.clock.now()) this.#step(() => this.#tell('clock', { did: 'advance', toAt: target }))
    const { mark } = this.journal
    try {
      this.clock.hold(this.clock.now())
      await this.outbox.drain()
      for (let at = this.#nextDueAt(); at !== undefined && at <= target; at = this.#nextDueAt()) {
        if (advance.isOver) break
        this.#moveClock(Math.max(at, this.clock.now()))
        this.catchUp()
        await this.outbox.drain()
      }
      // A reset has the last word: whatever comes next shall find the present.
      if (!advance.isOver) this.#moveClock(target)
    } finally {
      if (!advance.isOver) {
        this.clock.letGo()
        this.#advance = undefined
      }
    }
    this.#setAlarm()
    return this.journal.since(mark)
  }

  /** True while nothing was linked, charged or planned. */
  get isEmpty(): boolean {
    const { accounts, transactions, timers } = this.state
    return accounts.size + transactions.size + timers.size === 0
  }

  freeze(): void {
    this.#step(() => {
      this.clock.freeze(this.clock.now())
      this.#tell('clock', { did: 'freeze' })
    })
  }

  /** Goes on from where the clock stands. */
  resume(): void {
    this.#step(() => {
      this.clock.run(this.clock.now())
      this.#tell('clock', { did: 'resume' })
    })
  }

  /** Sets the clock of an empty sandbox to a time that is over. */
  setBack(at: number): void {
    this.#step(() => {
      this.clock.set(at)
      this.#tell('clock', { did: 'set', toAt: at })
    })
  }

  changeSettings(change: SettingsChange): void {
    this.#step(() => {
      const before = this.state.settings.get('settings')
      const quirks = { ...before?.quirks, ...change.quirks }
      this.state.settings.put({ ...before, ...change, quirks, id: 'settings' })
      this.#tell('settings', { names: Object.keys(change).join(', ') })
    })
  }

  /** Forgets everything but the settings and the rules, whose counts begin again. Ends an advance under way. */
  reset(): void {
    if (this.#advance) this.#advance.isOver = true
    // What comes after the reset does not wait for it.
    this.#advance = undefined
    this.clock.letGo()
    this.#step(() => {
      const rules = this.rules.all
      this.state.clear(['identity', 'settings'])
      this.outbox.startOver()
      this.rules.add(rules)
      this.#tell('reset')
    })
  }

  /** Replaces the rules that came by the API, or those of scenarios. */
  setRules(kind: RuleSource, rules: readonly NewRule[]): void {
    this.#step(() => this.rules.replace(kind, rules))
  }

  /** Ends all activity, and lets go of the store. */
  async close(): Promise<void> {
    this.#alarm.set(undefined)
    this.outbox.stop()
    await this.#options.store.close()
  }

  /** Timers that are due fire before anything else happens, each at its own time. */
  catchUp(): void {
    for (let timer = this.timers.next(this.clock.now()); timer; timer = this.timers.next(this.clock.now())) {
      const { kind, subject, dueAt } = timer
      const happen = whenDue[kind]
      try {
        this.#step(() => {
          this.timers.stop(kind, subject)
          happen?.(this.#world, subject)
        }, dueAt)
      } catch (error) {
        // A timer that fails must not fire for ever.
        this.#step(() => this.timers.stop(kind, subject))
        this.#options.onError(error)
      }
    }
  }

  #step<T>(work: () => T, at = this.clock.now()): T {
    this.#world.now = at
    this.#world.ruleOfStep = undefined
    this.#happened = []
    const result = this.state.log.step(work, (records) => this.#options.store.keep(records))
    if (this.#happened.length > 0) {
      this.journal.add(this.#happened)
      this.watchers.changed()
    }
    if (!this.#advance) {
      this.outbox.pump()
      this.#setAlarm()
    }
    return result
  }

  /** Inside a step: notes what happens to the sandbox as a whole. */
  #tell(what: 'clock' | 'settings' | 'reset', details: Readonly<Record<string, string | number>> = {}): void {
    this.#happened.push({ at: this.#world.now, what, id: what, ...details })
  }

  /** The same seed shifts the same try of the same notification in the same way. */
  #shift({ notificationId }: Delivery, tries: number): number | undefined {
    const { retryShift, seed } = this.settings
    const number = this.state.notifications.get(notificationId)?.number ?? 0
    return retryShift === 'off' ? undefined : seededNumber(seed, 'retry', number, tries)
  }

  #moveClock(at: number): void {
    this.clock.hold(at)
    this.#step(() => this.clock.set(at))
  }

  /** Lets happen what is due, and goes on by itself. */
  wake(): void {
    this.catchUp()
    this.outbox.pump()
    this.#setAlarm()
  }

  #nextDueAt(): number | undefined {
    const timer = this.timers.next()?.dueAt
    const delivery = this.outbox.nextDueAt
    return timer === undefined || delivery === undefined ? (timer ?? delivery) : Math.min(timer, delivery)
  }

  #setAlarm(): void {
    const at = this.clock.mode === 'frozen' || this.#advance ? undefined : this.#nextDueAt()
    this.#alarm.set(at === undefined ? undefined : at - this.clock.now())
  }
}
