/** Which emulator is asked, and as whom. */
export interface Target {
  readonly url: string
  readonly serverKey?: string
  /** What the admin API wants to be shown, where it was started with one. */
  readonly adminToken?: string | undefined
  readonly signal?: AbortSignal
}

export interface HttpRequest {
  /** A text is sent as it is, anything else as JSON. */
  readonly body?: unknown
  /** Null takes away one that is sent otherwise. */
  readonly headers?: Readonly<Record<string, string | null>>
}

export interface HttpAnswer {
  readonly status: number
  /** What the JSON says; where it is none, the text. */
  readonly body: unknown
}

/** One request to an emulator, as a merchant's server sends it. Rejects where no whole answer comes. */
export async function send(
  { url, serverKey, adminToken, signal }: Target,
  method: string,
  path: string,
  { body, headers = {} }: HttpRequest = {},
): Promise<HttpAnswer> {
  const sent = new Headers({ accept: 'application/json' })
  if (serverKey !== undefined) sent.set('authorization', basicAuth(serverKey))
  if (adminToken) sent.set('x-emulator-admin-token', adminToken)
  if (body !== undefined) sent.set('content-type', 'application/json')
  for (const [name, value] of Object.entries(headers)) {
    if (value === null) sent.delete(name)
    else sent.set(name, value)
  }
  const response = await fetch(new URL(path, url), {
    method,
    headers: sent,
    redirect: 'manual',
    ...(signal && { signal }),
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, body: readJson(await textOf(response)) }
}

/** Longer than any state file that is read again: whoever sends more is no emulator. */
const longestAnswer = 256 * 1_048_576

async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.length
    if (bytes > longestAnswer) throw new Error(`its answer is longer than ${longestAnswer / 1_048_576} MiB`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** What a refusal of the admin API says, in one line; undefined: it is none. */
export function refusalIn({ status, body }: HttpAnswer): string | undefined {
  if (status < 400) return undefined
  const { detail, hint }: { detail?: unknown; hint?: unknown } = typeof body === 'object' && body !== null ? body : {}
  const said = [detail, hint].filter((part) => typeof part === 'string')
  return said.length > 0 ? said.join('. ') : `HTTP ${status}`
}

/** Why no answer came: "ECONNREFUSED"; fetch hides it in the cause. */
export function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (cause instanceof Error) return (cause as NodeJS.ErrnoException).code ?? cause.message
  return String(cause)
}

/** What names a sandbox to each of its APIs. */
export const basicAuth = (serverKey: string): string => `Basic ${Buffer.from(`${serverKey}:`).toString('base64')}`

/** What a JSON says; where it is none, the text. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Whether an answer to GET /readyz is one of an emulator that is ready: others have such a path, too. */
export const isReadyAnswer = ({ status, body }: HttpAnswer): boolean =>
  status === 200 && typeof body === 'object' && body !== null && 'sandboxes' in body
