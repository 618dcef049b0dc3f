import { readFile } from 'node:fs/promises'
import type { NewRule } from '../engine/scenarios/rule-book.ts'
import { packageFile } from '../package-files.ts'
import { Problem } from './admin/problem.ts'
import { ruleOf, ScenarioFile } from './rules.ts'

export interface Scenario {
  readonly title: string
  readonly rules: readonly NewRule[]
}

const hint = 'Expected the name of a file in fixtures/scenarios, or, at the start, a path.'

/**
 * Reads a scenario by its name in fixtures/scenarios, or from a file (a path with "/" or an ending). Throws an error
 * that says which file, and what is wrong with it.
 */
export async function readScenario(name: string): Promise<Scenario> {
  const file = /[/\\.]/.test(name) ? name : packageFile(`fixtures/scenarios/${name}.yaml`)
  const shown = typeof file === 'string' ? file : name
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Problem(404, 'No such scenario', `scenario ${shown}: there is no such file`, hint)
  })
  // Only whoever uses scenario files pays for these: a fifth of a cold start.
  const [{ parse }, { Value }] = await Promise.all([import('yaml'), import('typebox/value')])
  const scenario: unknown = readYaml(parse, text, shown)
  if (!Value.Check(ScenarioFile, scenario)) {
    const faults = Value.Errors(ScenarioFile, scenario).map(({ instancePath, message }) => `${instancePath} ${message}`)
    throw new Problem(400, 'Bad scenario', `scenario ${shown}: ${faults.slice(0, 3).join('; ')}`)
  }
  try {
    return { title: scenario.title, rules: scenario.rules.map((rule) => ruleOf(rule, `scenario:${shown}`)) }
  } catch (error) {
    throw new Problem(400, 'Bad scenario', `scenario ${shown}: ${error instanceof Error ? error.message : error}`)
  }
}

/** YAML holds JSON, so one parser reads both. */
function readYaml(parse: (text: string) => unknown, text: string, shown: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    throw new Problem(
      400,
      'Bad scenario',
      `scenario ${shown}: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    )
  }
}
