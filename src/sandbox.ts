import { type Happening, Journal } from './engine/journal.ts'
import { Gate } from './engine/outbox/gate.ts'
import type { Delivery } from './engine/outbox/notification.ts'
import { Outbox } from './engine/outbox/outbox.ts'
import type { Sender } from './engine/outbox/send.ts'
import { type NewRule, RuleBook } from './engine/scenarios/rule-book.ts'
import { seededNumber } from './engine/seed.ts'
import type { Store, StoredRecord } from './engine/store/store.ts'
import { Alarm } from './engine/time/alarm.ts'
import { Clock } from './engine/time/clock.ts'
import { Timers } from './engine/time/timers.ts'
import { Watchers } from './engine/watchers.ts'
import { objectionTo } from './midtrans/notification-hosts.ts'
import type { PayerBook } from './midtrans/payers/payer.ts'
import { notificationHeaders, retryAfter } from './midtrans/retry.ts'
import { withoutSecrets } from './midtrans/secrets.ts'
import { type Settings, type SettingsChange, withChange } from './midtrans/settings.ts'
import { type ChangedSettings, type Identity, State } from './midtrans/state.ts'
import type { Operation, SandboxDoor } from './midtrans/world.ts'
import { type MovingWorld, whenDue, worldOf } from './sandbox-world.ts'

/** Happenings that `advance` can tell of, and that are remembered. */
const journalCapacity = 1_000

export interface SandboxOptions {
  readonly identity: Identity
  readonly store: Store
  readonly sender: Sender
  readonly payerBook: PayerBook
  /** What holds where nothing was changed by hand. */
  readonly settings: Settings
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
  readonly journal = new Journal(journalCapacity)
  /** Told of whatever happens. */
  readonly watchers = new Watchers()
  readonly outbox: Outbox
  readonly gate = new Gate(this.state)

  readonly #options: SandboxOptions
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
    this.state.settings.observe(() => {
      const changeOf = (by: ChangedSettings['id']) => {
        const { id: _id, ...change } = this.state.settings.get(by) ?? { id: by }
        return change
      }
      this.#settings = withChange(withChange(options.settings, changeOf('scenario')), changeOf('settings'))
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
    this.#world = worldOf({
      serverKey: this.serverKey,
      payerBook: options.payerBook,
      state: this.state,
      timers: this.timers,
      rules: this.rules,
      settings: () => this.settings,
      nextNotification: () => this.outbox.nextNumber,
      send: (draft, at) => this.outbox.put(draft, at),
      happened: (happening) => this.#happened.push(happening),
    })
  }

  /** An empty sandbox, there at once. */
  static openEmpty(options: SandboxOptions): Sandbox {
    const sandbox = new Sandbox(options)
    sandbox.#step(() => sandbox.state.identity.put(options.identity))
    return sandbox
  }

  /** A sandbox as it was left in its store. Nothing happens in it by itself before `wake`. */
  static openKept(options: SandboxOptions, records: readonly StoredRecord[]): Sandbox {
    const sandbox = new Sandbox(options)
    sandbox.state.fill(records)
    return sandbox
  }

  get settings(): Settings {
    return this.#settings
  }

  perform<Input, Output>(operation: Operation<Input, Output>, input: Input): Output {
    this.catchUp()
    return this.#step(() => operation(this.#world, input))
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
    const mark = this.journal.mark
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
    this.#step(() => this.clock.freeze(this.clock.now()))
  }

  /** Goes on from where the clock stands. */
  resume(): void {
    this.#step(() => this.clock.run(this.clock.now()))
  }

  /** Sets the clock of an empty sandbox to a time that is over. */
  setBack(at: number): void {
    this.#step(() => this.clock.set(at))
  }

  changeSettings(change: SettingsChange): void {
    this.#step(() => {
      const before = this.state.settings.get('settings')
      const quirks = { ...before?.quirks, ...change.quirks }
      this.state.settings.put({ ...before, ...change, quirks, id: 'settings' })
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
    this.#happened = []
    const result = this.state.log.step(work, (records) => this.#options.store.keep(records))
    for (const happening of this.#happened) this.journal.add(happening)
    if (this.#happened.length > 0) this.watchers.changed()
    if (!this.#advance) {
      this.outbox.pump()
      this.#setAlarm()
    }
    return result
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
