import { setImmediate as immediate } from 'node:timers/promises'
import { settledWithin } from './time/deadline.ts'

/** Lets others wait until something holds. */
export class Watchers {
  readonly #looks = new Set<() => void>()
  #isDue = false
  #version = 0

  /** Another number after each change. */
  get version(): number {
    return this.#version
  }

  /**
   * Resolves with true as soon as a check holds, looked at after changes; with false after so many milliseconds of real
   * time, or when nobody wants to know any more.
   */
  async until(check: () => boolean, ms: number, signal: AbortSignal): Promise<boolean> {
    if (check()) return true
    if (signal.aborted) return false
    const { promise, resolve } = Promise.withResolvers<void>()
    const stop = () => resolve()
    signal.addEventListener('abort', stop)
    const look = () => check() && resolve()
    this.#looks.add(look)
    await settledWithin(promise, ms)
    this.#looks.delete(look)
    // Whoever waits again and again does so with one signal.
    signal.removeEventListener('abort', stop)
    return check()
  }

  /** Something has changed. However much changes within one turn of the event loop, it is looked at once. */
  changed(): void {
    this.#version++
    if (this.#looks.size === 0 || this.#isDue) return
    this.#isDue = true
    void this.#look()
  }

  async #look(): Promise<void> {
    await immediate()
    this.#isDue = false
    for (const look of this.#looks) look()
  }
}
