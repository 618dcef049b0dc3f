import type { Target } from '../../client/http.ts'
import type { ScenarioResult, StepResult } from '../../client/scenarios.ts'
import { newId } from '../../engine/ids.ts'
import { realNow } from '../../engine/time/clock.ts'
import { shown } from '../../text/fault.ts'
import type { Scenario } from './files.ts'
import type { Step, Verb } from './format.ts'
import { openMerchant } from './merchant.ts'
import { verbOf } from './parse.ts'
import { type Outcome, perform, type Stage, settle } from './perform.ts'
import { resolved } from './references.ts'

/** Real time, after which a run ends. */
const longestRunMs = 60_000
const waitMs = 5_000
/** Where the clock of every run stands at first: a morning in Jakarta. */
const beginsAt = '2026-01-05T09:00:00+07:00'
/** More of what was found helps nobody. */
const mostShown = 4_000

export interface Run {
  readonly scenario: Scenario
  /** The emulator; the sandbox of the server key has to be empty. */
  readonly target: Target & { readonly serverKey: string; readonly signal: AbortSignal }
  readonly longestMs?: number
}

/** Runs a scenario over HTTP, up to the first step that fails. Never rejects: what goes wrong is in the result. */
export async function run({ scenario, target, longestMs = longestRunMs }: Run): Promise<ScenarioResult> {
  const { name, body } = scenario
  const signal = AbortSignal.any([target.signal, AbortSignal.timeout(longestMs)])
  const merchant = await openMerchant(target.serverKey)
  const stage = { target: { ...target, signal }, merchant, waitMs }
  const known: Record<string, unknown> = {
    run: newId(),
    server_key: target.serverKey,
    url: target.url,
    merchant: { url: merchant.url },
  }
  const results: StepResult[] = []
  let failure: string | undefined
  try {
    failure = await prepare(stage, scenario, known)
    for (const [index, step] of (body.steps ?? []).entries()) {
      if (failure !== undefined) break
      const result = await runStep(stage, step, index + 1, known)
      results.push(result)
      if (!result.passed) failure = `step ${result.step} (${label(result)}): ${result.error}`
    }
  } finally {
    await merchant.close()
  }
  return {
    scenario: name,
    title: body.title,
    passed: failure === undefined,
    steps: results,
    ...(failure !== undefined && { failure }),
  }
}

const label = ({ verb, name }: StepResult) => (name === undefined ? verb : `${verb}, ${name}`)

/** Puts in place what the scenario begins with; answers with what kept it from that. */
async function prepare(stage: Stage, { body }: Scenario, known: Record<string, unknown>): Promise<string | undefined> {
  const { url } = stage.merchant
  const settings = {
    payment_notification_url: url,
    recurring_notification_url: url,
    pay_account_notification_url: url,
    // Whatever the emulator was started with: a run tells nobody else, unless it says so.
    notification_hosts: [new URL(url).host],
    denied_notification_hosts: [],
    ...body.settings,
  }
  const steps: readonly Step[] = [
    { freeze: true },
    { set: beginsAt },
    { settings },
    ...(body.payers ?? []).map((payer) => ({ payer })),
    ...(body.rules ? [{ rules: body.rules }] : []),
  ]
  for (const step of steps) {
    const { passed, verb, error } = await runStep(stage, step, 0, known)
    if (!passed) return `before the first step (${verb}): ${error}`
  }
  return undefined
}

async function runStep(stage: Stage, step: Step, number: number, known: Record<string, unknown>): Promise<StepResult> {
  // What was parsed has one.
  const verb = verbOf(step) as Verb
  const startedAt = realNow()
  const { answer, expected, differs } = await tried(stage, step, verb, known)
  if (step.name !== undefined) known[step.name] = answer
  return {
    step: number,
    ...(step.name !== undefined && { name: step.name }),
    verb,
    passed: differs.length === 0,
    took_ms: realNow() - startedAt,
    ...(differs.length > 0 && {
      found: cut(answer),
      ...(expected !== undefined && { expected }),
      error: differs.slice(0, 5).join('; '),
    }),
  }
}

async function tried(stage: Stage, step: Step, verb: Verb, known: Record<string, unknown>): Promise<Outcome> {
  const { signal } = stage.target
  try {
    signal.throwIfAborted()
    const { note: _note, ...said } = step
    // References stand for texts wherever the schema has a text, so it is still a step of this verb.
    const outcome = await perform(stage, verb, resolved(said, known) as never)
    await settle(stage)
    return outcome
  } catch (error) {
    return { answer: undefined, differs: [signal.aborted ? endOf(signal) : explain(error)] }
  }
}

const endOf = ({ reason }: AbortSignal): string =>
  reason instanceof Error && reason.name === 'TimeoutError'
    ? 'the time of the run is over'
    : 'nobody waits for the run any more'

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error && error.message === 'fetch failed' ? `no answer: ${cause.message}` : error.message
}

const cut = (answer: unknown): unknown => {
  const text = JSON.stringify(answer) ?? ''
  return text.length > mostShown ? shown(answer, mostShown) : answer
}
