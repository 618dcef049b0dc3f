import { type CoreApiClient, coreApi, linkAccount } from '../core-api.ts'

/** A merchant with one linked payer. */
export interface Merchant {
  readonly api: CoreApiClient
  readonly accountId: string
  /** Charges the linked payer; answers as the Core API does. */
  charge(orderId: string, amount: number, more?: ChargeOptions): ReturnType<CoreApiClient['post']>
  /** What is in the payer's wallet, e.g. "8000000.00". */
  balance(): Promise<string>
  status(orderId: string): ReturnType<CoreApiClient['get']>
}

interface ChargeOptions {
  readonly gopay?: object
  readonly body?: object
  readonly headers?: Record<string, string>
}

export const happyPayer = { phone_number: '8215023424', country_code: '62' }
export const callbackUrl = 'https://shop.example/done'

export async function openMerchant(url: string, serverKey: string, partner: object = happyPayer): Promise<Merchant> {
  const api = coreApi(url, serverKey)
  return merchantOf(api, await linkAccount(api, partner))
}

/** The merchant of an account that is linked already. */
export function merchantOf(api: CoreApiClient, accountId: string): Merchant {
  const wallet = async () => (await api.get(`/v2/pay/account/${accountId}`)).metadata.payment_options[0]
  return {
    api,
    accountId,
    charge: async (order_id, gross_amount, { gopay, body, headers } = {}) =>
      api.post(
        '/v2/charge',
        {
          payment_type: 'gopay',
          gopay: {
            account_id: accountId,
            payment_option_token: (await wallet()).token,
            callback_url: callbackUrl,
            ...gopay,
          },
          transaction_details: { order_id, gross_amount },
          ...body,
        },
        headers,
      ),
    balance: async () => (await wallet()).balance.value,
    status: (orderId) => api.get(`/v2/${encodeURIComponent(orderId)}/status`),
  }
}

interface Answer {
  readonly actions: readonly { readonly name: string; readonly url: string }[]
}

/** The link of this name in an answer of the Core API. */
export function linkIn({ actions }: Answer, name: string): string {
  const action = actions.find((each) => each.name === name)
  if (!action) throw new Error(`no ${name} in ${JSON.stringify(actions)}`)
  return action.url
}
