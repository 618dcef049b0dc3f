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
}

/** Links an account through the pages. */
export async function openShop({ port }: Server, serverKey: string): Promise<Shop> {
  const url = `http://127.0.0.1:${port}`
  const headers = { authorization: `Basic ${btoa(`${serverKey}:`)}`, 'content-type': 'application/json' }
  const send = async (path: string, body?: object) => {
    const response = await fetch(
      url + path,
      body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers },
    )
    return (await response.json()) as Answer
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
  }
}

interface Answer {
  readonly account_id?: string
  readonly merchant_id?: string
  readonly actions?: readonly { readonly name: string; readonly url: string }[]
  readonly metadata?: { readonly payment_options: readonly { readonly token: string }[] }
}

const linkIn = ({ actions }: Answer, name: string): string => actions?.find((action) => action.name === name)?.url ?? ''
