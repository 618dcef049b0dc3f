type Filter = Readonly<Record<string, string | number>>

/** What POST /__admin/expect takes: one of the three kinds, and how many of it. */
export interface Expected {
  readonly notification?: Filter
  readonly transaction?: Filter
  readonly account?: Filter
  readonly times?: number
  readonly exactly?: boolean
  readonly within?: string
}

/** The admin API of one sandbox. A refusal rejects with its detail and hint. */
export interface Admin {
  get(path: string): Promise<unknown>
  post(path: string, body?: unknown): Promise<unknown>
  put(path: string, body: unknown): Promise<unknown>
  patch(path: string, body: unknown): Promise<unknown>
  /**
   * Waits until something with these fields (`*` stands for any characters) is there: a notification that has arrived, a
   * transaction, an account; one, or as many as wished, within 5 s or what is wished ("500ms", "20s"). Rejects with the
   * nearest misses otherwise.
   */
  expect(wish: Expected): Promise<{ found: number } & Readonly<Record<string, unknown>>>
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
    // The types say what /__admin/expect and /__admin/clock/advance document.
    expect: async (wish) => (await post('expect', wish)) as Awaited<ReturnType<Admin['expect']>>,
    advance: async (by) => (await post('clock/advance', { by })) as Awaited<ReturnType<Admin['advance']>>,
  }
}
