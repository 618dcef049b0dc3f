/** A record as a store sees it. `rank` is its place in its collection, by first insertion. */
export interface StoredRecord {
  readonly collection: string
  readonly id: string
  readonly rank: number
  /** Readonly JSON data; undefined: the record was removed. */
  readonly value: unknown
}

/**
 * Where a sandbox is kept. A store knows nothing of what it keeps: only that the records of one step belong together.
 * Every implementation passes test/engine/store.contract.ts.
 */
export interface Store {
  /** All that is kept, in any order, without removed records. Called once, before the first `keep`. */
  load(): Promise<readonly StoredRecord[]>
  /** Keeps what one step changed: after a crash all of it is there or none, and never a later step without this one. */
  keep(step: readonly StoredRecord[]): void
  /** Resolves once every step given so far is safe, rejects if it could not be written; undefined: all is safe now. */
  settled(): Promise<void> | undefined
  /** Writes what is outstanding and lets go of the place. */
  close(): Promise<void>
  /** Takes away all that was kept; what is given from now on is not kept. */
  discard(): Promise<void>
}
