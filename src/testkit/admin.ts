/** The admin API of one sandbox. A refusal rejects with its detail and hint. */
export interface Admin {
  get(path: string): Promise<unknown>
  post(path: string, body?: unknown): Promise<unknown>
  put(path: string, body: unknown): Promise<unknown>
  patch(path: string, body: unknown): Promise<unknown>
  /** Moves the clock, e.g. by "5m", and answers with what happened on the way. */
  advance(by: string): Promise<{ now: string; happened: readonly Record<string, unknown>[] }>
}

export function admin(url: string, serverKey: string): Admin {
  const authorization = `Basic ${Buffer.from(`${serverKey}:`).toString('base64')}`
  const send = (method: string) => async (path: string, body?: unknown) => {
    const response = await fetch(`${url}/__admin/${path}`, {
      method,
      headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer = (await response.json()) as { detail?: string; hint?: string }
    if (!response.ok) throw new Error(`${method} ${path}: ${[answer.detail, answer.hint].filter(Boolean).join(' ')}`)
    return answer
  }
  const post = send('POST')
  return {
    get: send('GET'),
    post,
    put: send('PUT'),
    patch: send('PATCH'),
    // The type says what /__admin/clock/advance documents.
    advance: async (by) => (await post('clock/advance', { by })) as Awaited<ReturnType<Admin['advance']>>,
  }
}
