import type { EventsRequest, StreamEvent } from '../client/events.ts'
import { type HttpAnswer, type HttpRequest, reasonOf, refusalIn, send } from '../client/http.ts'
import { readClientSettings } from '../config/index.ts'
import { looksLikeKey } from '../keys.ts'
import { CommandError, type FlagValues } from './verb.ts'

/** Flags of whatever talks to an emulator that is running. */
export const targetFlags = {
  url: { about: 'where the emulator is (MIDTRANS_EMULATOR_URL; http://localhost:8765)', value: 'URL' },
  sandbox: { about: 'which sandbox: its merchant_id or its server key; none: the only one', value: 'NAME' },
  'admin-token': { about: 'what the admin API asks for, if it does (MIDTRANS_EMULATOR_ADMIN_TOKEN)', value: 'TOKEN' },
} as const

/** A running emulator, as the command sees it. */
export interface Running {
  readonly url: string
  readonly adminToken: string | undefined
  /** One call. Rejects with a CommandError where the emulator is not there. */
  send(method: string, path: string, request?: HttpRequest): Promise<HttpAnswer>
  /** One call of the admin API: "clock/advance". */
  call(method: string, path: string, body?: unknown): Promise<HttpAnswer>
  /** The JSON of an answer of the admin API. Throws a CommandError where it is a refusal, or of another server. */
  read(answer: HttpAnswer): unknown
  /** What is said of an answer that is not what was asked for. */
  objectionTo(answer: HttpAnswer): CommandError
  /** Both: the JSON that a call is answered with. Rejects with a CommandError where it refuses. */
  ask(method: string, path: string, body?: unknown): Promise<unknown>
  /** A stream of the admin API: "events". Throws where the emulator is not there, or goes away in the midst of it. */
  listen(request: EventsRequest, signal: AbortSignal): AsyncIterable<StreamEvent>
}

/** Longer than a run, a wait or a jump in time takes. */
const patienceMs = 180_000

/** Who is asked: flag before variable before the default. */
export function targetOf(flags: FlagValues<typeof targetFlags>): Running {
  const given = readClientSettings()
  const url = readUrl(flags.url ?? given.url)
  const adminToken = flags['admin-token'] ?? given.adminToken
  const sandbox = flags.sandbox ?? given.sandbox
  const isKey = sandbox !== undefined && looksLikeKey(sandbox)
  const target = { url, adminToken, ...(isKey && { serverKey: sandbox }) }
  const inAdmin = (path: string): string => {
    const named = new URL(`/__admin/${path}`, url)
    if (sandbox !== undefined && !isKey) named.searchParams.set('sandbox', sandbox)
    return named.href
  }
  const running: Running = {
    url,
    adminToken,
    async send(method, path, request) {
      try {
        return await send({ ...target, signal: AbortSignal.timeout(patienceMs) }, method, path, request)
      } catch (error) {
        throw new CommandError(
          `found no emulator at ${url} (${reasonOf(error)}); start one, or say where it is with --url`,
        )
      }
    },
    call: (method, path, body) => running.send(method, inAdmin(path), { body }),
    read(answer) {
      // Whatever listens there may answer with pages or texts; the admin API speaks JSON, refusals included.
      if (typeof answer.body !== 'object' || refusalIn(answer) !== undefined) throw running.objectionTo(answer)
      return answer.body
    },
    objectionTo: (answer) =>
      new CommandError(
        (typeof answer.body === 'object' ? refusalIn(answer) : undefined) ??
          `found something else than an emulator at ${url} (HTTP ${answer.status}); say where it is with --url`,
      ),
    async ask(method, path, body) {
      return running.read(await running.call(method, path, body))
    },
    async *listen({ path, after }, signal) {
      const { listen } = await import('../client/events.ts')
      yield* listen({ ...target, signal }, { path: inAdmin(path), after })
    },
  }
  return running
}

export function readUrl(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text
  throw new CommandError(`--url: found "${text}", expected an address such as http://localhost:8765`)
}
