import TinyQueue from 'tinyqueue'
import type { Collection, Entity } from '../store/collection.ts'

interface Due {
  readonly at: number
  readonly order: number
  readonly id: string
}

/** The entities of a collection by due time, earliest first; equal times in the order in which they were planned. */
export class DueQueue<T extends Entity> {
  readonly #collection: Collection<T>
  readonly #dueAt: (entity: T) => number | undefined
  #heap = newHeap()
  #planned = 0

  /** `dueAt` gives milliseconds since epoch, or undefined for what is not due at all. */
  constructor(collection: Collection<T>, dueAt: (entity: T) => number | undefined) {
    this.#collection = collection
    this.#dueAt = dueAt
    collection.observe((before, after) => {
      const at = after && dueAt(after)
      if (after && at !== undefined && at !== (before && dueAt(before))) {
        this.#heap.push({ at, order: ++this.#planned, id: after.id })
      }
    })
  }

  /** All entities are about to be replaced: equal times are in the order of the new ones. */
  startOver(): void {
    this.#heap = newHeap()
  }

  /** The earliest entity, left where it is. Not for use inside a step: what a step undoes must still be in the heap. */
  peek(): { readonly at: number; readonly entity: T } | undefined {
    for (;;) {
      const first = this.#heap.peek()
      if (!first) return undefined
      const entity = this.#current(first)
      if (entity) return { at: first.at, entity }
      this.#heap.pop()
    }
  }

  /** Takes out all entities that are due by `at`, earliest first. They come back when their due time changes. */
  take(at: number): T[] {
    let first = this.peek()
    // After nearly every step there is nothing due.
    if (!first || first.at > at) return []
    const taken = new Set<T>()
    for (; first && first.at <= at; first = this.peek()) {
      this.#heap.pop()
      taken.add(first.entity)
    }
    return [...taken]
  }

  #current({ id, at }: Due): T | undefined {
    const entity = this.#collection.get(id)
    return entity && this.#dueAt(entity) === at ? entity : undefined
  }
}

const newHeap = () => new TinyQueue<Due>([], (a, b) => a.at - b.at || a.order - b.order)
