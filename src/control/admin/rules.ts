import { RuleList, ruleOf, wireRule } from '../rules.ts'
import type { AdminApi } from './admin-api.ts'

/** GET and PUT /__admin/rules: what shall happen to which request; PUT replaces those given before. */
export function rules(api: AdminApi): void {
  api.get('/__admin/rules', { summary: 'What shall happen to which request, and how often it did' }, (sandbox) =>
    sandbox.rules.all.map(wireRule),
  )

  api.put(
    '/__admin/rules',
    { summary: 'Replaces the rules that came by the API', body: RuleList },
    (sandbox, { body: list }) => {
      sandbox.setRules(list.map((rule) => ruleOf(rule, 'api')))
      return sandbox.rules.all.map(wireRule)
    },
  )
}
