import { basicAuth } from '../journeys/raw-request.ts'

export interface AdminAnswer {
  readonly status: number
  readonly type: string
  // biome-ignore lint/suspicious/noExplicitAny: an answer of the API under test has no type that could be trusted
  readonly body: any
}

interface AdminRequest {
  readonly method?: string
  readonly key?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** The admin API with its errors as they are: the test kit's admin turns them into exceptions. */
export async function adminRequest(
  emulator: { readonly url: string },
  path: string,
  { method = 'GET', key, body, headers }: AdminRequest = {},
): Promise<AdminAnswer> {
  const response = await fetch(`${emulator.url}/__admin/${path}`, {
    method,
    headers: {
      ...(key !== undefined && { authorization: basicAuth(key) }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, type: response.headers.get('content-type') ?? '', body: await response.json() }
}

/** What came near a rule is told while the process lives: no part of the state. */
export const withoutNearMisses = (told: unknown): unknown =>
  JSON.parse(JSON.stringify(told, (name, value) => (name === 'nearest_miss' ? undefined : value)))
