import { hash, randomUUID } from 'node:crypto'
import { nanoid } from 'nanoid'
import type { Collection } from './store/collection.ts'

/** Gives a text that no other id is made of. */
type IdSource = () => string

/** What ids are made of while the running step works; undefined: they are random. Steps are synchronous. */
let source: IdSource | undefined

/** Runs synchronous work whose ids are all made of what a source gives; undefined: they are random. */
export function withIds<T>(ids: IdSource | undefined, work: () => T): T {
  const before = source
  source = ids
  try {
    return work()
  } finally {
    source = before
  }
}

/** A UUID v4: what Midtrans gives to transactions, accounts, tokens and error answers. */
export const newUuid = (): string => (source ? uuidOf(source()) : randomUUID())

/** A short, unguessable id for what only the emulator knows: page sessions, notifications, ledger entries. */
export const newId = (): string => (source ? idOf(source()) : nanoid())

/** So many digits, 32 at the most, that nothing else is made of. */
export const newDigits = (count: number): string =>
  BigInt(`0x${newUuid().replaceAll('-', '')}`)
    .toString()
    .padStart(count, '0')
    .slice(-count)

/** The UUID, a v4 in looks, that these parts always give. */
export function uuidOf(...parts: readonly (string | number)[]): string {
  const hex = hash('sha256', parts.join('|'))
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The short id that these parts always give. */
export const idOf = (...parts: readonly string[]): string => hash('sha256', parts.join('|'), 'base64url').slice(0, 21)

/** How many ids were made of the seed. */
export interface IdCount {
  readonly id: 'ids'
  readonly made: number
}

/** Inside a step: the number of the next id, counted as part of the step, so that what is undone is not counted. */
export function nextIdNumber(counts: Collection<IdCount>): number {
  const made = (counts.get('ids')?.made ?? 0) + 1
  counts.put({ id: 'ids', made })
  return made
}
