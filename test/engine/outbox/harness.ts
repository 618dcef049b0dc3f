import { expect } from 'vitest'
import type { Happening } from '../../../src/engine/journal.ts'
import type { Attempt, Delivery, Notification } from '../../../src/engine/outbox/notification.ts'
import { type Draft, Outbox, type OutboxOptions } from '../../../src/engine/outbox/outbox.ts'
import { undiciSender } from '../../../src/engine/outbox/send.ts'
import { ChangeLog } from '../../../src/engine/store/change-log.ts'
import { Collection } from '../../../src/engine/store/collection.ts'
import { memoryStore } from '../../../src/engine/store/memory.ts'
import { Clock, type ClockReading } from '../../../src/engine/time/clock.ts'

export const startAt = Date.UTC(2025, 0, 1)

/** What a test may want to be different: by default a failed try is repeated after a minute, for ever. */
type Wishes = Partial<Pick<OutboxOptions, 'settled' | 'objection' | 'isHeld'>> & {
  /** Milliseconds until the next try; undefined: none. */
  readonly retryAfter?: (attempts: readonly Attempt[]) => number | undefined
  readonly store?: ReturnType<typeof memoryStore>
}

/** An outbox in a sandbox of nothing else, whose clock stands still. It really sends, to servers of this machine. */
export async function openOutbox(wishes: Wishes = {}) {
  const store = wishes.store ?? memoryStore()
  const log = new ChangeLog()
  const notifications = new Collection<Notification>('notifications', log)
  const deliveries = new Collection<Delivery>('deliveries', log)
  const readings = new Collection<ClockReading>('clock', log)
  const clock = new Clock(readings)
  const sender = undiciSender({ timeoutMs: 15_000, redirects: 5, connectionsPerHost: 8 })
  const happenings: Happening[] = []
  const errors: unknown[] = []
  const step = <T>(work: () => T) => log.step(work, (records) => store.keep(records))
  const outbox = new Outbox({
    notifications,
    deliveries,
    clock,
    sender,
    headers: { 'content-type': 'application/json' },
    retryAfter: (attempts) => {
      const waitMs = wishes.retryAfter ? wishes.retryAfter(attempts) : 60_000
      return waitMs === undefined ? { why: 'given up' } : { waitMs, why: 'tried again' }
    },
    objection: wishes.objection ?? (() => undefined),
    isHeld: wishes.isHeld ?? (() => false),
    masked: (text) => text,
    step,
    settled: wishes.settled ?? (() => store.settled()),
    happened: (happening) => happenings.push(happening),
    onError: (error) => errors.push(error),
  })
  const records = await store.load()
  for (const collection of [notifications, deliveries, readings]) {
    collection.fill(records.filter((record) => record.collection === collection.name))
  }
  const setClock = (at: number) => step(() => clock.freeze(at))
  if (records.length === 0) setClock(startAt)

  return {
    outbox,
    notifications,
    deliveries,
    happenings,
    errors,
    store,
    step,
    setClock,
    /** Puts a notification to each of these, as one step. */
    put: (reference: string, ...urls: readonly string[]) =>
      step(() => outbox.put(draft(reference, ...urls), clock.now())),
    statuses: () => Array.from(deliveries.values(), ({ status }) => status),
    async [Symbol.asyncDispose]() {
      outbox.stop()
      await sender.close()
    },
  }
}

/** A message about what stands before the dash: order-1 and order-2 are two messages about one thing. */
export const draft = (name: string, ...urls: readonly string[]): Draft => ({
  event: 'transaction.settlement',
  subject: `id of ${name}`,
  reference: name.replace(/-\d+$/, ''),
  body: JSON.stringify({ order_id: name }),
  urls,
})

/** What is known of a try beforehand: all but how long it took. */
export const attempt = (more: Partial<Attempt>): unknown =>
  expect.objectContaining({ tookMs: expect.any(Number), realAt: expect.any(Number), why: expect.any(String), ...more })
