import { refusalIn, send } from './http.ts'

/** The admin API of one sandbox. A refusal rejects with its detail and hint. */
export interface Admin {
  get(path: string): Promise<unknown>
  post(path: string, body?: unknown): Promise<unknown>
  put(path: string, body: unknown): Promise<unknown>
  patch(path: string, body: unknown): Promise<unknown>
  /**
   * Waits until notifications with these fields (`*` stands for any characters) have arrived: once, or as often as
   * wished, within 5 s or what is wished ("500ms", "20s"). Rejects with the nearest misses otherwise.
   */
  expect(
    filter: Readonly<Record<string, string>>,
    wish?: { readonly times?: number; readonly exactly?: boolean; readonly within?: string },
  ): Promise<{ arrived: number; notifications: readonly Record<string, unknown>[] }>
  /** Moves the clock, e.g. by "5m", and answers with what happened on the way. */
  advance(by: string): Promise<{ now: string; happened: readonly Record<string, unknown>[] }>
}

export function admin(url: string, serverKey: string): Admin {
  const request = (method: string) => async (path: string, body?: unknown) => {
    const answer = await send({ url, serverKey }, method, `/__admin/${path}`, { body })
    const refusal = refusalIn(answer)
    if (refusal !== undefined) throw new Error(`${method} ${path}: ${refusal}`)
    return answer.body
  }
  const post = request('POST')
  return {
    get: request('GET'),
    post,
    put: request('PUT'),
    patch: request('PATCH'),
    // The types say what /__admin/expect and /__admin/clock/advance document.
    expect: async (filter, wish) => (await post('expect', { filter, ...wish })) as Awaited<ReturnType<Admin['expect']>>,
    advance: async (by) => (await post('clock/advance', { by })) as Awaited<ReturnType<Admin['advance']>>,
  }
}
