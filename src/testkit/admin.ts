interface ClockShown {
  readonly mode: 'running' | 'frozen'
  readonly speed: number
  readonly now: string
}

interface Advanced extends ClockShown {
  readonly happened: readonly Record<string, unknown>[]
}

/** The admin API of one sandbox. A refusal rejects with its detail and hint. */
export interface Admin {
  get(path: string): Promise<unknown>
  post(path: string, body?: unknown): Promise<unknown>
  put(path: string, body: unknown): Promise<unknown>
  patch(path: string, body: unknown): Promise<unknown>
  delete(path: string): Promise<unknown>
  /**
   * Waits until notifications with these fields (`*` stands for any characters) have arrived: once, or as often as
   * wished, within 5 s or what is wished ("500ms", "20s"). Rejects with the nearest misses otherwise.
   */
  expect(
    filter: Readonly<Record<string, string>>,
    wish?: { readonly times?: number; readonly exactly?: boolean; readonly within?: string },
  ): Promise<{ arrived: number; notifications: readonly Record<string, unknown>[] }>
  /** Moves the clock, e.g. by "5m", and answers with what happened on the way. */
  advance(by: string): Promise<Advanced>
  /** Moves the clock to the next thing that will happen; rejects where nothing will. */
  next(): Promise<Advanced>
  freeze(): Promise<ClockShown>
  /** Lets the clock go on from where it stands. */
  resume(): Promise<ClockShown>
  /** Lets the clock run so many times as fast as real time. */
  speed(times: number): Promise<ClockShown>
  /** All that will happen by itself, the earliest first; at most 1,000 of it. */
  upcoming(): Promise<{ total: number; upcoming: readonly Record<string, unknown>[] }>
  /** Remembers what the sandbox is like now, in place of what had this name. */
  snapshot(name: string): Promise<void>
  /** Makes the sandbox what it was when the snapshot was taken, its clock included. */
  restore(name: string): Promise<void>
  /** Opens another sandbox that goes on from what this one is like; answers with its admin API. */
  fork(serverKey: string): Promise<Admin>
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
  const [get, post] = [send('GET'), send('POST')]
  return {
    get,
    post,
    put: send('PUT'),
    patch: send('PATCH'),
    delete: send('DELETE'),
    // The types say what /__admin/expect and /__admin/clock document.
    expect: async (filter, wish) => (await post('expect', { filter, ...wish })) as Awaited<ReturnType<Admin['expect']>>,
    advance: async (by) => (await post('clock/advance', { by })) as Advanced,
    next: async () => (await post('clock/next')) as Advanced,
    freeze: async () => (await post('clock/freeze')) as ClockShown,
    resume: async () => (await post('clock/resume')) as ClockShown,
    speed: async (speed) => (await post('clock/speed', { speed })) as ClockShown,
    upcoming: async () => (await get('clock/upcoming')) as Awaited<ReturnType<Admin['upcoming']>>,
    snapshot: async (name) => void (await post('snapshots', { name, replace: true })),
    restore: async (name) => void (await post(`snapshots/${encodeURIComponent(name)}/restore`)),
    async fork(server_key) {
      await post('sandboxes/fork', { server_key })
      return admin(url, server_key)
    },
  }
}
