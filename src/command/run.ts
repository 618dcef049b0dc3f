import { requestRun, type ScenarioResult, type StepResult } from '../client/scenarios.ts'
import { configOfFlags, readConfig } from '../config/index.ts'
import { readScenario, type Scenario } from '../control/scenario/files.ts'
import { openEmulator } from '../emulator.ts'
import { commonFlags } from './parse.ts'
import { targetFlags, targetOf } from './target.ts'
import { CommandError, defineVerb } from './verb.ts'

export const verb = defineVerb({
  operands: 'NAME|FILE...',
  flags: {
    url: { ...targetFlags.url, about: 'an emulator that is there already; without it one for this run alone' },
    'admin-token': targetFlags['admin-token'],
    ...commonFlags,
  },
  more: 'Comes to an end after at most the time that the scenario says; each step that fails is told with what was found.',
  examples: ['midtrans-emulator run link-happy'],
  exitCodes: '0 all passed, 1 a step failed, 2 bad input or failed start',
  async choices() {
    const { scenarioNames } = await import('../control/scenario/files.ts')
    return scenarioNames(undefined)
  },
  async run({ flags, operands }) {
    if (operands.length === 0) throw new CommandError('found no scenario, expected a name or a file')
    // All are read before the first runs: a bad file ends the command at once.
    const { scenarios: own } = await readConfig([])
    const scenarios = await Promise.all(operands.map((name) => readScenario(name, own)))
    await using emulator =
      flags.url === undefined
        ? await openEmulator(await configOfFlags(['--port', '0', '--log-level', 'error']))
        : { url: flags.url, [Symbol.asyncDispose]: async () => {} }
    const { adminToken } = targetOf({ ...flags, url: emulator.url, sandbox: undefined })
    let passed = true
    for (const scenario of scenarios) {
      const result = await runAt({ url: emulator.url, adminToken }, scenario)
      console.log(flags.json ? JSON.stringify(result) : report(result))
      passed &&= result.passed
    }
    return passed ? 0 : 1
  },
})

async function runAt(target: { url: string; adminToken: string | undefined }, { name, body }: Scenario) {
  try {
    return { ...(await requestRun(target, body)), scenario: name }
  } catch (error) {
    const why = error instanceof Error && error.message === 'fetch failed' ? error.cause : error
    const told = why instanceof Error ? why.message : String(why)
    throw new CommandError(`${name} cannot be run at ${target.url}: ${told}`)
  }
}

const report = ({ scenario, title, passed, steps, failure }: ScenarioResult): string =>
  [
    `${scenario}: ${title}`,
    ...steps.map(stepLine),
    passed ? `  passed, ${steps.length} steps` : `  FAILED: ${failure}`,
  ].join('\n')

const stepLine = ({ step, verb, name, passed, took_ms }: StepResult): string =>
  `  ${passed ? 'ok  ' : 'FAIL'} ${String(step).padStart(3)} ${verb}${name === undefined ? '' : ` ${name}`} (${took_ms} ms)`
