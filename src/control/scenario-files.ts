import type { NewRule } from '../engine/scenarios/rule-book.ts'
import { packageFile } from '../package-files.ts'
import { Problem } from './admin/problem.ts'
import { readChecked } from './checked-file.ts'
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
  const scenario = await readChecked(ScenarioFile, { file, shown: `scenario ${shown}`, hint })
  try {
    return { title: scenario.title, rules: scenario.rules.map((rule) => ruleOf(rule, `scenario:${shown}`)) }
  } catch (error) {
    throw new Problem(400, 'Bad scenario', `scenario ${shown}: ${error instanceof Error ? error.message : error}`)
  }
}
