import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { type Static, Type } from 'typebox'
import type { StoredRecord } from '../engine/store/store.ts'
import type { Timer } from '../engine/time/timers.ts'
import { shortKey } from '../midtrans/secrets.ts'
import { State } from '../midtrans/state.ts'
import type { Sandbox } from '../sandbox.ts'
import { isTimerKind } from '../sandbox-world.ts'
import type { Sandboxes } from '../sandboxes.ts'
import type { Snapshot } from '../snapshots.ts'
import { Problem } from './admin/problem.ts'
import { keyProblem } from './admin/sandboxes.ts'
import { latestTime, shapeFault } from './state-shapes.ts'

/** Sandboxes as one JSON file. Entities stand in their collections as a sandbox knows them, in their order. */
export const StateFile = Type.Object(
  {
    format: Type.Enum(['midtrans-emulator']),
    version: Type.Enum([1]),
    sandboxes: Type.Array(
      Type.Object(
        {
          server_key: Type.String({ minLength: 1, maxLength: 255 }),
          /** What its clock showed, in milliseconds since epoch. */
          now: Type.Integer({ minimum: 0, maximum: latestTime }),
          records: Type.Record(Type.String(), Type.Array(Type.Unknown())),
        },
        { additionalProperties: false },
      ),
      { maxItems: 10_000 },
    ),
  },
  { additionalProperties: false },
)
type StateFile = Static<typeof StateFile>

export function exported(sandboxes: readonly Sandbox[]): StateFile {
  return { format: 'midtrans-emulator', version: 1, sandboxes: sandboxes.map(exportedSandbox) }
}

function exportedSandbox({ serverKey, snapshot: { now, records } }: Sandbox): StateFile['sandboxes'][number] {
  const byCollection = Map.groupBy(records, ({ collection }) => collection)
  const values = Array.from(byCollection, ([name, all]) => [name, all.map(({ value }) => value)])
  return { server_key: serverKey, now, records: Object.fromEntries(values) }
}

/**
 * Looks through a whole file, and gives what puts it into place: sandboxes of the same keys are replaced, others opened.
 * Throws a Problem where anything in it is wrong; nothing has changed then.
 */
export function importing(sandboxes: Sandboxes, file: StateFile): () => readonly Sandbox[] {
  const read = file.sandboxes.map(({ server_key, now, records }, index) => {
    const where = `sandboxes.${index} (${shortKey(server_key)})`
    const snapshot = { now, records: Object.entries(records).flatMap((entry) => recordsOf(entry, where)) }
    tryOut(sandboxes, server_key, snapshot, where)
    return { serverKey: server_key, snapshot }
  })
  const keys = read.map(({ serverKey }) => serverKey)
  const twice = keys.find((key, index) => keys.indexOf(key) < index)
  if (twice !== undefined) throw badFile(`Found the server key ${shortKey(twice)} twice, expected each one once`)
  const objection = sandboxes.objectionTo(keys)
  if (objection !== undefined) throw keyProblem(objection)
  return () =>
    read.flatMap(({ serverKey, snapshot }) => {
      const sandbox = sandboxes.ofServerKey(serverKey)
      sandbox?.fill(snapshot)
      return sandbox ?? []
    })
}

/** Reads a file like those that `exported` makes. Throws a Problem that says which file, and what is wrong with it. */
export async function readStateFile(path: string): Promise<StateFile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Problem(400, 'No such file', `cannot read ${path} (${error.code})`, 'Choose another file with --import')
  })
  const { Value } = await import('typebox/value')
  const file = parsed(text, path)
  if (Value.Check(StateFile, file)) return file
  const faults = Value.Errors(StateFile, file).map(({ instancePath, message }) => `${instancePath} ${message}`)
  throw badFile(`${path}: ${faults.slice(0, 3).join('; ')}`)
}

/** Writes whole or not at all, for its owner only: it holds server keys. */
export async function writeStateFile(path: string, sandboxes: readonly Sandbox[]): Promise<void> {
  const unfinished = `${path}.tmp`
  try {
    await writeFile(unfinished, JSON.stringify(exported(sandboxes)), { mode: 0o600 })
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    const { code } = error as NodeJS.ErrnoException
    throw new Problem(
      500,
      'Not exported',
      `cannot write ${path} (${code})`,
      'Choose another file with --export-on-exit',
    )
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badFile(`${path} is not JSON`)
  }
}

const badFile = (fault: string) =>
  new Problem(400, 'Not a state file', fault, 'Expected what GET /__admin/export answers, of the same version.')

const collections = new Set(new State().names)
collections.delete('identity')

function recordsOf([collection, entities]: [string, readonly unknown[]], where: string): StoredRecord[] {
  if (!collections.has(collection)) {
    throw badFile(`${where}: found records.${collection}, expected some of ${[...collections].join(', ')}`)
  }
  const ids = new Set<string>()
  return entities.map((value, index) => {
    const at = `${where}: records.${collection}.${index}`
    const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
    if (typeof id !== 'string' || id === '') throw badFile(`${at} has no id, expected a text`)
    if (ids.has(id)) throw badFile(`${at} has the id ${id.slice(0, 100)}, which another one has`)
    ids.add(id)
    const fault = shapeFault(collection, value as object) ?? timerFault(collection, value as Timer)
    if (fault !== undefined) throw badFile(`${at}.${fault}`)
    return { collection, id, rank: index + 1, value }
  })
}

/** A timer that is named otherwise than it would be started, or that nobody knows, could never be stopped. */
function timerFault(collection: string, { id, kind, subject }: Timer): string | undefined {
  if (collection !== 'timers' || (isTimerKind(kind) && id === `${kind}:${subject}`)) return undefined
  return `kind: found ${kind} in the timer ${id.slice(0, 100)}, expected a known one, and the id KIND:SUBJECT`
}

function tryOut(sandboxes: Sandboxes, serverKey: string, snapshot: Snapshot, where: string): void {
  try {
    sandboxes.check(serverKey, snapshot)
  } catch (error) {
    throw badFile(`${where} cannot be opened: ${error instanceof Error ? error.message : error}`)
  }
}
