import type { Admin, TestEmulator } from '../../../src/testkit/index.ts'
import { happyPayer, newShop, type Shop } from '../merchant.ts'

// biome-ignore lint/suspicious/noExplicitAny: an answer of the API under test has no type that could be trusted
type Answer = any

/** A shop with a frozen clock whose payer can be subscribed. */
export interface SubscriptionShop extends Shop {
  /** POST /v1/subscriptions; the parts given are laid over the request. */
  subscribe(over?: object, headers?: Record<string, string>): Promise<Answer>
  /** GET /v1/subscriptions/{id}. */
  subscription(id: string): Promise<Answer>
  post(id: string, verb: 'disable' | 'enable' | 'cancel'): Promise<Answer>
  /** PATCH /v1/subscriptions/{id}. */
  update(id: string, over?: object): Promise<Answer>
  /** The whole body of a request. */
  body(over?: object): object
  /** Moves the clock to this time of Indonesia: "2026-02-28 08:00:00". */
  goTo(time: string): Promise<unknown>
  /** What the payer was charged and what came of it, in order. */
  payments(id: string): Promise<[time: string, status: string][]>
  /** What is in the wallet now. */
  setBalance(balance: number): Promise<unknown>
  /** The bodies of what was told of a subscription at its end of a cycle, oldest first. */
  charges(id: string): Promise<Answer[]>
}

export const phone = '628215023424'

export async function openShop(emulator: TestEmulator, startAt = '2026-01-10 08:00:00'): Promise<SubscriptionShop> {
  const shop = await newShop(emulator, happyPayer, async (admin) => {
    await admin.freeze()
    await setClock(admin, startAt)
  })
  const { api, admin, accountId, token, raw } = shop
  const body = (over: object = {}) => ({
    name: 'monthly-gold',
    amount: '20000',
    currency: 'IDR',
    payment_type: 'gopay',
    token,
    schedule: { interval: 1, interval_unit: 'month' },
    gopay: { account_id: accountId },
    ...over,
  })
  return {
    ...shop,
    body,
    subscribe: (over, headers) => api.post('/v1/subscriptions', body(over), headers),
    subscription: (id) => api.get(`/v1/subscriptions/${id}`),
    post: (id, verb) => api.post(`/v1/subscriptions/${id}/${verb}`, null),
    update: async (id, over) => {
      const update = { name: 'monthly-gold', amount: '20000', currency: 'IDR', token, ...over }
      const { http, body: answer } = await raw('PATCH', `/v1/subscriptions/${id}`, {
        body: JSON.stringify(update),
        headers: { 'content-type': 'application/json' },
      })
      return { ...answer, httpStatus: http }
    },
    goTo: (time) => setClock(admin, time),
    payments: async (id) => {
      const { transaction_ids } = await api.get(`/v1/subscriptions/${id}`)
      const statuses: Answer[] = await Promise.all(transaction_ids.map((each: string) => api.get(`/v2/${each}/status`)))
      return statuses.map(({ transaction_time, transaction_status }) => [transaction_time, transaction_status])
    },
    setBalance: (balance) => admin.givePayer({ phone, balance }),
    charges: async (id) => {
      const listed = (await admin.get(
        `notifications?reference=${id}&event=subscription.charge&per_page=1000`,
      )) as Answer[]
      return listed.map((each) => each.body).reverse()
    },
  }
}

const setClock = (admin: Admin, time: string) => admin.post('clock/set', { to: `${time.replace(' ', 'T')}+07:00` })
