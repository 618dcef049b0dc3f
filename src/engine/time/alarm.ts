/** setTimeout counts in 32 bits: a later time is reached in several naps. */
const longestNapMs = 2 ** 31 - 1

/** Wakes a sandbox when the next thing is due, so that things also happen while nobody asks. */
export class Alarm {
  readonly #ring: () => void
  #timeout: NodeJS.Timeout | undefined
  #ringsIn: number | undefined

  constructor(ring: () => void) {
    this.#ring = ring
  }

  /** Rings once after so many milliseconds of real time; undefined: not at all. Replaces what was set before. */
  set(inMs: number | undefined): void {
    const wake = inMs === undefined ? undefined : Date.now() + Math.max(0, inMs)
    // Most steps leave the next due time as it is; a few milliseconds early or late do no harm.
    if (wake !== undefined && this.#ringsIn !== undefined && Math.abs(wake - this.#ringsIn) < 5) return
    if (wake === this.#ringsIn) return
    clearTimeout(this.#timeout)
    this.#timeout = undefined
    this.#ringsIn = wake
    if (wake === undefined) return
    this.#timeout = setTimeout(
      () => {
        this.#ringsIn = undefined
        this.#ring()
      },
      Math.min(Math.max(0, wake - Date.now()), longestNapMs),
    )
    this.#timeout.unref()
  }
}
