import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as immediate } from 'node:timers/promises'
import { addLine, openSegment, readSegment, type Segment } from './segment.ts'
import type { Store, StoredRecord } from './store.ts'

/** A segment is rewritten whole with each write, so it stays small; a new one starts when it is full. */
const fullSegmentBytes = 64 * 1024
/**
 * Lines for each valid one, beyond which the log is cleaned. A settled charge leaves two valid lines and, once its
 * notification is let go, two outdated ones: such a log is never cleaned, and a charge costs the same for ever.
 */
const cleaningFactor = 3
/** Garbage that is not worth a cleaning. */
const idleRows = 2_000
/** Files read at a time while loading. */
const readsAtATime = 32

const segmentName = /^(\d{8})\.json$/

/**
 * Keeps a sandbox in a folder, as a log in many small JSON files: 00000001.json, 00000002.json ... Each line is one
 * record as it stood after a step; the latest line of a record counts. lowdb writes each file whole and atomically, so
 * a kill at any moment leaves complete steps only. Steps that come while a write is under way share the next one.
 *
 * The cost of a step never depends on what is stored. When more than two thirds of all lines are outdated, each write
 * also carries over what is still valid of the oldest file, and then removes that file.
 *
 * `isFree` resolves when another store has left the folder: nothing is written before.
 */
export const fileStore = (folder: string, isFree?: Promise<void>): Store => new FileStore(folder, isFree)

const discardedEnd = '.discarded'

/** Whether a folder of this name is what is left of one that nobody needs any more. */
export const isDiscarded = (name: string): boolean => name.endsWith(discardedEnd)

class FileStore implements Store {
  readonly #folder: string
  readonly #isFree: Promise<void> | undefined
  /** Oldest first; the last one is written to. */
  readonly #segments: Segment[] = []
  #totalRows = 0
  /** collection -> id -> number of the segment that has the valid line. */
  readonly #home = new Map<string, Map<string, number>>()
  #liveRows = 0

  readonly #pending: StoredRecord[] = []
  #current: Promise<void> | undefined
  #next: Promise<void> | undefined
  #failed = false
  #isDiscarded = false

  constructor(folder: string, isFree: Promise<void> | undefined) {
    this.#folder = folder
    this.#isFree = isFree
  }

  async load(): Promise<readonly StoredRecord[]> {
    await this.#makeFolder()
    const numbers = (await readdir(this.#folder)).flatMap((name) => segmentName.exec(name)?.[1] ?? []).sort()
    const latest = new Map<string, StoredRecord>()
    for (let start = 0; start < numbers.length; start += readsAtATime) {
      const segments = numbers.slice(start, start + readsAtATime).map((number) => this.#open(Number(number)))
      const contents = await Promise.all(
        segments.map(async (segment) => [segment, await readSegment(segment)] as const),
      )
      for (const [segment, records] of contents) {
        for (const record of records) {
          latest.set(`${record.collection}/${record.id}`, record)
          this.#settle(record, segment.number)
        }
        this.#totalRows += segment.rows
        // What was written by an earlier process is never added to: a full segment is closed.
        segment.bytes = fullSegmentBytes
      }
      this.#segments.push(...segments)
    }
    return [...latest.values()].filter((record) => record.value !== undefined)
  }

  keep(step: readonly StoredRecord[]): void {
    if (this.#isDiscarded) return
    this.#pending.push(...step)
    this.#schedule()
  }

  settled(): Promise<void> | undefined {
    if (this.#failed && !this.#current) this.#schedule()
    return this.#next ?? this.#current
  }

  async close(): Promise<void> {
    await this.settled()
  }

  async discard(): Promise<void> {
    this.#isDiscarded = true
    await this.settled()?.catch(() => {})
    // A kill leaves either the whole folder, or one that nobody reads.
    const discarded = this.#folder + discardedEnd
    await rm(discarded, { recursive: true, force: true })
    await this.#makeFolder()
    await rename(this.#folder, discarded)
    await rm(discarded, { recursive: true, force: true })
  }

  #schedule(): void {
    if (this.#next !== undefined) return
    this.#next = this.#writeInTurn()
    // Whoever waits for `settled` gets the error; without anyone waiting it must not end the process.
    this.#next.catch(() => {})
  }

  async #writeInTurn(): Promise<void> {
    // One turn of the event loop lets all requests that came in together share a write.
    await (this.#current?.catch(() => {}) ?? immediate())
    await this.#isFree
    this.#current = this.#next
    this.#next = undefined
    try {
      await this.#write()
      this.#failed = false
    } catch (error) {
      this.#failed = true
      throw error
    } finally {
      this.#current = undefined
    }
  }

  #makeFolder(): Promise<unknown> {
    return mkdir(this.#folder, { recursive: true, mode: 0o700 })
  }

  async #write(): Promise<void> {
    if (this.#segments.length === 0 || this.#failed) await this.#makeFolder()
    const segment = this.#writable()
    for (const record of this.#pending.splice(0)) this.#append(segment, record)
    const outdated = await this.#carryOver(segment)
    await segment.low.write()
    if (outdated) {
      await rm(outdated.path, { force: true })
      this.#segments.shift()
      this.#totalRows -= outdated.rows
    }
  }

  #writable(): Segment {
    const last = this.#segments.at(-1)
    // After a failed write the lines are still in memory, and only there: they go out with the next write.
    if (last && (last.bytes < fullSegmentBytes || this.#failed)) return last
    if (last) last.low.data = []
    const segment = this.#open((last?.number ?? 0) + 1)
    this.#segments.push(segment)
    return segment
  }

  /** Copies what is still valid of the oldest segment, if there is garbage enough; returns the segment then. */
  async #carryOver(target: Segment): Promise<Segment | undefined> {
    const oldest = this.#segments[0]
    if (!oldest || oldest === target || this.#totalRows <= cleaningFactor * this.#liveRows + idleRows) return undefined
    // A record may stand in it several times: only the last line is valid.
    const valid = new Map<string, StoredRecord>()
    for (const record of await readSegment(this.#open(oldest.number))) {
      if (this.#home.get(record.collection)?.get(record.id) !== oldest.number) continue
      valid.set(`${record.collection}/${record.id}`, record)
    }
    for (const record of valid.values()) this.#append(target, record)
    return oldest
  }

  #append(segment: Segment, record: StoredRecord): void {
    addLine(segment, record)
    this.#totalRows++
    this.#settle(record, segment.number)
  }

  /** Notes which segment has the valid line of a record. A removed record has none: its line is garbage at once. */
  #settle({ collection, id, value }: StoredRecord, segment: number): void {
    const homes = this.#home.get(collection) ?? new Map<string, number>()
    this.#home.set(collection, homes)
    const before = homes.size
    if (value === undefined) homes.delete(id)
    else homes.set(id, segment)
    this.#liveRows += homes.size - before
  }

  #open(number: number): Segment {
    return openSegment(number, join(this.#folder, `${String(number).padStart(8, '0')}.json`))
  }
}
