import { RuleList, ruleOf, ScenarioName, wireRule } from '../rules.ts'
import { readScenario } from '../scenario-files.ts'
import type { AdminApi } from './admin-api.ts'

/**
 * GET and PUT /__admin/rules: what shall happen to which request; PUT replaces those given before.
 * PUT /__admin/scenario: the rules of a scenario file instead of those of the scenario before; null: of none.
 */
export function rules(api: AdminApi): void {
  api.get('/__admin/rules', (sandbox) => sandbox.rules.all.map(wireRule))

  api.put('/__admin/rules', RuleList, (sandbox, list) => {
    sandbox.setRules(
      'api',
      list.map((rule) => ruleOf(rule, 'api')),
    )
    return sandbox.rules.all.map(wireRule)
  })

  api.put('/__admin/scenario', ScenarioName, async (sandbox, { name }) => {
    sandbox.setRules('scenario', name === null ? [] : (await readScenario(name)).rules)
    return sandbox.rules.all.map(wireRule)
  })
}
