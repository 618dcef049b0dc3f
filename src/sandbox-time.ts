import type { Happening, Journal } from './engine/journal.ts'
import type { Outbox } from './engine/outbox/outbox.ts'
import { Alarm } from './engine/time/alarm.ts'
import type { Clock } from './engine/time/clock.ts'
import type { Timer, Timers } from './engine/time/timers.ts'

interface Parts {
  readonly clock: Clock
  readonly timers: Timers
  readonly outbox: Outbox
  readonly journal: Journal
  /** Runs a change of the sandbox as one step, at this time of the sandbox. */
  readonly step: (work: () => void, at?: number) => void
  /** Inside a step: lets happen what a timer is for. */
  readonly happen: (timer: Timer) => void
  /** Inside a step: notes what becomes of the clock. */
  readonly tell: (details: Readonly<Record<string, string | number>>) => void
  readonly onError: (error: unknown) => void
}

export interface Advanced {
  readonly happenings: readonly Happening[]
  readonly omitted: number
  /** Nothing was ahead that the clock could have gone to. */
  readonly wasIdle: boolean
  /** A reset, a restore or an import has come between. */
  readonly wasInterrupted: boolean
}

/** How time goes by in a sandbox: by itself, or by hand; what is due happens at its own time. */
export class SandboxTime {
  readonly #parts: Parts
  readonly #alarm = new Alarm(() => this.wake())
  /** The advance under way. */
  #advance: { isOver: boolean } | undefined
  #isStopped = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  get isStopped(): boolean {
    return this.#isStopped
  }

  /** When the next thing is due, timer or delivery, that is not under way yet. */
  get nextDueAt(): number | undefined {
    const timer = this.#parts.timers.next()?.dueAt
    const delivery = this.#parts.outbox.nextDueAt
    return timer === undefined || delivery === undefined ? (timer ?? delivery) : Math.min(timer, delivery)
  }

  /**
   * Moves the clock to a time and lets all happen on the way: takes what is due first, timer or delivery, sets the
   * clock to its time, and goes on. Waits for the deliveries. One at a time: `undefined` while another one works.
   */
  advanceTo(target: number): Promise<Advanced | undefined> {
    return this.#go(() => target)
  }

  /** Does so to the time at which the next thing is due, once what is under way now has ended. */
  advanceToNext(): Promise<Advanced | undefined> {
    return this.#go(() => this.nextDueAt)
  }

  freeze(): void {
    this.#change({ did: 'freeze' }, (clock) => clock.freeze(clock.now()))
  }

  /** Goes on from where the clock stands. */
  resume(): void {
    this.#change({ did: 'resume' }, (clock) => clock.run(clock.now()))
  }

  setSpeed(speed: number): void {
    this.#change({ did: 'speed', speed }, (clock) => clock.set(clock.now(), speed))
  }

  /** Sets the clock of an empty sandbox to a time that is over. */
  setBack(at: number): void {
    this.#change({ did: 'set', toAt: at }, (clock) => clock.set(at))
  }

  #change(told: Readonly<Record<string, string | number>>, change: (clock: Clock) => void): void {
    const { clock, step, tell } = this.#parts
    step(() => {
      change(clock)
      tell(told)
    })
  }

  /** Timers that are due fire before anything else happens, each at its own time. */
  catchUp(): void {
    const { clock, timers, step, happen, onError } = this.#parts
    for (let timer = timers.next(clock.now()); timer; timer = timers.next(clock.now())) {
      const due = timer
      const stop = () => timers.remove(due)
      try {
        step(() => {
          stop()
          happen(due)
        }, due.dueAt)
      } catch (error) {
        // A timer that fails must not fire for ever.
        step(stop)
        onError(error)
      }
    }
  }

  /** Lets happen what is due, and goes on by itself. */
  wake(): void {
    this.catchUp()
    this.goOn()
  }

  /** After a step: starts what is due, and waits for what comes next. An advance sees to both itself. */
  goOn(): void {
    if (this.#advance || this.#isStopped) return
    const { clock, outbox } = this.#parts
    outbox.pump()
    const at = this.nextDueAt
    this.#alarm.set(at === undefined ? undefined : clock.realMsUntil(at))
  }

  /** Ends an advance under way: what comes next finds the clock as its reading says, and does not wait. */
  interrupt(): void {
    if (this.#advance) this.#advance.isOver = true
    this.#advance = undefined
    this.#parts.clock.letGo()
  }

  /** Nothing happens by itself from now on. */
  stop(): void {
    this.interrupt()
    this.#isStopped = true
    this.#alarm.set(undefined)
  }

  async #go(targetOf: () => number | undefined): Promise<Advanced | undefined> {
    if (this.#advance) return undefined
    const { clock, outbox, journal } = this.#parts
    const advance = { isOver: false }
    this.#advance = advance
    const { mark } = journal
    let wasIdle = false
    try {
      clock.hold(clock.now())
      await outbox.drain()
      // Whoever interrupts has the last word: whatever comes next shall find the clock as it was left.
      const target = advance.isOver ? undefined : targetOf()
      wasIdle = target === undefined && !advance.isOver
      if (target !== undefined) await this.#goTo(Math.max(target, clock.now()), advance)
    } finally {
      if (!advance.isOver) {
        clock.letGo()
        this.#advance = undefined
      }
    }
    this.goOn()
    return { ...journal.since(mark), wasIdle, wasInterrupted: advance.isOver }
  }

  async #goTo(target: number, advance: { readonly isOver: boolean }): Promise<void> {
    const { clock, outbox, step, tell } = this.#parts
    // Who advances by nothing waits for the deliveries alone.
    if (target > clock.now()) step(() => tell({ did: 'advance', toAt: target }))
    for (let at = this.nextDueAt; at !== undefined && at <= target; at = this.nextDueAt) {
      this.#moveClock(Math.max(at, clock.now()))
      this.catchUp()
      await outbox.drain()
      if (advance.isOver) return
    }
    this.#moveClock(target)
  }

  #moveClock(at: number): void {
    this.#parts.clock.hold(at)
    this.#parts.step(() => this.#parts.clock.set(at))
  }
}
