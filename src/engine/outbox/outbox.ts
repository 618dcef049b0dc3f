import { newId } from '../ids.ts'
import type { Happening } from '../journal.ts'
import type { Collection } from '../store/collection.ts'
import { type Index, indexBy } from '../store/index-by.ts'
import { type Clock, realNow } from '../time/clock.ts'
import { DueQueue } from '../time/due-queue.ts'
import { Lanes } from './lanes.ts'
import { type Attempt, type Delivery, type DeliveryStatus, deliveryMachine, type Notification } from './notification.ts'
import type { Sender, SendResult } from './send.ts'

/** How a notification travels, where that is not the plain way. */
export interface Way {
  /** What is sent instead of the notification's own body. */
  readonly body?: string
  readonly delayMs?: number
  readonly because?: string
  /** It never leaves. */
  readonly isDropped?: boolean
}

export interface Draft {
  readonly event: string
  readonly subject: string
  readonly reference: string
  /** The account that it has to do with, where its body does not say so. */
  readonly accountId?: string
  readonly body: string
  /** Where it goes; none: it is kept, and shown as having nowhere to go. */
  readonly urls: readonly string[]
  /** How it goes to each of them; absent: once, as it is. */
  readonly ways?: readonly Way[]
}

export interface OutboxOptions {
  readonly notifications: Collection<Notification>
  readonly deliveries: Collection<Delivery>
  readonly clock: Clock
  readonly sender: Sender
  readonly headers: Readonly<Record<string, string>>
  /** What comes after these tries, the last of which failed. */
  readonly retryAfter: (attempts: readonly Attempt[], delivery: Delivery) => { waitMs?: number; why: string }
  /** Why nothing may be sent there; undefined: it may. */
  readonly objection: (url: string) => string | undefined
  /** Whether somebody wants to let it go by hand. */
  readonly isHeld: (notification: Notification, delivery: Delivery) => boolean
  /** A text of the merchant's, without what must not be shown. */
  readonly masked: (text: string) => string
  /** Runs a change of the sandbox as one step. */
  readonly step: (work: () => void) => void
  /** Resolves when all steps so far are safe: nothing may be told that a crash could undo. */
  readonly settled: () => Promise<void> | undefined
  readonly happened: (happening: Happening) => void
  readonly onError: (error: unknown) => void
}

/** Finished notifications beyond this number are let go, the oldest first. */
export const keptNotifications = 10_000
/** And so are they where what was sent and answered takes up more than this: a body may have any length. */
export const keptBytes = 64 * 1024 * 1024

