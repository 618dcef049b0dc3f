import type { StoredRecord } from './store.ts'

/** The part of a collection that the change log works on. */
export interface Undoable {
  readonly name: string
  /** Sets, or with undefined takes away, the slot of an id. */
  restore(id: string, slot: StoredRecord | undefined): void
  /** Lets go of the slot of an id that was removed and not put again. */
  sweep(id: string): void
}

interface Change {
  readonly collection: Undoable
  readonly before: StoredRecord | undefined
  /** What a collection holds is what a store gets; an undefined value is a record removed in the running step. */
  readonly after: StoredRecord
}

/**
 * Remembers what the running step changed, so that a step that throws leaves no trace. Its cost is that of the change:
 * copying the whole state instead took milliseconds per step at a few thousand transactions.
 */
export class ChangeLog {
  #changes: Change[] | undefined

  /** Runs `work` as one step: hands its changes to `keep` or, if it throws, takes them back and throws on. */
  step<T>(work: () => T, keep: (records: readonly StoredRecord[]) => void): T {
    if (this.#changes) throw new Error('a step cannot start inside a step')
    const changes: Change[] = []
    this.#changes = changes
    try {
      const result = work()
      if (result instanceof Promise) throw new Error('an operation must be synchronous: it returned a promise')
      if (changes.length > 0) {
        keep(changes.map(({ after }) => after))
        for (const { collection, after } of changes) if (!after.value) collection.sweep(after.id)
      }
      return result
    } catch (error) {
      for (const { collection, before, after } of changes.reverse()) collection.restore(after.id, before)
      throw error
    } finally {
      this.#changes = undefined
    }
  }

  add(change: Change): void {
    if (!this.#changes) throw new Error(`${change.collection.name} was changed outside of a step`)
    this.#changes.push(change)
  }
}
