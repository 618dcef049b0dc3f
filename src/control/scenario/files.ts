import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { packageFile } from '../../package-files.ts'
import { mostBytes } from '../../text/document.ts'
import { isPath } from '../../text/path-or-name.ts'
import { Problem } from '../admin/problem.ts'
import type { ScenarioBody } from './format.ts'
import { type Parsed, parseScenario } from './parse.ts'

/** A scenario, and the name or file that it was read from. */
export interface Scenario {
  readonly name: string
  readonly body: ScenarioBody
}

const hint = 'GET /__admin/scenarios lists all; the command takes paths as well.'

/** A folder of somebody's own, whose scenarios go before those that come with the emulator; undefined: there is none. */
export type OwnFolder = string | undefined

/** What a name is in an address, and in a file's name before its ending. */
const namedFile = /^([a-z0-9-]{1,100})\.(?:yaml|yml|json)$/

/** What must have been meant as one: neither hidden, nor "some.schema.json". */
const likeNamedFile = /^[^.]+\.(?:yaml|yml|json)$/

/** Names of the scenarios that come with the emulator, and of one's own. */
export async function scenarioNames(own: OwnFolder): Promise<readonly string[]> {
  const files = await readdir(packageFile('fixtures/scenarios/'))
  const names = files.flatMap((file) => namedFile.exec(file)?.[1] ?? [])
  return [...new Set([...names, ...(await ownFiles(own)).keys()])].sort()
}

/** One's own scenarios, by name, with their files. Throws a Problem where the folder cannot be read, or a name is none. */
export async function ownFiles(own: OwnFolder): Promise<ReadonlyMap<string, string>> {
  if (own === undefined) return new Map()
  const files = await readdir(own).catch((error: NodeJS.ErrnoException) => {
    throw new Problem(
      400,
      'No such folder',
      `cannot read ${own} (${error.code})`,
      'Choose another one with --scenarios',
    )
  })
  const found = new Map<string, string>()
  for (const file of files.filter((each) => likeNamedFile.test(each)).sort()) {
    const name = namedFile.exec(file)?.[1]
    if (name === undefined) throw badName(own, `found ${file}, expected small letters, digits and - before its ending`)
    const other = found.get(name)
    if (other !== undefined) throw badName(own, `found ${file} beside ${basename(other)}, expected one of them`)
    found.set(name, join(own, file))
  }
  return found
}

const badName = (own: string, what: string) =>
  new Problem(400, 'Bad name of a scenario', `folder ${own}: ${what}`, 'Rename it, or move it to another folder')

/** A scenario that has a name, as it is written. */
export const scenarioText = async (name: string, own: OwnFolder): Promise<string> =>
  readFile(await fileOf(name, own), 'utf8')

const fileOf = async (name: string, own: OwnFolder): Promise<string | URL> =>
  (await ownFiles(own)).get(name) ?? packageFile(`fixtures/scenarios/${name}.yaml`)

/**
 * Reads a scenario by its name, or from a file (a path with "/" or an ending). Throws a Problem that says which file, and
 * what is wrong with it.
 */
export async function readScenario(name: string, own?: OwnFolder): Promise<Scenario> {
  const { body, faults } = await readAndCheck(name, own)
  if (body) return { name, body }
  throw new Problem(400, 'Bad scenario', `scenario ${name}: ${faults.slice(0, 5).join('; ')}`)
}

/** The same, with all that is wrong. Throws a Problem where there is no such file. */
export async function readAndCheck(name: string, own?: OwnFolder): Promise<Parsed> {
  const file = isPath(name) ? name : await fileOf(name, own)
  const size = await stat(file).then(
    (found) => found.size,
    () => {
      throw new Problem(404, 'No such scenario', `scenario ${name}: there is no such file`, hint)
    },
  )
  if (size > mostBytes) {
    throw new Problem(400, 'Bad scenario', `scenario ${name}: found ${size} bytes, expected up to ${mostBytes}`)
  }
  return parseScenario(await readFile(file, 'utf8'))
}
