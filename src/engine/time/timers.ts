import type { Collection } from '../store/collection.ts'
import { DueQueue } from './due-queue.ts'

/** What will happen by itself: `kind` says what, `subject` to which entity. One of a kind per subject. */
export interface Timer {
  readonly id: string
  readonly kind: string
  readonly subject: string
  readonly dueAt: number
}

export const timerId = (kind: string, subject: string): string => `${kind}:${subject}`

/** Timers are data, so they survive a restart, can be listed, and can be fast-forwarded. */
export class Timers {
  readonly #timers: Collection<Timer>
  readonly #queue: DueQueue<Timer>

  constructor(timers: Collection<Timer>) {
    this.#timers = timers
    this.#queue = new DueQueue(timers, (timer) => timer.dueAt)
  }

  start(kind: string, subject: string, dueAt: number): void {
    this.#timers.put({ id: timerId(kind, subject), kind, subject, dueAt })
  }

  /** By its id: whatever its kind and subject are, it is gone. */
  remove({ id }: Timer): void {
    this.#timers.remove(id)
  }

  stop(kind: string, subject: string): void {
    this.#timers.remove(timerId(kind, subject))
  }

  find(kind: string, subject: string): Timer | undefined {
    return this.#timers.get(timerId(kind, subject))
  }

  /** All timers are about to be replaced. */
  startOver(): void {
    this.#queue.startOver()
  }

  /** The timer that is due first, if it is due by `at`. */
  next(at = Number.POSITIVE_INFINITY): Timer | undefined {
    const first = this.#queue.peek()
    return first && first.at <= at ? first.entity : undefined
  }
}
