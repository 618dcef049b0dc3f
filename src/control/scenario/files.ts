import { readdir, readFile, stat } from 'node:fs/promises'
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

const hint = 'Expected the name of a file in fixtures/scenarios, or, on the command line, a path.'

/** Names of the scenarios that come with the emulator. */
export async function scenarioNames(): Promise<readonly string[]> {
  const files = await readdir(packageFile('fixtures/scenarios/'))
  return files.flatMap((file) => /^(.+)\.yaml$/.exec(file)?.[1] ?? []).sort()
}

/** One of them, as it is written. */
export const scenarioText = (name: string): Promise<string> =>
  readFile(packageFile(`fixtures/scenarios/${name}.yaml`), 'utf8')

/**
 * Reads a scenario by its name in fixtures/scenarios, or from a file (a path with "/" or an ending). Throws a Problem
 * that says which file, and what is wrong with it.
 */
export async function readScenario(name: string): Promise<Scenario> {
  const { body, faults } = await readAndCheck(name)
  if (body) return { name, body }
  throw new Problem(400, 'Bad scenario', `scenario ${name}: ${faults.slice(0, 5).join('; ')}`)
}

/** The same, with all that is wrong. Throws a Problem where there is no such file. */
export async function readAndCheck(name: string): Promise<Parsed> {
  const file = isPath(name) ? name : packageFile(`fixtures/scenarios/${name}.yaml`)
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
