import { type Fault, shown, told } from '../text/fault.ts'
import { didYouMean } from '../text/nearest-name.ts'
import type { FoundFile } from './find-file.ts'
import type { Given } from './given.ts'
import { keyOf, type Name, names } from './settings.ts'

const nameOf: ReadonlyMap<string, Name> = new Map(names.map((name) => [keyOf(name), name]))

/** JSON has no comments: there, a key tells editors where the schema is. */
const schemaKey = '$schema'

export interface FileSettings {
  readonly given: ReadonlyMap<Name, Given>
  readonly faults: readonly string[]
}

/** The settings that a file gives. A key without a value counts as not given. */
export function settingsOf({ from, at, folder, document }: FoundFile): FileSettings {
  const { value, lineOf } = document
  // All of it may be comments.
  if (value === null) return { given: new Map(), faults: [] }
  if (typeof value !== 'object' || Array.isArray(value)) {
    return { given: new Map(), faults: [`${at}: found ${shown(value)}, expected settings such as "port: 8765"`] }
  }
  const given = new Map<Name, Given>()
  const faults: string[] = []
  for (const [key, found] of Object.entries(value)) {
    const name = nameOf.get(key)
    if (key === schemaKey || (name && found === null)) continue
    if (name) given.set(name, { from, at, found, inFile: { key, folder, lineOf } })
    else faults.push(`${at}: ${told(unknownKey(key), lineOf(unknownKey(key)))}`)
  }
  return { given, faults }
}

function unknownKey(key: string): Fault {
  const near = didYouMean(key, [...nameOf.keys()]) || '; `midtrans-emulator config` lists all'
  return { path: [key], isKey: true, text: `found an unknown key${near}` }
}
