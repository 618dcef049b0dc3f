import { randomUUID } from 'node:crypto'
import { afterAll } from 'vitest'
import type { Admin } from '../../src/client/admin.ts'
import { type StartOptions, startEmulator, type TestEmulator } from '../../src/testkit/index.ts'
import { type CoreApiClient, coreApi, linkAccount } from '../core-api.ts'

/** One emulator for all tests of a file; each test brings a server key of its own. */
export async function emulatorOfFile(options: StartOptions = {}): Promise<TestEmulator> {
  const emulator = await startEmulator(options)
  afterAll(() => emulator.close())
  return emulator
}

export interface RawAnswer {
  readonly http: number
  readonly headers: Headers
  readonly text: string
  readonly body: Readonly<Record<string, unknown>>
}

/** A merchant whose sandbox nobody else knows. */
export interface Merchant {
  readonly key: string
  readonly api: CoreApiClient
  readonly admin: Admin
  /** Sends exactly this, for request forms that the plain client does not have. */
  raw(method: string, path: string, request?: { body?: string; headers?: Record<string, string> }): Promise<RawAnswer>
}

export function newMerchant(emulator: TestEmulator): Merchant {
  const key = `SB-Mid-server-${randomUUID()}`
  return {
    key,
    api: coreApi(emulator.url, key),
    admin: emulator.admin(key),
    raw: (method, path, { body, headers } = {}) =>
      sendRaw(emulator.url + path, method, body, { authorization: basic(`${key}:`), ...headers }),
  }
}

export const basic = (credentials: string): string => `Basic ${Buffer.from(credentials).toString('base64')}`

export async function sendRaw(
  url: string,
  method: string,
  body: string | undefined,
  headers: Record<string, string>,
): Promise<RawAnswer> {
  // As bytes: fetch would give a text a content type of its own.
  const response = await fetch(url, { method, headers, ...(body !== undefined && { body: Buffer.from(body) }) })
  const text = await response.text()
  return { http: response.status, headers: response.headers, text, body: JSON.parse(text) }
}

type Answer = Awaited<ReturnType<CoreApiClient['get']>>

/** A merchant with a payer who has linked a wallet. */
export interface Shop extends Merchant {
  readonly accountId: string
  readonly token: string
  /** Charges the linked wallet; `gopay` and `more` are laid over the request. */
  charge(
    order_id: unknown,
    gross_amount: unknown,
    over?: { gopay?: object; more?: object; headers?: Record<string, string> },
  ): Promise<Answer>
  status(id: string): Promise<Answer>
  /** What the account says is in the wallet. */
  balance(): Promise<string>
  ledger(): Promise<Ledger>
  /** The transaction's notifications, oldest first, as they stand in the outbox. */
  told(reference: string): Promise<Readonly<Record<string, unknown>>[]>
}

export interface Ledger {
  readonly sum: number
  readonly balances: Readonly<Record<string, number>>
}

export const happyPayer = { phone_number: '8215023424', country_code: '62' }
export const walletOfHappyPayer = 'wallet:628215023424:GOPAY_WALLET'

/** `before` happens while the sandbox is empty still. */
export async function newShop(
  emulator: TestEmulator,
  gopay_partner: object = happyPayer,
  before: (admin: Admin) => Promise<unknown> = async () => undefined,
): Promise<Shop> {
  const merchant = newMerchant(emulator)
  const { api, admin } = merchant
  await before(admin)
  const accountId = await linkAccount(api, gopay_partner)
  const option = async () => (await api.get(`/v2/pay/account/${accountId}`)).metadata.payment_options[0]
  const { token } = await option()
  return {
    ...merchant,
    accountId,
    token,
    charge: (order_id, gross_amount, { gopay, more, headers } = {}) =>
      api.post(
        '/v2/charge',
        {
          payment_type: 'gopay',
          gopay: { account_id: accountId, payment_option_token: token, ...gopay },
          transaction_details: { order_id, gross_amount },
          ...more,
        },
        headers,
      ),
    status: (id) => api.get(`/v2/${id}/status`),
    balance: async () => (await option()).balance.value,
    // GET /__admin/ledger answers so.
    ledger: async () => (await admin.get('ledger')) as Ledger,
    told: async (reference) => {
      // GET /__admin/notifications answers with the latest first.
      const listed = (await admin.get(`notifications?reference=${encodeURIComponent(reference)}`)) as {
        body: Record<string, unknown>
      }[]
      return listed.map(({ body }) => body).reverse()
    },
  }
}

/** What the gateway's validation answers, facts.md section 0: HTTP 400, these messages, an id. */
export const refusedBecause = (...validation_messages: string[]) => ({
  httpStatus: 400,
  status_code: '400',
  status_message: 'One or more parameters in the payload is invalid.',
  validation_messages,
})

export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
