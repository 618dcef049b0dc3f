import { refusalIn, send, type Target } from './http.ts'

/** How a step went. `found` and `expected` are there where they differ. */
export interface StepResult {
  /** From 1 on. */
  readonly step: number
  readonly name?: string
  readonly verb: string
  readonly passed: boolean
  /** Real time, in milliseconds. */
  readonly took_ms: number
  readonly found?: unknown
  readonly expected?: unknown
  /** What is wrong, in a sentence. */
  readonly error?: string
}

/** How a run went: all steps up to the first that failed. */
export interface ScenarioResult {
  readonly scenario: string
  readonly title: string
  readonly passed: boolean
  /** That of the sandbox it ran in, where it was kept. */
  readonly server_key?: string
  /** The same, as addresses of the dashboard name it. */
  readonly merchant_id?: string
  readonly steps: readonly StepResult[]
  /** Which step failed, what was found, and what was expected. */
  readonly failure?: string
}

export interface RunOptions {
  /** Keeps the sandbox of the run, to look at it. */
  readonly keep?: boolean
}

/**
 * Has an emulator run a scenario: one of its own by name, or one that is given. Rejects where it is no scenario, or the
 * emulator is not there.
 */
export async function requestRun(
  target: Pick<Target, 'url' | 'adminToken'>,
  scenario: string | object,
  { keep = false }: RunOptions = {},
): Promise<ScenarioResult> {
  const path = typeof scenario === 'string' ? `${encodeURIComponent(scenario)}/run` : 'run'
  const answer = await send(target, 'POST', `/__admin/scenarios/${path}${keep ? '?keep=true' : ''}`, {
    body: typeof scenario === 'string' ? undefined : scenario,
  })
  const refusal = refusalIn(answer)
  if (refusal !== undefined) throw new Error(refusal)
  // The endpoint answers so.
  return answer.body as ScenarioResult
}

/** The same, but rejects with the failure where the run did not pass. */
export async function runScenario(
  emulator: Pick<Target, 'url' | 'adminToken'>,
  scenario: string | object,
  options?: RunOptions,
): Promise<ScenarioResult> {
  const result = await requestRun(emulator, scenario, options)
  if (!result.passed) throw new Error(`${result.title}: ${result.failure}`)
  return result
}
