import { refusalIn, send } from './http.ts'
import type { Triggered, TriggerFields } from './trigger.ts'

type Filter = Readonly<Record<string, string | number>>

/** What POST /__admin/expect takes: one of the six kinds, and how many of it. */
export interface Expected {
  readonly notification?: Filter
  readonly transaction?: Filter
  readonly account?: Filter
  readonly subscription?: Filter
  /** A session of the Snap page. */
  readonly snap?: Filter
  readonly request?: Filter
  readonly times?: number
  readonly exactly?: boolean
  readonly within?: string
}

/** Either an outcome or a fault for what matches. */
export interface NewRule {
  readonly match: Readonly<Record<string, string | number | { readonly min?: number; readonly max?: number }>>
  readonly outcome?: string
  readonly fault?: string
  readonly times?: number | 'once' | 'always'
  readonly probability?: number
  readonly seed?: string
  readonly enabled?: boolean
}

/** A rule as the admin API shows it. */
export interface ShownRule extends NewRule {
  readonly id: string
  /** The rule as a sentence. */
  readonly says: string
  readonly used: number
}

/** One story, as GET /__admin/timeline/{id} tells it. */
export interface Timeline {
  readonly subject: string
  readonly ids: Readonly<
    Record<'account_ids' | 'order_ids' | 'transaction_ids' | 'subscription_ids' | 'snap_tokens', readonly string[]>
  >
  readonly entries: readonly {
    readonly seq: number
    /** The sandbox's time, and real time where it was measured. */
    readonly at: string
    readonly real_at?: string
    readonly from: string
    readonly to: string
    readonly kind: string
    readonly title: string
    readonly details: Readonly<Record<string, unknown>>
  }[]
  readonly dropped: Readonly<Record<'requests' | 'happenings' | 'entries', number>>
}

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
  /** Replaces the rules that came by the API, e.g. [{ match: { operation: 'charge' }, fault: 'after:reset' }]. */
  rules(rules: readonly NewRule[]): Promise<readonly ShownRule[]>
  /** Rejects while a rule was never used, with the sentence of each, and what came nearest to it. */
  expectRulesUsed(): Promise<void>
  /** Requests with these facts (`*` stands for any characters), the latest first, with their answers. */
  requests(filter?: Readonly<Record<string, string>>): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** All that happened to an order_id, transaction_id, account_id, subscription_id or Snap token, in order. */
  timeline(id: string): Promise<Timeline>
  /** The same as lines for people, or as a sequence diagram. */
  timeline(id: string, format: 'text' | 'mermaid'): Promise<string>
  /**
   * Waits until something with these fields (`*` stands for any characters) is there: a notification that has arrived, a
   * transaction, an account, a subscription, a Snap session, a request; one, or as many as wished, within 5 s or what is wished ("500ms", "20s"). Rejects with the
   * nearest misses otherwise.
   */
  expect(wish: Expected): Promise<{ found: number } & Readonly<Record<string, unknown>>>
  /** The subscriptions with these fields (`*` stands for any characters), the last one first, with what each does next. */
  subscriptions(filter?: Readonly<Record<string, string>>): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** The sessions of the Snap page with these fields, the last one first, with their pages and payments. */
  snapSessions(filter?: Readonly<Record<string, string>>): Promise<readonly Readonly<Record<string, unknown>>[]>
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
  /** Makes a number be a payer, e.g. { phone: '6281234567', persona: 'poor', balance: 10_000 }. */
  givePayer(payer: GivenPayer): Promise<unknown>
  /** The payer of an order or account walks its pages without a browser, as a persona or as these fields say. */
  walk(id: string, options?: WalkFields): Promise<Walked>
  /** The address of the dashboard's page about an order_id, transaction_id or account_id: for the log of a test that fails. */
  pageOf(id: string): string
  /** Lets something happen outside of the merchant's API, e.g. simulate('settle', 'order-1'). */
  simulate(action: string, id: string, more?: SimulateFields): Promise<Simulated>
  /** Makes an event really happen, signed notification included, e.g. trigger('settlement', { order_id: 'order-1' }). */
  trigger(event: string, fields?: TriggerFields): Promise<Triggered>
}

