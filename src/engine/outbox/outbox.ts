import { newId } from '../ids.ts'
import type { Happening } from '../journal.ts'
import type { Collection } from '../store/collection.ts'
import { type Index, indexBy } from '../store/index-by.ts'
import type { Clock } from '../time/clock.ts'
import { realNow } from '../time/clock.ts'
import { DueQueue } from '../time/due-queue.ts'
import { type Attempt, type Delivery, deliveryMachine, type Notification } from './notification.ts'
import type { Sender } from './send.ts'

export interface Draft {
  readonly event: string
  readonly subject: string
  readonly reference: string
  readonly body: string
  /** Where it goes; none: it is kept, and shown as having nowhere to go. */
  readonly urls: readonly string[]
}

export interface OutboxOptions {
  readonly notifications: Collection<Notification>
  readonly deliveries: Collection<Delivery>
  readonly clock: Clock
  readonly sender: Sender
  readonly headers: Readonly<Record<string, string>>
  /** Milliseconds until the next try after these, the last of which failed; undefined: give up. */
  readonly retryAfter: (attempts: readonly Attempt[]) => number | undefined
  /** Runs a change of the sandbox as one step. */
  readonly step: (work: () => void) => void
  /** Resolves when all steps so far are safe: nothing may be told that a crash could undo. */
  readonly settled: () => Promise<void> | undefined
  readonly happened: (happening: Happening) => void
  readonly onError: (error: unknown) => void
}

/** Finished notifications beyond this number are let go, the oldest first. */
export const keptNotifications = 10_000

/**
 * Takes notifications to the merchant, at least once. It never stands in the way of a request: `put` is part of the
 * step that is told of, `pump` starts what is due and returns at once. Each URL has a lane of its own, in which
 * deliveries go one after the other: they arrive in order, and one dead URL never delays another.
 *
 * What is under way is known in memory only. After a crash every delivery that is not finished is still planned, and
 * is tried again.
 */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #queue: DueQueue<Delivery>
  readonly #deliveriesOf: Index<Delivery>
  readonly #lanes = new Map<string, { readonly waiting: Delivery[]; readonly done: Promise<void> }>()
  /** Due, but their lane broke off: the store or a step had failed. */
  readonly #stranded: Delivery[] = []
  #stopped = false

  constructor(options: OutboxOptions) {
    this.#options = options
    this.#queue = new DueQueue(options.deliveries, (delivery) => delivery.nextAttemptAt)
    this.#deliveriesOf = indexBy(options.deliveries, (delivery) => delivery.notificationId)
  }

  /** Inside a step, that happens at this time. */
  put({ urls, ...draft }: Draft, createdAt: number): Notification {
    const { notifications, deliveries } = this.#options
    const notification = notifications.put({ id: newId(), createdAt, ...draft })
    for (const url of new Set(urls)) {
      deliveries.put({
        id: newId(),
        notificationId: notification.id,
        url,
        status: 'planned',
        attempts: [],
        nextAttemptAt: createdAt,
      })
    }
    if (notifications.size > keptNotifications * 1.1) this.#letGo(notifications.size - keptNotifications)
    return notification
  }

  deliveriesOf(notificationId: string): readonly Delivery[] {
    return this.#deliveriesOf.all(notificationId)
  }

  /** When the next try is due that is not under way yet. */
  get nextDueAt(): number | undefined {
    return this.#queue.peek()?.at
  }

  /** Starts all tries that are due, those that broke off before among them. */
  pump(): void {
    const due = this.#queue.take(this.#options.clock.now())
    this.#start(this.#stranded.length === 0 ? due : [...this.#stranded.splice(0), ...due])
  }

  /** Starts all tries that are due, and resolves when none is under way. */
  async drain(): Promise<void> {
    this.pump()
    while (this.#lanes.size > 0) {
      await Promise.all([...this.#lanes.values()].map((lane) => lane.done))
      // What broke off just now is left for the next pump: while the store fails, this would go on for ever.
      this.#start(this.#queue.take(this.#options.clock.now()))
    }
  }

  /** No new tries from now on. */
  stop(): void {
    this.#stopped = true
  }

  #start(due: readonly Delivery[]): void {
    if (this.#stopped) return
    for (const delivery of due) {
      const lane = this.#lanes.get(delivery.url)
      if (lane) lane.waiting.push(delivery)
      else this.#openLane(delivery)
    }
  }

  #openLane(first: Delivery): void {
    const waiting = [first]
    const work = async () => {
      // Shifted only when it is done: what a failure leaves in here is stranded.
      for (let next = waiting[0]; next && !this.#stopped; next = waiting[0]) {
        await this.#try(next)
        waiting.shift()
      }
      this.#lanes.delete(first.url)
    }
    const done = work().catch((error) => {
      this.#lanes.delete(first.url)
      this.#stranded.push(...waiting)
      this.#options.onError(error)
    })
    this.#lanes.set(first.url, { waiting, done })
  }

  async #try(planned: Delivery): Promise<void> {
    const { notifications, deliveries, clock, sender, headers, settled, step } = this.#options
    await settled()
    const notification = notifications.get(planned.notificationId)
    if (!notification || deliveries.get(planned.id) !== planned) return
    const at = clock.now()
    const started = realNow()
    const result = await sender.send({ url: planned.url, headers, body: notification.body })
    if (this.#stopped) return
    const attempt: Attempt = { at, tookMs: realNow() - started, url: planned.url, ...result }
    step(() => {
      // A reset of the sandbox may have taken it away meanwhile.
      if (deliveries.get(planned.id) === planned) this.#record(notification, planned, attempt)
    })
  }

  #record(notification: Notification, delivery: Delivery, attempt: Attempt): void {
    const { deliveries, retryAfter, happened } = this.#options
    const attempts = [...delivery.attempts, attempt]
    const arrived = attempt.answer !== undefined && attempt.answer >= 200 && attempt.answer < 300
    const delayMs = arrived ? undefined : retryAfter(attempts)
    const event = arrived ? 'arrive' : delayMs === undefined ? 'give_up' : 'retry'
    const status = deliveryMachine.next(delivery.status, event)
    if (!status) throw new Error(`delivery ${delivery.id} is ${delivery.status}: it cannot ${event}`)
    const nextAttemptAt = delayMs === undefined ? undefined : attempt.at + delayMs
    deliveries.put({ ...delivery, status, attempts, nextAttemptAt })
    happened({
      at: attempt.at,
      what: 'notification',
      id: notification.id,
      event: notification.event,
      reference: notification.reference,
      url: attempt.url,
      attempt: attempts.length,
      answer: attempt.answer,
      error: attempt.error,
      status,
      nextAttemptAt,
    })
  }

  #letGo(count: number): void {
    const { notifications, deliveries } = this.#options
    let left = count
    for (const notification of notifications.values()) {
      if (left === 0) return
      const ways = this.deliveriesOf(notification.id)
      if (ways.some((delivery) => delivery.status === 'planned')) continue
      for (const delivery of ways) deliveries.remove(delivery.id)
      notifications.remove(notification.id)
      left--
    }
  }
}
