import type { Collection } from '../store/collection.ts'

/** How a sandbox's clock stands, as data: it survives a restart. Times are milliseconds since epoch. */
export type ClockReading =
  | { readonly id: 'clock'; readonly mode: 'running'; readonly aheadMs: number }
  | { readonly id: 'clock'; readonly mode: 'frozen'; readonly at: number }

/** Real time, for what is measured (durations of attempts) and not decided by it. */
export const realNow = (): number => Date.now()

/** A sandbox's own time: runs by itself, or is frozen, set and advanced by hand. */
export class Clock {
  readonly #readings: Collection<ClockReading>
  #heldAt: number | undefined

  constructor(readings: Collection<ClockReading>) {
    this.#readings = readings
  }

  get mode(): ClockReading['mode'] {
    return this.#reading.mode
  }

  now(): number {
    const reading = this.#reading
    return this.#heldAt ?? (reading.mode === 'frozen' ? reading.at : Date.now() + reading.aheadMs)
  }

  /** Inside a step: stands still at this time until `run` or another `freeze`. */
  freeze(at: number): void {
    this.#readings.put({ id: 'clock', mode: 'frozen', at })
  }

  /** Inside a step: goes on from this time at the speed of real time. */
  run(from: number): void {
    this.#readings.put({ id: 'clock', mode: 'running', aheadMs: from - Date.now() })
  }

  /** Inside a step: keeps its mode, and shows this time. */
  set(at: number): void {
    if (this.mode === 'frozen') this.freeze(at)
    else this.run(at)
  }

  /** While `advance` works: stands at this time, whatever the mode. Not kept: after a crash the last `set` counts. */
  hold(at: number): void {
    this.#heldAt = at
  }

  letGo(): void {
    this.#heldAt = undefined
  }

  get #reading(): ClockReading {
    return this.#readings.get('clock') ?? { id: 'clock', mode: 'running', aheadMs: 0 }
  }
}
