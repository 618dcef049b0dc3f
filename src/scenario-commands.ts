import { parseArgs } from 'node:util'
import { requestRun, type ScenarioResult, type StepResult } from './client/scenarios.ts'
import { ConfigError, readConfig } from './config.ts'
import { Problem } from './control/admin/problem.ts'
import { readAndCheck, readScenario, type Scenario } from './control/scenario/files.ts'
import { openEmulator } from './emulator.ts'

/** `run NAME|FILE... [--url URL] [--json]`: true where all scenarios passed. Rejects where one is none. */
export async function runScenarios(args: readonly string[]): Promise<boolean> {
  const options = { url: { type: 'string' }, json: { type: 'boolean' }, 'admin-token': { type: 'string' } } as const
  const { values, positionals } = readArgs(() => parseArgs({ args: [...args], options, allowPositionals: true }))
  // All are read before the first runs: a bad file ends the command at once.
  const scenarios = await Promise.all(positionals.map(readScenario))
  const adminToken = values['admin-token'] ?? readConfig([]).admin?.token
  await using emulator =
    values.url === undefined
      ? await openEmulator(readConfig(['--port', '0', '--log-level', 'error'], {}))
      : { url: values.url, [Symbol.asyncDispose]: async () => {} }
  let passed = true
  for (const scenario of scenarios) {
    const result = await runAt({ url: emulator.url, adminToken }, scenario)
    console.log(values.json ? JSON.stringify(result) : report(result))
    passed &&= result.passed
  }
  return passed
}

/** `validate FILE...`: true where all are scenarios; says what is wrong with those that are not. */
export async function validateScenarios(args: readonly string[]): Promise<boolean> {
  const { positionals } = readArgs(() => parseArgs({ args: [...args], options: {}, allowPositionals: true }))
  const checked = await Promise.all(positionals.map(check))
  for (const [index, { body, faults = [] }] of checked.entries()) {
    const file = positionals[index]
    console.log((body ? [`${file}: ok`] : faults.map((fault) => `${file}: ${fault}`)).join('\n'))
  }
  return checked.every(({ body }) => body)
}

/** A file that is not there is one more fault. */
const check = (file: string) =>
  readAndCheck(file).catch((error) => {
    if (error instanceof Problem) return { body: undefined, faults: [error.message] }
    throw error
  })

async function runAt(target: { url: string; adminToken: string | undefined }, { name, body }: Scenario) {
  try {
    return { ...(await requestRun(target, body)), scenario: name }
  } catch (error) {
    const why = error instanceof Error && error.message === 'fetch failed' ? error.cause : error
    const told = why instanceof Error ? why.message : String(why)
    throw new ConfigError(`${name} cannot be run at ${target.url}: ${told}`)
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

/** What `parseArgs` reads; a complaint of it is one about the command line. */
function readArgs<Read extends { readonly positionals: readonly string[] }>(parse: () => Read): Read {
  const read = told(parse)
  if (read.positionals.length === 0) throw new ConfigError('found no scenario, expected a name or a file')
  return read
}

function told<Read>(parse: () => Read): Read {
  try {
    return parse()
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message.split('. ')[0] : error}`)
  }
}