/**
 * Takes notifications to the merchant, at least once. It never stands in the way of a request: `put` is part of the
 * step that is told of, `pump` starts what is due and returns at once. What a merchant is told of one thing (an order,
 * an account) goes to one URL in order, one after the other; different things go side by side, over few connections. So
 * one dead URL never delays another, and a merchant that does not answer holds up what it does not answer.
 *
 * What is under way is known in memory only. After a crash every delivery that is not finished is still planned, and
 * is tried again.
 */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #queue: DueQueue<Delivery>
  readonly #deliveriesOf: Index<Delivery>
  readonly #lanes: Lanes<Delivery>
  /** Due, but the store or a step failed when it was their turn. */
  readonly #stranded: Delivery[] = []
  /** Ids of notifications that may be finished, the oldest first: the only ones looked at when some are let go. */
  readonly #finished = new Set<string>()
  /** Ids of deliveries that are being sent just now. */
  readonly #leaving = new Set<string>()
  #lastNumber = 0
  #bytes = 0
  #stopped = false

  constructor(options: OutboxOptions) {
    this.#options = options
    const { notifications, deliveries, sender } = options
    this.#queue = new DueQueue(deliveries, (delivery) => delivery.nextAttemptAt)
    this.#deliveriesOf = indexBy(deliveries, (delivery) => delivery.notificationId)
    this.#lanes = new Lanes({
      laneOf: ({ url, notificationId }) => `${url} ${notifications.get(notificationId)?.reference}`,
      room: ({ url }) => sender.room(url),
      work: (delivery) => this.#try(delivery),
    })
    notifications.observe((before, after) => {
      this.#bytes += (after?.body.length ?? 0) - (before?.body.length ?? 0)
      this.#lastNumber = Math.max(this.#lastNumber, after?.number ?? 0)
      if (!before && after?.ways === 0) this.#finished.add(after.id)
    })
    deliveries.observe((before, after) => {
      this.#bytes += bytesOf(after) - bytesOf(before)
      if (after && isFinished(after.status)) this.#finished.add(after.notificationId)
    })
  }

  /** Inside a step, that happens at this time. */
  put({ urls, ways = [{}], ...draft }: Draft, createdAt: number): Notification {
    const { notifications } = this.#options
    const all = [...new Set(urls)].flatMap((url) => ways.map((way) => [url, way] as const))
    const number = this.#lastNumber + 1
    const notification = notifications.put({ id: newId(), createdAt, ...draft, number, ways: all.length })
    for (const [url, way] of all) this.#plan(notification, url, way, createdAt)
    if (all.length === 0) this.#tell(notification, createdAt, { did: 'plan', status: 'nowhere to go' })
    this.#letGo()
    return notification
  }

  /** Inside a step: sends a notification once more. */
  resend(notification: Notification, url: string, way: Way, at: number): Delivery {
    const { notifications } = this.#options
    const current = notifications.get(notification.id) ?? notification
    const kept = notifications.put({ ...current, ways: current.ways + 1 })
    const planned = this.#plan(kept, url, { because: 'resend', ...way }, at)
    this.#letGo()
    return planned
  }

  /** Inside a step: what waits for its time waits for somebody's word instead. */
  hold = (delivery: Delivery): Delivery => this.#move(delivery, 'hold', { dueAt: delivery.nextAttemptAt })

  /** Inside a step: lets a held delivery go; those that are let go at the same time leave in this order. */
  release = (delivery: Delivery, at: number): Delivery => this.#move(delivery, 'release', { nextAttemptAt: at })

  /** Inside a step. */
  drop = (delivery: Delivery): Delivery => this.#move(delivery, 'drop', {})

  /** Inside a step: sends another body from now on than the one that was `sent` so far. */
  edit(delivery: Delivery, sent: string, body: string): Delivery {
    const attempts = delivery.attempts.map((attempt) => ({ body: sent, ...attempt }))
    const edited = this.#options.deliveries.put({ ...delivery, body, attempts, because: 'edited' })
    this.#tellWay(edited, 'edit')
    return edited
  }

  /** Whether it is being sent just now: then nobody can keep it back any more. */
  isLeaving = ({ id }: Delivery): boolean => this.#leaving.has(id)

  /** The number of the notification that comes next. */
  get nextNumber(): number {
    return this.#lastNumber + 1
  }

  /** All notifications are about to be replaced: numbers go on from the new ones. */
  startOver(): void {
    this.#queue.startOver()
    this.#stranded.length = 0
    this.#leaving.clear()
    this.#finished.clear()
    this.#lastNumber = 0
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

  #plan(notification: Notification, url: string, way: Way, at: number): Delivery {
    const { deliveries, isHeld } = this.#options
    const planned: Delivery = {
      id: newId(),
      notificationId: notification.id,
      url,
      status: 'planned',
      ...(way.body !== undefined && { body: way.body }),
      ...(way.because !== undefined && { because: way.because }),
      attempts: [],
      nextAttemptAt: at + (way.delayMs ?? 0),
    }
    const status = way.isDropped ? 'dropped' : isHeld(notification, planned) ? 'held' : 'planned'
    const put = deliveries.put(
      status === 'planned' ? planned : { ...planned, status, nextAttemptAt: undefined, dueAt: planned.nextAttemptAt },
    )
    this.#tellWay(put, 'plan', at)
    return put
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
    const { notifications, deliveries, clock, sender, headers, objection, settled, step } = this.#options
    await settled()
    const notification = notifications.get(planned.notificationId)
    const isOutdated = () => this.#stopped || deliveries.get(planned.id) !== planned
    if (!notification || isOutdated()) return
    const { url, body = notification.body } = planned
    const at = clock.now()
    const realAt = realNow()
    this.#leaving.add(planned.id)
    const result = await sender.send({ url, headers, body, objection }).finally(() => this.#leaving.delete(planned.id))
    const tried = { at, realAt, tookMs: realNow() - realAt }
    step(() => {
      // A reset, or somebody at the gate, may have been faster.
      if (!isOutdated()) this.#record(notification, planned, tried, result)
    })
  }

  #record(
    notification: Notification,
    delivery: Delivery,
    tried: Pick<Attempt, 'at' | 'realAt' | 'tookMs'>,
    { hopeless = false, ...result }: SendResult,
  ): void {
    const { retryAfter, isHeld, happened } = this.#options
    const { answer, error } = result
    const arrived = answer !== undefined && answer >= 200 && answer < 300
    const attempt: Attempt = { ...tried, ...this.#shown(result), why: '' }
    const next = arrived
      ? { why: `the answer ${answer} is a success` }
      : hopeless
        ? { why: 'another try could not end differently' }
        : retryAfter([...delivery.attempts, attempt], delivery)
    const attempts = [...delivery.attempts, { ...attempt, why: next.why }]
    const waitMs = 'waitMs' in next ? next.waitMs : undefined
    const nextAttemptAt = waitMs === undefined ? undefined : tried.at + waitMs
    const event = arrived ? 'arrive' : waitMs === undefined ? 'give_up' : 'retry'
    const moved = this.#change(delivery, event, { attempts, nextAttemptAt })
    if (isFinished(moved.status)) this.#letGo()
    const isKeptBack = moved.status === 'planned' && isHeld(notification, moved)
    happened({
      at: tried.at,
      what: 'notification',
      ...namesOf(notification),
      url: delivery.url,
      attempt: attempts.length,
      answer,
      error,
      status: isKeptBack ? 'held' : moved.status,
      nextAttemptAt,
    })
    if (isKeptBack) this.hold(moved)
  }

  /** What somebody wants to become of a delivery. */
  #move(delivery: Delivery, event: 'hold' | 'release' | 'drop', changes: Partial<Delivery>): Delivery {
    const moved = this.#change(delivery, event, changes)
    this.#tellWay(moved, event)
    return moved
  }

  #tellWay({ notificationId, url, status, because, nextAttemptAt }: Delivery, did: string, at?: number): void {
    const { notifications, clock } = this.#options
    const notification = notifications.get(notificationId)
    const details = { did, url, status, because, nextAttemptAt }
    if (notification) this.#tell(notification, at ?? clock.now(), details)
  }

  #tell(notification: Notification, at: number, details: Readonly<Record<string, string | number | undefined>>): void {
    this.#options.happened({ at, what: 'delivery', ...namesOf(notification), ...details })
  }

  #change(delivery: Delivery, event: Parameters<typeof deliveryMachine.next>[1], changes: Partial<Delivery>): Delivery {
    const status = deliveryMachine.next(delivery.status, event)
    if (!status) throw new Error(`delivery ${delivery.id} is ${delivery.status}: it cannot ${event}`)
    return this.#options.deliveries.put({ ...delivery, nextAttemptAt: undefined, dueAt: undefined, ...changes, status })
  }

  /** What is kept of an answer: no secrets, and only the beginning where much is kept already. */
  #shown({
    hopeless: _,
    ...result
  }: SendResult): Pick<Attempt, 'url' | 'answer' | 'answerHeaders' | 'answerBody' | 'error'> {
    const { masked } = this.#options
    const url = masked(result.url)
    if (result.answer === undefined) return { ...result, url, error: masked(result.error) }
    const most = this.#bytes > keptBytes ? 256 : Number.POSITIVE_INFINITY
    const headers = most === 256 ? [] : Object.entries(result.answerHeaders)
    return {
      ...result,
      url,
      answerHeaders: Object.fromEntries(headers.map(([name, value]) => [name, masked(value)])),
      answerBody: masked(result.answerBody.slice(0, most)),
    }
  }

  /** Inside a step. What is not finished is never let go, however much it is. */
  #letGo(): void {
    const { notifications, deliveries } = this.#options
    const tooMany = this.#finished.size - keptNotifications
    // In batches, and some at a time where they take up too much.
    const count = tooMany > keptNotifications / 10 ? tooMany : this.#bytes > keptBytes ? 10 : 0
    for (const id of [...this.#finished.values().take(count)]) {
      this.#finished.delete(id)
      const ways = this.deliveriesOf(id)
      // With several ways it comes again when the last one is done.
      if (ways.some(({ status }) => !isFinished(status))) continue
      for (const delivery of ways) deliveries.remove(delivery.id)
      notifications.remove(id)
    }
  }
}

const namesOf = ({ id, event, subject, reference }: Notification) => ({ id, event, subject, reference })

const isFinished = (status: DeliveryStatus): boolean => status !== 'planned' && status !== 'held'

const bytesOf = (delivery: Delivery | undefined): number =>
  (delivery?.attempts ?? []).reduce(
    (sum, { answerBody = '', answerHeaders = {} }) =>
      sum + answerBody.length + Object.entries(answerHeaders).flat().join('').length,
    delivery?.body?.length ?? 0,
  )
