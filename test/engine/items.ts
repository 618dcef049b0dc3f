import { ChangeLog } from '../../src/engine/store/change-log.ts'
import { Collection } from '../../src/engine/store/collection.ts'
import { type Index, indexBy } from '../../src/engine/store/index-by.ts'
import type { StoredRecord } from '../../src/engine/store/store.ts'
import { DueQueue } from '../../src/engine/time/due-queue.ts'

/** An entity with all that the engine looks at: an id, a second key, a due time. */
export interface Item {
  readonly id: string
  readonly key?: string | undefined
  readonly dueAt?: number | undefined
  readonly text?: string
}

export interface Items {
  readonly items: Collection<Item>
  readonly byKey: Index<Item>
  readonly queue: DueQueue<Item>
  /** All steps that were kept, as a store gets them. */
  readonly kept: (readonly StoredRecord[])[]
  step<T>(work: () => T): T
  /** Runs a step that does `work` and then throws. */
  failedStep(work: () => void): void
}

/** A collection of items that is indexed and queued, filled with what was kept before. */
export function openItems(records: readonly StoredRecord[] = []): Items {
  const log = new ChangeLog()
  const items = new Collection<Item>('items', log)
  const byKey = indexBy(items, (item) => item.key)
  const queue = new DueQueue(items, (item) => item.dueAt)
  const kept: (readonly StoredRecord[])[] = []
  items.fill(records)
  const step = <T>(work: () => T) => log.step(work, (changed) => kept.push(changed))
  return {
    items,
    byKey,
    queue,
    kept,
    step,
    failedStep(work) {
      const failure = new Error('the step fails')
      try {
        step(() => {
          work()
          throw failure
        })
      } catch (error) {
        if (error !== failure) throw error
      }
    },
  }
}

/** What a store hands back after these steps. */
export function storedAfter(steps: readonly (readonly StoredRecord[])[]): StoredRecord[] {
  const latest = new Map(steps.flat().map((record) => [`${record.collection}/${record.id}`, record]))
  return [...latest.values()].filter((record) => record.value !== undefined)
}

export const idsOf = (items: Iterable<Item>): string[] => Array.from(items, (item) => item.id)
