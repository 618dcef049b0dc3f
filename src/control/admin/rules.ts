import { RuleList, ruleOf, ScenarioName, wireRule } from '../rules.ts'
import { readScenario } from '../scenario-files.ts'
import type { AdminApi } from './admin-api.ts'

/**
 * GET and PUT /__admin/rules: what shall happen to which request; PUT replaces those given before.
 * PUT /__admin/scenario: the rules of a scenario file instead of those of the scenario before; null: of none.
 */
export function rules(api: AdminApi): void {
  api.get('/__admin/rules', { summary: 'What shall happen to which request, and how often it did' }, (sandbox) =>
    sandbox.rules.all.map(wireRule),
  )

  api.put(
    '/__admin/rules',
    { summary: 'Replaces the rules that came by the API', body: RuleList },
    (sandbox, { body: list }) => {
      sandbox.setRules(
        'api',
        list.map((rule) => ruleOf(rule, 'api')),
      )
      return sandbox.rules.all.map(wireRule)
    },
  )

  const scenario = { summary: 'Takes the rules of a scenario; null: of none', body: ScenarioName }
  api.put('/__admin/scenario', scenario, async (sandbox, { body: { name } }) => {
    sandbox.setRules('scenario', name === null ? [] : (await readScenario(name)).rules)
    return sandbox.rules.all.map(wireRule)
  })
}
