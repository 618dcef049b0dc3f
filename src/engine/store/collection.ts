import type { ChangeLog } from './change-log.ts'
import type { StoredRecord } from './store.ts'

export interface Entity {
  readonly id: string
}

/** Told of every change, undone ones included: undefined before is an insertion, undefined after a removal. */
export type Observer<T> = (before: T | undefined, after: T | undefined) => void

interface Slot<T> extends StoredRecord {
  readonly value: T | undefined
}

/** Entities by id, in the order of their first insertion. Changed only inside a step. */
export class Collection<T extends Entity> {
  readonly name: string
  readonly #log: ChangeLog
  readonly #slots = new Map<string, Slot<T>>()
  readonly #observers: Observer<T>[] = []
  #lastRank = 0
  #size = 0

  constructor(name: string, log: ChangeLog) {
    this.name = name
    this.#log = log
  }

  get size(): number {
    return this.#size
  }

  get(id: string): T | undefined {
    return this.#slots.get(id)?.value
  }

  /** All entities, by first insertion. */
  *values(): Generator<T> {
    for (const { value } of this.#slots.values()) if (value) yield value
  }

  /** Its place among all, by first insertion; 0 for an id that is not there. */
  rankOf(id: string): number {
    return this.#slots.get(id)?.rank ?? 0
  }

  put(value: T): T {
    this.#change(value.id, value)
    return value
  }

  remove(id: string): void {
    if (this.get(id)) this.#change(id, undefined)
  }

  observe(observer: Observer<T>): void {
    this.#observers.push(observer)
  }

  /** For the change log only. */
  restore(id: string, slot: Slot<T> | undefined): void {
    const before = this.#slots.get(id)?.value
    if (slot) this.#slots.set(id, slot)
    else this.#slots.delete(id)
    this.#tell(before, slot?.value)
  }

  /** For the change log only. */
  sweep(id: string): void {
    if (!this.get(id)) this.#slots.delete(id)
  }

  /** All that is held, as a store gets it. */
  *records(): Generator<StoredRecord> {
    for (const slot of this.#slots.values()) if (slot.value) yield slot
  }

  /**
   * Inside a step: these records instead of all that it holds, with their ranks. Their values are copied: whoever still
   * works with what was there before, the same one perhaps, can tell that it is not there any more.
   */
  replace(records: readonly StoredRecord[]): void {
    // The last one first, and not left as gaps: undone, all come back in their order.
    for (const [id, before] of [...this.#slots].reverse()) {
      this.#log.add({ collection: this, before, after: { ...before, value: undefined } })
      this.restore(id, undefined)
    }
    const copies = records.map((record) => ({ ...record, value: { ...(record.value as T) } }))
    for (const record of inOrder(copies)) this.#log.add({ collection: this, before: undefined, after: record })
    this.fill(copies)
  }

  /** Fills an empty collection from a store. */
  fill(records: readonly StoredRecord[]): void {
    for (const record of inOrder(records)) {
      // The store hands back what this collection once gave it.
      this.restore(record.id, record as Slot<T>)
      this.#lastRank = Math.max(this.#lastRank, record.rank)
    }
  }

  #change(id: string, value: T | undefined): void {
    const before = this.#slots.get(id)
    const after: Slot<T> = { collection: this.name, id, rank: before?.rank ?? ++this.#lastRank, value }
    this.#log.add({ collection: this, before, after })
    this.#slots.set(id, after)
    this.#tell(before?.value, value)
  }

  #tell(before: T | undefined, after: T | undefined): void {
    this.#size += Number(after !== undefined) - Number(before !== undefined)
    if (before !== after) for (const observer of this.#observers) observer(before, after)
  }
}

const inOrder = (records: readonly StoredRecord[]) => records.toSorted((a, b) => a.rank - b.rank)
