import type { Settings } from '../../midtrans/settings.ts'
import type { Sandbox } from '../../sandbox.ts'
import { Problem } from '../admin/problem.ts'
import { settingsChange } from '../admin/settings.ts'
import { givePayer } from '../payers.ts'
import { ruleOf } from '../rules.ts'
import type { Scenario } from './files.ts'
import { hasReference, resolved } from './references.ts'

/**
 * What puts a scenario, without its steps, into a sandbox: its payers, and its settings and rules in the place of those
 * of the scenario before. Throws a Problem where they cannot be had beside these settings.
 */
export function loadingOf({ name, body }: Scenario, base: Pick<Settings, 'quirks'>): (sandbox: Sandbox) => void {
  const begins = { settings: body.settings, rules: body.rules, payers: body.payers }
  if (hasReference(begins)) {
    const fault = `scenario ${name}: found references before its steps, which mean nothing outside of a run`
    throw new Problem(400, 'Only to be run', fault, `Run it: POST /__admin/scenarios/${name}/run.`)
  }
  // Only `$${`, which stands for `${`, is left to be replaced: a body stays of its type.
  const { settings = {}, rules = [], payers = [] } = resolved(begins, {}) as typeof begins
  const change = settingsChange(settings, base)
  const all = rules.map((rule) => ruleOf(rule, `scenario:${name}`))
  return (sandbox) => {
    for (const payer of payers) givePayer(sandbox, payer)
    sandbox.setScenario(change, all)
  }
}
