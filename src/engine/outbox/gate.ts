import { newId } from '../ids.ts'
import { isMeant, type Match } from '../scenarios/rule.ts'
import type { Collection } from '../store/collection.ts'
import { factsOf } from './facts.ts'
import type { Delivery, Notification } from './notification.ts'
import type { Outbox } from './outbox.ts'

/** What shall wait for somebody's word. */
export interface Hold {
  readonly id: string
  readonly filter: Match
}

interface GateOptions {
  readonly holds: Collection<Hold>
  readonly notifications: Collection<Notification>
  readonly deliveries: Collection<Delivery>
}

/** A step debugger for notifications: holds them, and lets them go one by one. All that changes runs inside a step. */
export class Gate {
  readonly #options: GateOptions

  constructor(options: GateOptions) {
    this.#options = options
  }

  get holds(): readonly Hold[] {
    return [...this.#options.holds.values()]
  }

  isHeld(notification: Notification, delivery: Delivery): boolean {
    const { holds } = this.#options
    // For every notification: most sandboxes hold nothing.
    if (holds.size === 0) return false
    const facts = factsOf(notification, delivery)
    return this.holds.some(({ filter }) => isMeant(filter, facts))
  }

  /** From now on, and for what has not left yet. */
  hold(outbox: Outbox, filter: Match): void {
    const isKnown = this.holds.some((hold) => JSON.stringify(hold.filter) === JSON.stringify(filter))
    if (!isKnown) this.holdApart(outbox, filter)
  }

  /** The same, until this very hold is ended: there may be another one that means the same. */
  holdApart(outbox: Outbox, filter: Match): Hold {
    const hold = this.#options.holds.put({ id: newId(), filter })
    for (const { notification, delivery } of this.#all()) {
      const waits = delivery.status === 'planned' && !outbox.isLeaving(delivery)
      if (waits && this.isHeld(notification, delivery)) outbox.hold(delivery)
    }
    return hold
  }

  /** What it held, and no other hold means, goes on as it would have gone. */
  endHold(outbox: Outbox, { id, filter }: Hold, now: number): void {
    this.#options.holds.remove(id)
    for (const { notification, delivery } of this.held) {
      const isFree = isMeant(filter, factsOf(notification, delivery)) && !this.isHeld(notification, delivery)
      if (isFree) goOn(outbox, delivery, now)
    }
  }

  /** In the order in which they were told of. */
  get held(): readonly { notification: Notification; delivery: Delivery }[] {
    return this.#all().filter(({ delivery }) => delivery.status === 'held')
  }

  /** Holds nothing any more; all that is held goes on as it would have gone, what is overdue now. */
  resume(outbox: Outbox, now: number): readonly Delivery[] {
    for (const { id } of this.holds) this.#options.holds.remove(id)
    return this.held.map(({ delivery }) => goOn(outbox, delivery, now))
  }

  #all(): { notification: Notification; delivery: Delivery }[] {
    const { deliveries, notifications } = this.#options
    return [...deliveries.values()].flatMap((delivery) => {
      const notification = notifications.get(delivery.notificationId)
      return notification ? [{ notification, delivery }] : []
    })
  }
}

/** What is overdue goes now. */
const goOn = (outbox: Outbox, delivery: Delivery, now: number): Delivery =>
  outbox.release(delivery, Math.max(now, delivery.dueAt ?? now))
