import { send, type Target } from '../../src/client/http.ts'
import { filledIn, type Known } from './prepared.ts'
import type { Call } from './reference.ts'

/** Where examples are tried before they are shown. */
export interface Place {
  /** Goes to a sandbox that nobody has used, which the shell function `begin` makes. */
  begin(): Promise<{ readonly target: Target; readonly known: Known }>
  /** What is left out where it is refused in a new sandbox as well; all other refusals are faults of an example. */
  readonly isRefusedAlways: (call: Call) => boolean
}

interface Example {
  readonly call: Call
  readonly body: unknown
}

/** Lines of shell that work one after the other: each has been tried, and where it needs a new sandbox, it says so. */
export async function shellLines(calls: readonly Call[], place: Place): Promise<readonly string[]> {
  const lines: string[] = []
  let now: Awaited<ReturnType<Place['begin']>> | undefined
  for (const example of calls.filter((call) => isJson(call) && !place.isRefusedAlways(call)).flatMap(examplesOf)) {
    let isNew = false
    if (now === undefined) {
      now = await place.begin()
      isNew = true
      if (calls.some(needsSandbox)) lines.push('begin')
    }
    let answer = await ask(example, now)
    if (answer === undefined && !isNew) {
      now = await place.begin()
      lines.push('begin')
      answer = await ask(example, now)
    }
    if (answer === undefined) throw new Error(`${example.call.method} ${example.call.path}: its example is refused`)
    const kept = keptOf(example, answer)
    if (kept) now = { ...now, known: { ...now.known, [kept.variable]: kept.value } }
    lines.push(lineOf(example, kept))
  }
  return lines
}

const isJson = ({ operation }: Call) => JSON.stringify(operation.responses).includes('application/json')

const needsSandbox = ({ path, operation: { parameters = [], security } }: Call) =>
  security === undefined && (!path.startsWith('/__admin') || parameters.some(({ name }) => name === 'sandbox'))

/** Those that later calls need, or the first one. */
function examplesOf(call: Call): readonly Example[] {
  const all = Object.values(call.operation.requestBody?.content['application/json']?.examples ?? {})
  const shown = call.path === '/v2/charge' ? all : all.slice(0, 1)
  return shown.length === 0 ? [{ call, body: undefined }] : shown.map(({ value: body }) => ({ call, body }))
}

/** Undefined where it is refused. */
async function ask({ call, body }: Example, { target, known }: { target: Target; known: Known }) {
  const answer = await send(target, call.method, filledIn(addressOf(call), known), {
    ...(body !== undefined && { body: filledIn(JSON.stringify(body), known) }),
  })
  const { status_code = '200' } = (answer.body ?? {}) as { status_code?: string }
  return answer.status < 400 && (status_code < '400' || status_code === '407') ? answer.body : undefined
}

/** What later examples speak of: where it stands in an answer, and how they call it. */
interface Kept {
  readonly variable: string
  readonly field: string
  readonly value: string
}

function keptOf({ call: { path }, body }: Example, answer: unknown): Kept | undefined {
  const kept = (variable: string, field: string) => ({ variable, field, value: String(Object(answer)[field]) })
  // What a reserved payment is captured by.
  if (JSON.stringify(body ?? {}).includes('"pre_auth":true')) return kept('TRANSACTION_ID', 'transaction_id')
  if (path === '/v1/subscriptions') return kept('SUBSCRIPTION_ID', 'id')
  return path === '/snap/v1/transactions' ? kept('SNAP_TOKEN', 'token') : undefined
}

function addressOf({ path, operation: { parameters = [] } }: Call): string {
  const place = path.replace(/\{(\w+)\}/g, (_, name) =>
    String(parameters.find((each) => each.in === 'path' && each.name === name)?.example ?? name),
  )
  const query = parameters.filter((each) => each.in === 'query' && each.required)
  return place + query.map(({ name, example }, at) => `${at === 0 ? '?' : '&'}${name}=${example}`).join('')
}

function lineOf({ call, body }: Example, kept: Kept | undefined): string {
  const isUsual = call.method === (body === undefined ? 'GET' : 'POST')
  const address = `$URL${variables(addressOf(call), '')}`
  const line = [
    'curl -s',
    ...(call.operation.security?.length === 0 ? [] : ['-u $KEY:']),
    ...(isUsual ? [] : [`-X ${call.method}`]),
    address.includes('?') ? `"${address}"` : address,
    ...(body === undefined ? [] : [`-H "$json" \\\n  -d '${variables(quoted(JSON.stringify(body)), "'")}'`]),
  ].join(' ')
  return kept === undefined ? line : `${kept.variable}=$(${line} | field ${kept.field})`
}

/** What stands in capitals is a variable; inside of quotes, they end before it. */
const variables = (text: string, quote: string): string =>
  text.replace(/\b(?:[A-Z]+_ID|(?:SNAP_)?TOKEN)\b/g, (name) => `${quote}$${name}${quote}`)

const quoted = (text: string) => text.replaceAll("'", `'\\''`)
