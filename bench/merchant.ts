import { payer } from '../src/client/payer.ts'
import { post } from './load.ts'
import type { Server } from './process.ts'

/** A merchant with one linked payer. */
export interface Shop {
  readonly merchantId: string
  /** The whole HTTP request of the next charge, which needs no PIN. */
  chargeRequest(): string
  /** The address of the page that asks for the PIN of a larger charge. */
  pinPage(): Promise<string>
  /** The address of a Snap page on which nothing is chosen yet. */
  snapPage(): Promise<string>
  /** Charges the wallet each month. */
  subscribe(name: string, months: number): Promise<void>
  /** Lets time go by, and gives how often subscriptions have charged by then. */
  chargesAfter(time: string): Promise<number>
}

/** Links an account through the pages. */
export async function openShop({ port }: Server, serverKey: string): Promise<Shop> {
  const url = `http://127.0.0.1:${port}`
  const headers = { authorization: `Basic ${btoa(`${serverKey}:`)}`, 'content-type': 'application/json' }
  const send = async <Wanted = Answer>(path: string, body?: object): Promise<Wanted> => {
    const response = await fetch(
      url + path,
      body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers },
    )
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`)
    return (await response.json()) as Wanted
  }
  const partner = { phone_number: '8215023424', country_code: '62', redirect_url: 'https://shop.example/' }
  const link = await send('/v2/pay/account', { payment_type: 'gopay', gopay_partner: partner })
  await payer.walk(linkIn(link, 'activation-link-url'))
  const account = await send(`/v2/pay/account/${link.account_id}`)
  const gopay = {
    account_id: link.account_id,
    payment_option_token: account.metadata?.payment_options[0]?.token,
    callback_url: 'https://shop.example/done',
  }
  const charge = (order_id: string, gross_amount: number) => ({
    payment_type: 'gopay',
    gopay,
    transaction_details: { order_id, gross_amount },
  })
  let n = 0
  return {
    merchantId: (await send('/__admin/settings')).merchant_id ?? '',
    chargeRequest: () => post('/v2/charge', serverKey, JSON.stringify(charge(`order-${n++}`, 1))),
    async pinPage() {
      const link = linkIn(await send('/v2/charge', charge('order-with-pin', 150_000)), 'verification-link-url')
      // The link leads to the page, and is used up.
      return new URL((await fetch(link)).url).pathname
    },
    async snapPage() {
      const transaction_details = { order_id: 'order-on-snap', gross_amount: 150_000 }
      const session: { readonly redirect_url: string } = await send('/snap/v1/transactions', {
        transaction_details,
        user_id: 'customer-1',
        gopay: { tokenization: true },
      })
      return new URL(session.redirect_url).pathname
    },
    async subscribe(name, months) {
      const schedule = { interval: 1, interval_unit: 'month', max_interval: months }
      const wallet = { payment_type: 'gopay', token: gopay.payment_option_token, gopay }
      await send('/v1/subscriptions', { name, amount: '1', currency: 'IDR', ...wallet, schedule })
    },
    async chargesAfter(time) {
      await send('/__admin/clock/advance', { by: time })
      const subscriptions: readonly { readonly charges: number }[] = await send('/__admin/subscriptions')
      return subscriptions.reduce((sum, { charges }) => sum + charges, 0)
    },
  }
}

interface Answer {
  readonly account_id?: string
  readonly merchant_id?: string
  readonly actions?: readonly { readonly name: string; readonly url: string }[]
  readonly metadata?: { readonly payment_options: readonly { readonly token: string }[] }
}

const linkIn = ({ actions }: Answer, name: string): string => actions?.find((action) => action.name === name)?.url ?? ''
