import type { TestEmulator } from '../../../src/testkit/index.ts'
import { basic, type Merchant, newMerchant, type RawAnswer } from '../merchant.ts'

/** A merchant that sells on the Snap page. */
export interface SnapMerchant extends Merchant {
  /** Begins a session; `more` is laid over the request. */
  create(orderId: string, amount: number, more?: object, headers?: Record<string, string>): Promise<RawAnswer>
  /** The token of a session that was begun. */
  token(orderId: string, amount: number, more?: object): Promise<string>
  send(method: string, path: string, body?: object): Promise<RawAnswer>
}

const json = { 'content-type': 'application/json' }

export function newSnapMerchant(emulator: TestEmulator): SnapMerchant {
  const merchant = newMerchant(emulator)
  const send: SnapMerchant['send'] = (method, path, body) =>
    merchant.raw(method, path, { headers: json, ...(body && { body: JSON.stringify(body) }) })
  const create: SnapMerchant['create'] = (order_id, gross_amount, more, headers) =>
    merchant.raw('POST', '/snap/v1/transactions', {
      headers: { ...json, ...headers },
      body: JSON.stringify({ transaction_details: { order_id, gross_amount }, ...more }),
    })
  return {
    ...merchant,
    send,
    create,
    token: async (...order) => String((await create(...order)).body.token),
  }
}

export const refused = (...error_messages: string[]) => ({ http: 400, body: { error_messages } })

/** What a merchant is told whose key is none (facts.md, section 7; recordings.md, Snap). */
export const denied = {
  http: 401,
  body: {
    error_messages: [
      'Access denied due to unauthorized transaction, please check client or server key',
      'Visit https://snap-docs.midtrans.com/#request-headers for more details',
    ],
  },
}

export const withoutKey = { authorization: basic(':') }
