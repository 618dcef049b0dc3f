import { Type } from 'typebox'
import type { Sandboxes } from '../../sandboxes.ts'
import { ownUrl } from '../own-url.ts'
import type { Scenario } from '../scenario/files.ts'
import { shownToken } from './access.ts'
import type { Call, ProcessApi } from './admin-api.ts'
import { Problem } from './problem.ts'
import { namedScenario, scenarioTools } from './scenarios.ts'

/** Each has a port and a sandbox of its own. */
const mostAtOnce = 32

/** What it can hold is told by GET /__admin/scenarios/schema.json; it is checked by that, in words that help. */
const Inline = Type.Object({ title: Type.String() }, { additionalProperties: true })

const query = { keep: 'true: keeps the sandbox of the run, to be looked at with its server_key.' }

/**
 * POST /__admin/scenarios/:name/run, POST /__admin/scenarios/run {scenario}: runs the steps of a scenario in a sandbox
 * of its own, which is gone after that, unless `?keep=true`. The answer tells of each step; HTTP 200 also where one
 * failed.
 */
export function scenarioRuns(ofAll: ProcessApi): void {
  let underWay = 0
  const runAside = async (sandboxes: Sandboxes, scenario: Scenario, call: Call) => {
    if (underWay >= mostAtOnce) throw tooMany(`Found ${underWay} runs under way, expected fewer`)
    underWay++
    try {
      return await runIn(sandboxes, scenario, call)
    } finally {
      underWay--
    }
  }

  const named = {
    summary: 'Runs a scenario in a sandbox of its own, and tells of each step',
    params: { name: ['A name from GET /__admin/scenarios.', 'handler-down-five-hours'] },
    query,
  } as const
  ofAll.post('/__admin/scenarios/:name/run', named, async (sandboxes, call) =>
    runAside(sandboxes, await namedScenario(sandboxes, call.params.name), call),
  )

  const inline = {
    summary: 'The same, for a scenario that is sent here',
    body: Inline,
    query,
    example: {
      title: 'A payment that nobody knows',
      steps: [{ call: 'GET /v2/order-1/status', expect: { status_code: '404' } }],
    },
  }
  ofAll.post('/__admin/scenarios/run', inline, async (sandboxes, call) => {
    const { checkScenario } = await scenarioTools()
    const { body, faults } = await checkScenario(call.body)
    if (!body) throw new Problem(400, 'Bad scenario', faults.slice(0, 5).join('; '))
    return runAside(sandboxes, { name: 'inline', body }, call)
  })
}

async function runIn(sandboxes: Sandboxes, scenario: Scenario, { reply, signal, query }: Call) {
  const { run } = await scenarioTools()
  const sandbox = sandboxes.openAside()
  if (!sandbox) throw tooMany('Found no room for another sandbox')
  const { serverKey } = sandbox
  const keep = query.keep === 'true'
  try {
    const { request } = reply
    const target = { url: ownUrl(request), serverKey, adminToken: shownToken(request.headers), signal }
    const result = await run({ scenario, target })
    return keep ? { ...result, server_key: serverKey, merchant_id: sandbox.settings.merchantId } : result
  } finally {
    if (!keep) await sandboxes.delete(sandbox)
  }
}

const tooMany = (detail: string) => new Problem(429, 'Too many', detail, 'Try again when other runs have ended.')
