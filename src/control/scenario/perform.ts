import { type HttpAnswer, refusalIn, send, type Target } from '../../client/http.ts'
import { payer, type WalkOptions } from '../../client/payer.ts'
import type { StepOf, Verb } from './format.ts'
import { differences } from './match.ts'
import type { RunMerchant } from './merchant.ts'

/** What a step has to do with. */
export interface Stage {
  /** The emulator, with the server key of the run. */
  readonly target: Target & { readonly signal: AbortSignal }
  readonly merchant: RunMerchant
  /** How long a step waits for what it expects. */
  readonly waitMs: number
}

/** What came of a step. `differs`: one sentence for each thing that is not as expected. */
export interface Outcome {
  /** Under the step's name from now on. */
  readonly answer: unknown
  readonly expected?: unknown
  readonly differs: readonly string[]
}

type Perform<Each extends Verb> = (stage: Stage, step: StepOf<Each>) => Promise<Outcome>

/** Asks the admin API; whatever it refuses is not as expected. */
async function ask(
  { target }: Stage,
  method: string,
  path: string,
  { body, expect }: { readonly body?: unknown; readonly expect?: unknown } = {},
): Promise<Outcome> {
  const answer = await send(target, method, `/__admin/${path}`, { body })
  const refusal = refusalIn(answer)
  if (refusal !== undefined) return { answer: answer.body, differs: [refusal] }
  return judged(answer.body, expect)
}

const judged = (answer: unknown, expect: unknown): Outcome =>
  expect === undefined ? { answer, differs: [] } : { answer, expected: expect, differs: differences(expect, answer) }

const performers: { readonly [Each in Verb]: Perform<Each> } = {
  call,
  walk,
  advance: (stage, { advance: by, expect }) => ask(stage, 'POST', 'clock/advance', { body: { by }, expect }),
  next: (stage, { expect }) => ask(stage, 'POST', 'clock/next', { expect }),
  set: (stage, { set: to, expect }) => ask(stage, 'POST', 'clock/set', { body: { to }, expect }),
  freeze: (stage, { expect }) => ask(stage, 'POST', 'clock/freeze', { expect }),
  resume: (stage, { expect }) => ask(stage, 'POST', 'clock/resume', { expect }),
  simulate: (stage, { simulate, name: _name, note: _note, expect, ...body }) =>
    ask(stage, 'POST', `simulate/${simulate}`, { body, expect }),
  rules: (stage, { rules: body }) => ask(stage, 'PUT', 'rules', { body }),
  settings: (stage, { settings: body }) => ask(stage, 'PATCH', 'settings', { body }),
  payer: (stage, { payer: body }) => ask(stage, 'PUT', 'payers', { body }),
  expect: (stage, { expect: body }) => ask(stage, 'POST', 'expect', { body }),
  merchant: async ({ merchant }, { merchant: { answers } }) => {
    merchant.answerWith(answers)
    return { answer: undefined, differs: [] }
  },
  received,
}

/** Does what a step says. Rejects where the emulator does not answer, or the run is over. */
export const perform = <Each extends Verb>(stage: Stage, verb: Each, step: StepOf<Each>): Promise<Outcome> =>
  performers[verb](stage, step)

/** Waits until all that is due has arrived, so that what comes next does not overtake it. */
export async function settle(stage: Stage): Promise<void> {
  await ask(stage, 'POST', 'clock/advance', { body: { by: '0s' } })
}

async function call({ target }: Stage, { call: what, body, headers, http, expect }: StepOf<'call'>): Promise<Outcome> {
  const [method = '', path = ''] = what.split(/ (.*)/)
  const request = { body, ...(headers && { headers }) }
  const answer = await send(target, method, ownAddress(target, path), request).catch((error): undefined => {
    if (target.signal.aborted) throw error
  })
  if (answer === undefined || http === 'no-answer') return { answer: answer?.body, ...brokenOff(answer, http) }
  const { status } = answer
  const isFine = http === undefined ? status >= 200 && status < 300 : status === http
  const told = isFine ? [] : [`http: expected ${http ?? '200 to 299'}, found ${status}${wrongStatusHint(answer, http)}`]
  const { differs, ...judgement } = judged(answer.body, expect)
  return { ...judgement, differs: [...told, ...differs] }
}

const brokenOff = (
  answer: HttpAnswer | undefined,
  http: StepOf<'call'>['http'],
): Pick<Outcome, 'expected' | 'differs'> =>
  answer === undefined && http === 'no-answer'
    ? { differs: [] }
    : {
        expected: http ?? 'an answer',
        differs: [`http: expected ${http ?? 'an answer'}, found ${answer?.status ?? 'none: the connection broke off'}`],
      }

/** What the answer says itself, for whoever did not expect it to be a refusal. */
function wrongStatusHint(answer: HttpAnswer, http: unknown): string {
  const refusal = refusalIn(answer)
  const { status_message, error_messages }: { status_message?: unknown; error_messages?: unknown } = Object(answer.body)
  const message = Array.isArray(error_messages) ? error_messages.join('; ') : status_message
  const said = typeof message === 'string' ? message : refusal
  const told = said === undefined ? '' : ` (${said})`
  return http === undefined ? `${told}; where that is meant, the step says http: ${answer.status}` : told
}

async function walk(
  { target }: Stage,
  { walk: link, otp, pin, phone, payer_name, decline_at, leave_at, choose, option, expect }: StepOf<'walk'>,
): Promise<Outcome> {
  const options: WalkOptions = {
    signal: target.signal,
    ...(otp !== undefined && { otp }),
    ...(pin !== undefined && { pin }),
    ...(phone !== undefined && { phone }),
    ...(payer_name !== undefined && { name: payer_name }),
    ...(decline_at !== undefined && { declineAt: decline_at }),
    ...(leave_at !== undefined && { leaveAt: leave_at }),
    ...(choose !== undefined && { choose }),
    ...(option !== undefined && { option }),
  }
  const { steps, returnedTo, status, ending, url } = await payer.walk(ownAddress(target, link), options)
  return judged({ steps, returned_to: returnedTo, status, ending, url }, expect)
}

async function received(stage: Stage, { received: expected }: StepOf<'received'>): Promise<Outcome> {
  const { target, merchant, waitMs } = stage
  // All that is due has arrived. While time stands still, nothing else will.
  const clock = await send(target, 'GET', '/__admin/clock')
  const { mode }: { mode?: unknown } = Object(clock.body)
  const found = await merchant.take(expected.length, mode === 'frozen' ? 0 : waitMs, target.signal)
  const outcome = { answer: found, expected }
  if (found.length === expected.length) return { ...outcome, differs: differences(expected, found) }
  const told = found.length === 0 ? 'none' : `${found.length}: ${found.map(inShort).join(', ')}`
  return { ...outcome, differs: [`expected ${expected.length} notifications, found ${told}`] }
}

function inShort(notification: object): string {
  const fields = new Map<string, unknown>(Object.entries(notification))
  const [subject, status] = [
    fields.get('order_id') ??
      fields.get('account_id') ??
      fields.get('event_name') ??
      fields.get('name') ??
      'something else',
    fields.get('transaction_status') ?? fields.get('account_status') ?? fields.get('status') ?? '',
  ]
  return `${subject} ${status}`.trim()
}

/** An address of the emulator: a run speaks to nobody else. */
function ownAddress({ url }: Target, path: string): string {
  const address = new URL(path, url)
  if (address.origin === new URL(url).origin) return address.href
  throw new Error(`found ${address.origin}, expected an address of the emulator, ${new URL(url).origin}`)
}
