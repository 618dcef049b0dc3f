import type { StoredRecord } from './engine/store/store.ts'

/** All that a sandbox knew at a time of its own, but for who it is. Readonly data, which it shares with the sandbox. */
export interface Snapshot {
  readonly now: number
  readonly records: readonly StoredRecord[]
}

/** What a sandbox was like at moments that somebody named. In memory only. */
export class Snapshots {
  readonly #byName = new Map<string, Snapshot>()

  /** By name, the oldest first. */
  get all(): ReadonlyMap<string, Snapshot> {
    return this.#byName
  }

  put(name: string, snapshot: Snapshot): void {
    this.#byName.delete(name)
    this.#byName.set(name, snapshot)
  }

  /** False: there is none of this name. */
  delete(name: string): boolean {
    return this.#byName.delete(name)
  }
}
