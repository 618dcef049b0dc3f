import { settledWithin } from '../time/deadline.ts'
import type { Place } from './room.ts'

/** How long a lane waits for an answer before it goes on beside the slow one. */
const patienceMs = 2_000

export interface LanesOptions<Job> {
  /** Jobs of one lane are worked off one after the other. */
  readonly laneOf: (job: Job) => string
  /** Resolves when there is room for a job. */
  readonly room: (job: Job) => Promise<Place>
  /** Must not reject. */
  readonly work: (job: Job) => Promise<void>
}

/**
 * Works off jobs in lanes: one after the other within a lane, lanes side by side as far as there is room. A job that
 * takes long holds up its lane, and takes up room, for a moment only.
 */
export class Lanes<Job> {
  readonly #options: LanesOptions<Job>
  /** What waits for its turn in each lane. */
  readonly #waiting = new Map<string, Job[]>()
  /** Lanes, and jobs that their lane has left behind. */
  readonly #underWay = new Set<Promise<void>>()
  #stopped = false

  constructor(options: LanesOptions<Job>) {
    this.#options = options
  }

  get areIdle(): boolean {
    return this.#underWay.size === 0
  }

  start(jobs: readonly Job[]): void {
    if (this.#stopped) return
    for (const job of jobs) {
      const name = this.#options.laneOf(job)
      const lane = this.#waiting.get(name)
      if (lane) lane.push(job)
      else void this.#watch(this.#openLane(name, job))
    }
  }

  /** Resolves when all that is under way now has ended. */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay)
  }

  /** No other jobs from now on. */
  stop(): void {
    this.#stopped = true
  }

  async #openLane(name: string, first: Job): Promise<void> {
    const { room, work } = this.#options
    const waiting = [first]
    this.#waiting.set(name, waiting)
    for (let next = waiting.shift(); next && !this.#stopped; next = waiting.shift()) {
      const place = await room(next)
      // Patience begins with the work: waiting for room is nobody's fault.
      const done = this.#watch(work(next).finally(place.leave))
      if (!(await settledWithin(done, patienceMs))) place.stepAside()
    }
    this.#waiting.delete(name)
  }

  #watch(work: Promise<void>): Promise<void> {
    const done = work.finally(() => this.#underWay.delete(done))
    this.#underWay.add(done)
    return done
  }
}
