import { payer } from '../../src/testkit/index.ts'
import type { Merchant, RawAnswer } from '../midtrans/merchant.ts'
import { post, type Sample, withMerchant } from './sample.ts'

const facts = 'facts.md, section 7'
const path = '/snap/v1/transactions'
const refused = (...error_messages: string[]) => ({ error_messages })
const order = (gross_amount: number | string, more: object = {}) => ({
  transaction_details: { order_id: 'order-1234', gross_amount },
  ...more,
})
const create = (merchant: Merchant, body: object = order(50_000)): Promise<RawAnswer> => post(merchant, path, body)
const tokenOf = async (merchant: Merchant) => String((await create(merchant)).body.token)

/** Somebody who has chosen plain GoPay on the page, or has paid with it. */
async function begun(merchant: Merchant, isPaid: boolean): Promise<string> {
  const { token, redirect_url } = (await create(merchant)).body
  await payer.walk(String(redirect_url), isPaid ? {} : { leaveAt: 'phone' })
  return String(token)
}

const creating: readonly Omit<Sample, 'endpoint'>[] = [
  {
    of: 'a session of the Snap page',
    source: 'recordings.md, Snap (TEST, LOG)',
    ask: withMerchant((merchant) => create(merchant)),
    http: 201,
    sample: { token: '<uuid>', redirect_url: '<origin>/snap/v4/redirection/<uuid>' },
  },
  {
    of: 'items that do not add up',
    source: facts,
    ask: withMerchant((merchant) =>
      create(merchant, order(50_000, { item_details: [{ name: 'Kopi', price: 20_000, quantity: 2 }] })),
    ),
    http: 400,
    sample: refused('transaction_details.gross_amount is not equal to the sum of item_details'),
  },
  {
    of: 'an order without an amount',
    source: 'recordings.md, Snap (TEST, LOG)',
    ask: withMerchant((merchant) => create(merchant, { transaction_details: { order_id: 'order-1234' } })),
    http: 400,
    sample: refused('transaction_details.gross_amount is required'),
  },
  {
    of: 'an order whose amount is no number',
    source: 'recordings.md, Snap (TEST, LOG)',
    ask: withMerchant((merchant) => create(merchant, order('many'))),
    http: 400,
    sample: refused('transaction_details.gross_amount is not a number'),
  },
  {
    of: 'an order that was paid on the Snap page',
    source: facts,
    ask: withMerchant(async (merchant) => {
      await begun(merchant, true)
      return create(merchant)
    }),
    http: 400,
    sample: refused('transaction_details.order_id has been paid and utilized, please use another order ID'),
  },
  {
    of: 'an order that waits for its payment by the Core API',
    source: facts,
    ask: withMerchant(async (merchant) => {
      await post(merchant, '/v2/charge', order(50_000, { payment_type: 'gopay' }))
      return create(merchant)
    }),
    http: 400,
    sample: refused('transaction_details.order_id has already been taken'),
  },
]

const cancelOf = (merchant: Merchant, token: string) => merchant.raw('POST', `${path}/${token}/cancel`)

const cancelling: readonly Omit<Sample, 'endpoint'>[] = [
  {
    of: 'a session that was cancelled',
    source: facts,
    ask: withMerchant(async (merchant) => cancelOf(merchant, await tokenOf(merchant))),
    http: 200,
    sample: { canceled_at: '<iso>' },
  },
  {
    of: 'a session that was cancelled already',
    source: facts,
    ask: withMerchant(async (merchant) => {
      const token = await tokenOf(merchant)
      await cancelOf(merchant, token)
      return cancelOf(merchant, token)
    }),
    http: 400,
    sample: refused('token already canceled'),
  },
  {
    of: 'a session whose payment was begun',
    source: facts,
    ask: withMerchant(async (merchant) => cancelOf(merchant, await begun(merchant, false))),
    http: 400,
    sample: refused('Transaction is on progress'),
  },
  {
    of: 'a session that there is not',
    source: facts,
    ask: withMerchant((merchant) => cancelOf(merchant, 'none')),
    http: 404,
    sample: refused('token not found'),
  },
]

const userPath = '/snap/v3/users/customer-1/gopay'

const linked = async (merchant: Merchant): Promise<Merchant> => {
  const body = order(50_000, { user_id: 'customer-1', gopay: { tokenization: true } })
  await payer.walk(String((await create(merchant, body)).body.redirect_url), { choose: 'link' })
  return merchant
}

const account = (account_status: string) => ({
  user_id: 'customer-1',
  account_status,
  balance: '8000000.00',
  phone_number: '8215023424',
  country_code: '62',
  account_id: '<uuid>',
})

const ofUser = (
  [
    ['GET', 'ENABLED'],
    ['DELETE', 'DISABLED'],
  ] as const
).flatMap(([method, status]): readonly Sample[] => [
  {
    endpoint: `${method} /snap/v3/users/{user_id}/gopay`,
    of: `${method} of a customer whose wallet is linked`,
    source: facts,
    ask: withMerchant(async (merchant) => (await linked(merchant)).raw(method, userPath)),
    http: 200,
    sample: account(status),
  },
  {
    endpoint: `${method} /snap/v3/users/{user_id}/gopay`,
    of: `${method} of a customer who has linked no wallet`,
    source: facts,
    ask: withMerchant((merchant) => merchant.raw(method, userPath)),
    http: 404,
    sample: { error_messages: ['account not found'], locale: 'en' },
  },
])

const preferencesPath = '/snap/v3/merchant-preferences'

const preferences = (display_name: string) => ({
  merchant_id: '<merchant>',
  display_name,
  finish_payment_return_url: '',
  error_payment_return_url: '',
  locale: 'id',
  other_va_processor: 'bri_va',
  allow_retry: true,
  hide_order_id: false,
  brand: {
    typography: 'Poppins',
    header_color: '#ffffff',
    button_color: '#0256A7',
    input_border_radius: 10,
    button_border_radius: 10,
    hide_header: false,
  },
  payment_channels: [{ name: 'gopay', enabled: true }],
})

const change = (merchant: Merchant, body: object) =>
  merchant.raw('PATCH', preferencesPath, {
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })

const settingUp: readonly Sample[] = [
  {
    endpoint: `GET ${preferencesPath}`,
    of: 'how the Snap page is set up',
    source: 'docs.midtrans.com, snap-checkout-preference-api',
    ask: withMerchant((merchant) => merchant.raw('GET', preferencesPath)),
    http: 200,
    sample: preferences('<merchant>'),
  },
  {
    endpoint: `PATCH ${preferencesPath}`,
    of: 'another name on the Snap page',
    source: 'docs.midtrans.com, snap-checkout-preference-api',
    ask: withMerchant((merchant) => change(merchant, { display_name: 'Demo Store' })),
    http: 200,
    sample: preferences('Demo Store'),
  },
  {
    endpoint: `PATCH ${preferencesPath}`,
    of: 'a payment type that the merchant does not have',
    source: facts,
    ask: withMerchant((merchant) => change(merchant, { payment_channels: [{ name: 'credit_card', enabled: true }] })),
    http: 400,
    sample: refused('Payment type credit_card is invalid for this merchant'),
  },
]

export const snapSamples: readonly Sample[] = [
  ...creating.map((each) => ({ ...each, endpoint: `POST ${path}` })),
  ...cancelling.map((each) => ({ ...each, endpoint: `POST ${path}/{token}/cancel` })),
  ...ofUser,
  ...settingUp,
]
