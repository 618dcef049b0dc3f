import { type Static, Type } from 'typebox'
import type { Sandbox } from '../../sandbox.ts'
import type { Sandboxes } from '../../sandboxes.ts'
import type { AdminApi, ProcessApi } from './admin-api.ts'
import { Problem } from './problem.ts'
import { wireRules } from './rules.ts'

/** Loaded by whoever uses scenarios: all others would pay for it with every start. */
export const scenarioTools = () => import('../scenario/index.ts')

const namePattern = '^[a-z0-9-]{1,100}$'

const Load = Type.Object(
  {
    name: Type.Union([Type.String({ pattern: namePattern }), Type.Null()], { description: 'null: of none.' }),
    seed: Type.Optional(
      Type.String({ maxLength: 1_000, description: 'What chance is made from, instead of the seeds of its rules.' }),
    ),
  },
  { additionalProperties: false },
)

/**
 * GET /__admin/scenarios: those that come with the emulator, and one's own. GET /__admin/scenarios/:name: one of them.
 * GET /__admin/scenarios/schema.json: what a scenario can hold, as a JSON Schema.
 * PUT /__admin/scenario {"name", "seed"}: the payers, settings and rules of a scenario, without its steps, instead of
 * those of the scenario before. Null takes them away again, but for payers: who has a wallet keeps it.
 */
export function scenarios(api: AdminApi, ofAll: ProcessApi): void {
  const list = { summary: 'The scenarios that come with the emulator, and those of --scenarios' }
  ofAll.get('/__admin/scenarios', list, async ({ scenarioFolder }) => {
    const { readScenario, scenarioNames } = await scenarioTools()
    const names = await scenarioNames(scenarioFolder)
    const all = await Promise.all(names.map((name) => readScenario(name, scenarioFolder)))
    return all.map(({ name, body: { title, story, steps = [] } }) => ({ name, title, story, steps: steps.length }))
  })

  ofAll.get('/__admin/scenarios/schema.json', { summary: 'What a scenario can hold, as a JSON Schema' }, async () => {
    return (await scenarioTools()).ScenarioSchema
  })

  const one = {
    summary: 'One scenario, as it is written',
    params: { name: ['A name from GET /__admin/scenarios.', 'flaky-network'] },
  } as const
  ofAll.get('/__admin/scenarios/:name', one, async (sandboxes, { params }) => {
    return (await namedScenario(sandboxes, params.name)).body
  })

  const load = {
    summary: 'Takes payers, settings and rules of a scenario; null: of none',
    body: Load,
    example: { name: 'flaky-network', seed: '7' },
  }
  api.put('/__admin/scenario', load, async (sandbox, { body, sandboxes }) => {
    const title = await loadInto(sandbox, body, sandboxes)
    return { scenario: body.name, title, rules: wireRules(sandbox, sandbox.rules.all) }
  })
}

/** By a name only: the API reads no other files. */
export async function namedScenario({ scenarioFolder }: Sandboxes, name = '') {
  const { readScenario } = await scenarioTools()
  if (new RegExp(namePattern).test(name)) return readScenario(name, scenarioFolder)
  throw new Problem(400, 'Bad name', `found the scenario "${name}", expected a name from GET /__admin/scenarios`)
}

async function loadInto(sandbox: Sandbox, { name, seed }: Static<typeof Load>, sandboxes: Sandboxes) {
  if (name === null) {
    sandbox.setScenario({}, [])
    return undefined
  }
  const [{ loadingOf }, { body }] = await Promise.all([scenarioTools(), namedScenario(sandboxes, name)])
  const rules = seed === undefined ? body.rules : body.rules?.map((rule) => ({ ...rule, seed }))
  loadingOf({ name, body: { ...body, ...(rules && { rules }) } }, sandboxes)(sandbox)
  return body.title
}
