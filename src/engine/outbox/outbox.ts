import { newId } from '../ids.ts'
import type { Happening } from '../journal.ts'
import type { Collection } from '../store/collection.ts'
import { type Index, indexBy } from '../store/index-by.ts'
import { type Clock, realNow } from '../time/clock.ts'
import { DueQueue } from '../time/due-queue.ts'
import { Lanes } from './lanes.ts'
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
 * deliveries go one after the other: they arrive in order, and one dead URL never delays another. A merchant that does
 * not answer holds up a lane for a moment only.
 *
 * What is under way is known in memory only. After a crash every delivery that is not finished is still planned, and
 * is tried again.
 */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #queue: DueQueue<Delivery>
  readonly #deliveriesOf: Index<Delivery>
  readonly #lanes = new Lanes<Delivery>(
    ({ url }) => url,
    (delivery) => this.#try(delivery),
  )
  /** Due, but the store or a step failed when it was their turn. */
  readonly #stranded: Delivery[] = []
  /** Ids of notifications that may be finished, the oldest first: the only ones looked at when some are let go. */
  readonly #finished: string[] = []
  #stopped = false

  constructor(options: OutboxOptions) {
    this.#options = options
    this.#queue = new DueQueue(options.deliveries, (delivery) => delivery.nextAttemptAt)
    this.#deliveriesOf = indexBy(options.deliveries, (delivery) => delivery.notificationId)
    options.notifications.observe((before, after) => {
      if (!before && after?.ways === 0) this.#finished.push(after.id)
    })
    options.deliveries.observe((_before, after) => {
      if (after && after.status !== 'planned') this.#finished.push(after.notificationId)
    })
  }

  /** Inside a step, that happens at this time. */
  put({ urls, ...draft }: Draft, createdAt: number): Notification {
    const { notifications, deliveries } = this.#options
    const ways = new Set(urls)
    const notification = notifications.put({ id: newId(), createdAt, ...draft, ways: ways.size })
    for (const url of ways) {
      deliveries.put({
        id: newId(),
        notificationId: notification.id,
        url,
        status: 'planned',
        attempts: [],
        nextAttemptAt: createdAt,
      })
    }
    if (this.#finished.length > keptNotifications * 1.1) this.#letGo(this.#finished.length - keptNotifications)
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
    this.#lanes.start(this.#stranded.length === 0 ? due : [...this.#stranded.splice(0), ...due])
  }

  /** Starts all tries that are due, and resolves when none is under way. */
  async drain(): Promise<void> {
    this.pump()
    while (!this.#lanes.areIdle) {
      await this.#lanes.settle()
      // What broke off just now is left for the next pump: while the store fails, this would go on for ever.
      this.#lanes.start(this.#queue.take(this.#options.clock.now()))
    }
  }

  /** No new tries from now on. */
  stop(): void {
    this.#stopped = true
    this.#lanes.stop()
  }

  /** Never rejects. */
  async #try(delivery: Delivery): Promise<void> {
    try {
      await this.#deliver(delivery)
    } catch (error) {
      this.#stranded.push(delivery)
      this.#options.onError(error)
    }
  }

  async #deliver(planned: Delivery): Promise<void> {
    const { notifications, deliveries, clock, sender, headers, settled, step } = this.#options
    await settled()
    const notification = notifications.get(planned.notificationId)
    if (!notification || deliveries.get(planned.id) !== planned) return
    const at = clock.now()
    const started = realNow()
    const { hopeless, ...result } = await sender.send({ url: planned.url, headers, body: notification.body })
    if (this.#stopped) return
    const attempt: Attempt = { at, tookMs: realNow() - started, url: planned.url, ...result }
    step(() => {
      // A reset of the sandbox may have taken it away meanwhile.
      if (deliveries.get(planned.id) === planned) this.#record(notification, planned, attempt, hopeless)
    })
  }

  #record(notification: Notification, delivery: Delivery, attempt: Attempt, hopeless = false): void {
    const { deliveries, retryAfter, happened } = this.#options
    const attempts = [...delivery.attempts, attempt]
    const arrived = attempt.answer !== undefined && attempt.answer >= 200 && attempt.answer < 300
    const delayMs = arrived || hopeless ? undefined : retryAfter(attempts)
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

  /** Inside a step. What is still planned is never let go, however much it is. */
  #letGo(count: number): void {
    const { notifications, deliveries } = this.#options
    for (const id of this.#finished.splice(0, count)) {
      const ways = this.deliveriesOf(id)
      // With several ways it comes again when the last one is done.
      if (ways.some(({ status }) => status === 'planned')) continue
      for (const delivery of ways) deliveries.remove(delivery.id)
      notifications.remove(id)
    }
  }
}
