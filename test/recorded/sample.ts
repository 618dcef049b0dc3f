import type { TestEmulator } from '../../src/testkit/index.ts'
import { type Merchant, newMerchant, newShop, type RawAnswer, type Shop } from '../midtrans/merchant.ts'

/** A documented or recorded answer, and how a merchant gets it. */
export interface Sample {
  /** As the README's table names it. */
  readonly endpoint: string
  readonly of: string
  readonly source: string
  readonly ask: (emulator: TestEmulator) => Promise<RawAnswer>
  readonly http: number
  /** Keys in their order; what differs from run to run by the name of its form (masked.ts). */
  readonly sample: object
}

export const withMerchant = (ask: (merchant: Merchant) => Promise<RawAnswer>) => (emulator: TestEmulator) =>
  ask(newMerchant(emulator))

/** A merchant with a payer who has linked a wallet. */
export const withShop =
  (ask: (shop: Shop) => Promise<RawAnswer>, partner?: object) =>
  async (emulator: TestEmulator): Promise<RawAnswer> =>
    ask(await newShop(emulator, partner))

export const post = (merchant: Merchant, path: string, body: unknown, headers: Record<string, string> = {}) =>
  merchant.raw('POST', path, {
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })

/** What X-Emulator-Outcome asks for. */
export const wanting = (outcome: string) => ({ 'x-emulator-outcome': outcome })

export const refused = (status_code: string, status_message: string) => ({ status_code, status_message, id: '<uuid>' })

export const invalid = (...validation_messages: string[]) => ({
  status_code: '400',
  status_message: 'One or more parameters in the payload is invalid.',
  validation_messages,
  id: '<uuid>',
})

export const conflict = refused(
  '406',
  'The request could not be completed due to a conflict with the current state of the target resource, please try again',
)
export const notFound = refused('404', "Transaction doesn't exist.")
export const cannotUpdate = refused('412', 'Transaction status cannot be updated.')
export const processed = {
  channel_response_code: '0',
  channel_response_message: 'Process service request successfully.',
}

/** Charges the shop's payer; the order is order-1234. */
export const charge = (shop: Shop, gross_amount: unknown, gopay: object = {}, headers: Record<string, string> = {}) =>
  post(
    shop,
    '/v2/charge',
    {
      payment_type: 'gopay',
      gopay: { account_id: shop.accountId, payment_option_token: shop.token, ...gopay },
      transaction_details: { order_id: 'order-1234', gross_amount },
    },
    headers,
  )

/** As recordings.md has the settled charge; those parts that the documentation omits included. */
export const payment = (gross_amount: string, transaction_status: string) => ({
  transaction_id: '<uuid>',
  order_id: 'order-1234',
  merchant_id: '<merchant>',
  gross_amount,
  currency: 'IDR',
  payment_type: 'gopay',
  transaction_time: '<time>',
  transaction_status,
  fraud_status: 'accept',
})
