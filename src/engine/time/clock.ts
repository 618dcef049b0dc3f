import type { Collection } from '../store/collection.ts'

/** How a sandbox's clock stands, as data: it survives a restart. Times are milliseconds since epoch. */
export type ClockReading = {
  readonly id: 'clock'
  /** How many times as fast as real time it runs, or would run. */
  readonly speed: number
} & (
  | {
      readonly mode: 'running'
      /** What it showed when real time was `since`. */
      readonly at: number
      readonly since: number
    }
  | { readonly mode: 'frozen'; readonly at: number }
)

export const slowestSpeed = 0.001
export const fastestSpeed = 100_000

/** The end of the year 9999, beyond which times have another form: no clock runs on after it. */
const latest = 253_402_300_799_999

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

  get speed(): number {
    return this.#reading.speed
  }

  now(): number {
    const reading = this.#reading
    if (this.#heldAt !== undefined) return this.#heldAt
    if (reading.mode === 'frozen') return reading.at
    return Math.min(latest, reading.at + Math.floor((Date.now() - reading.since) * reading.speed))
  }

  /** Milliseconds of real time until it shows a time; undefined: it stands still. */
  realMsUntil(at: number): number | undefined {
    return this.mode === 'frozen' ? undefined : (at - this.now()) / this.speed
  }

  /** Inside a step: stands still at this time until `run` or another `freeze`. */
  freeze(at: number, speed = this.speed): void {
    this.#readings.put({ id: 'clock', mode: 'frozen', at, speed })
  }

  /** Inside a step: goes on from this time, so many times as fast as real time. */
  run(from: number, speed = this.speed): void {
    this.#readings.put({ id: 'clock', mode: 'running', at: from, since: Date.now(), speed })
  }

  /** Inside a step: keeps its mode, and shows this time. The speed of one that stands counts once it runs. */
  set(at: number, speed = this.speed): void {
    if (this.mode === 'frozen') this.freeze(at, speed)
    else this.run(at, speed)
  }

  /** While `advance` works: stands at this time, whatever the mode. Not kept: after a crash the last `set` counts. */
  hold(at: number): void {
    this.#heldAt = at
  }

  letGo(): void {
    this.#heldAt = undefined
  }

  get #reading(): ClockReading {
    return this.#readings.get('clock') ?? { id: 'clock', mode: 'running', at: 0, since: 0, speed: 1 }
  }
}