/** The body of PUT /__admin/payers. */
export interface GivenPayer {
  readonly phone: string
  readonly persona?: string
  readonly name?: string
  readonly pin?: string
  /** Of GOPAY_WALLET, in rupiah. */
  readonly balance?: number
  readonly options?: readonly { readonly name: string; readonly balance?: number; readonly active?: boolean }[]
  readonly promotions?: readonly { readonly percentage: number; readonly [field: string]: string | number }[]
}

/** The body of POST /__admin/payers/walk, without its id. */
export interface WalkFields {
  readonly persona?: string
  /** Durations such as "2m": before the walk, before the first page, between two questions. */
  readonly after?: string
  readonly waits?: string
  readonly pace?: string
  /** What is typed at each try: "right", "wrong" or digits. */
  readonly otp?: readonly string[]
  readonly pin?: readonly string[]
  readonly name?: string
  readonly phone?: string
  /** The question of the page that is closed, or cancelled: consent, otp, pin ... */
  readonly leaves_at?: string
  readonly declines_at?: string
  readonly later?: { readonly after: string; readonly does: 'unlink' }
}

/** The body of POST /__admin/simulate/{action}, without its id. */
export interface SimulateFields {
  readonly phone?: string
  readonly amount?: number
  readonly code?: string
  readonly refund_key?: string
  readonly times?: number
}

/** What was named, as it is now: one of these. */
interface Changed {
  readonly transaction?: Readonly<Record<string, unknown>>
  readonly account?: Readonly<Record<string, unknown>>
  readonly payer?: Readonly<Record<string, unknown>>
  readonly subscription?: Readonly<Record<string, unknown>>
  readonly snap?: Readonly<Record<string, unknown>>
}

export interface Walked extends Changed {
  readonly steps: readonly { readonly at: string; readonly page: string; readonly did: string }[]
  readonly planned: readonly { readonly what: string; readonly due_at: string }[]
}

export interface Simulated extends Changed {
  readonly action: string
  readonly happened: readonly Readonly<Record<string, unknown>>[]
  readonly omitted: number
}

/** `adminToken` where the emulator was started with one. */
export function admin(url: string, serverKey: string, adminToken?: string): Admin {
  const request = (method: string) => async (path: string, body?: unknown) => {
    const answer = await send({ url, serverKey, adminToken }, method, `/__admin/${path}`, { body })
    const refusal = refusalIn(answer)
    if (refusal !== undefined) throw new Error(`${method} ${path}: ${refusal}`)
    return answer.body
  }
  const get = request('GET')
  const post = request('POST')
  const list = async (noun: string, filter?: Readonly<Record<string, string>>) =>
    (await get(`${noun}?${new URLSearchParams(filter)}`)) as readonly Readonly<Record<string, unknown>>[]
  const put = request('PUT')
  return {
    get,
    post,
    put,
    patch: request('PATCH'),
    delete: request('DELETE'),
    // The types say what the documentation of these endpoints says.
    requests: (filter) => list('requests', filter),
    subscriptions: (filter) => list('subscriptions', filter),
    snapSessions: (filter) => list('snap', filter),
    timeline: (async (id, format = 'json') =>
      get(`timeline/${encodeURIComponent(id)}?format=${format}`)) as Admin['timeline'],
    rules: async (rules) => (await put('rules', rules)) as readonly ShownRule[],
    expectRulesUsed: async () => void (await post('rules/expect-used')),
    expect: async (wish) => (await post('expect', wish)) as Awaited<ReturnType<Admin['expect']>>,
    givePayer: (payer) => put('payers', payer),
    walk: async (id, options) => (await post('payers/walk', { ...options, id })) as Walked,
    pageOf: (id) => new URL(`/dashboard/find/${encodeURIComponent(id)}`, url).href,
    simulate: async (action, id, more) => (await post(`simulate/${action}`, { ...more, id })) as Simulated,
    trigger: async (event, fields) => (await post('trigger', { ...fields, event })) as Triggered,
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
      return admin(url, server_key, adminToken)
    },
  }
}
