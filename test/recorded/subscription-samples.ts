import type { Shop } from '../midtrans/merchant.ts'
import { post, type Sample, withMerchant, withShop } from './sample.ts'

const recorded = 'recordings.md, Subscriptions (REC samples, TEST)'
const path = '/v1/subscriptions'
const updated = { status_message: 'Subscription is updated.' }
const notFound = { status_message: "Subscription doesn't exist." }
const invalid = (...validation_messages: string[]) => ({ status_message: 'Invalid parameter.', validation_messages })
const json = { 'content-type': 'application/json' }

const monthly = { interval: 1, interval_unit: 'month', max_interval: 12 }

const bodyOf = ({ accountId, token }: Shop, over: object = {}) => ({
  name: 'monthly-2026',
  amount: '50000',
  currency: 'IDR',
  payment_type: 'gopay',
  token,
  schedule: monthly,
  metadata: { plan: 'coffee' },
  customer_details: { first_name: 'Budi', email: 'budi@example.com' },
  gopay: { account_id: accountId },
  ...over,
})

const subscribed = async (shop: Shop) => String((await post(shop, path, bodyOf(shop))).body.id)
const change = (amount: string) => ({ name: 'monthly-2026', amount, currency: 'IDR', token: 'some-token' })

const subscription = {
  id: '<uuid>',
  name: 'monthly-2026',
  amount: '50000',
  currency: 'IDR',
  created_at: '<time>',
  schedule: {
    interval: 1,
    current_interval: 0,
    max_interval: 12,
    interval_unit: 'month',
    start_time: '<time>',
    previous_execution_at: null,
    next_execution_at: '<time>',
  },
  status: 'active',
  token: '<uuid>',
  payment_type: 'gopay',
  transaction_ids: [],
  metadata: { plan: 'coffee' },
  customer_details: { first_name: 'Budi', email: 'budi@example.com' },
  gopay: { account_id: '<uuid>' },
  retry_schedule: { interval: 1, interval_unit: 'hour', max_interval: 3 },
}

const create: readonly Omit<Sample, 'endpoint'>[] = [
  {
    of: 'a subscription that was made',
    source: recorded,
    ask: withShop((shop) => post(shop, path, bodyOf(shop))),
    http: 200,
    sample: subscription,
  },
  {
    of: 'a subscription of nothing',
    source: recorded,
    ask: withShop((shop) => post(shop, path, bodyOf(shop, { amount: '0' }))),
    http: 400,
    sample: invalid('subscription.amount must be between 0.01 - 99999999999.00'),
  },
  {
    of: 'a subscription without an amount',
    source: 'facts.md, section 8: invalid',
    ask: withShop((shop) => post(shop, path, bodyOf(shop, { amount: undefined }))),
    http: 400,
    sample: invalid('subscription.amount is required'),
  },
  {
    of: 'a subscription with numbers as texts, and an amount as number',
    source: 'recordings.md, Subscriptions: "12" is accepted; what each client sends (go)',
    ask: withShop((shop) =>
      post(shop, path, bodyOf(shop, { amount: 50_000, schedule: { ...monthly, max_interval: '12' } })),
    ),
    http: 200,
    sample: subscription,
  },
  {
    of: 'a subscription of a card, which Midtrans has and the emulator has not',
    source: 'facts.md, section 8: payment_type; the text is the emulator’s own',
    ask: withShop((shop) => post(shop, path, bodyOf(shop, { payment_type: 'credit_card' }))),
    http: 501,
    sample: { status_message: 'midtrans-emulator does not have this: payment_type credit_card; there is gopay' },
  },
  {
    of: 'a subscription asked for with null',
    source: recorded,
    ask: withMerchant((merchant) => post(merchant, path, null)),
    http: 400,
    sample: { status_message: 'Bad request' },
  },
]

const get: readonly Omit<Sample, 'endpoint'>[] = [
  {
    of: 'a subscription that waits for its first charge',
    source: recorded,
    ask: withShop(async (shop) => shop.raw('GET', `${path}/${await subscribed(shop)}`)),
    http: 200,
    sample: subscription,
  },
  {
    of: 'a subscription that was disabled',
    source: `${recorded}: disable`,
    ask: withShop(async (shop) => {
      const id = await subscribed(shop)
      await post(shop, `${path}/${id}/disable`, null)
      return shop.raw('GET', `${path}/${id}`)
    }),
    http: 200,
    sample: { ...subscription, status: 'inactive' },
  },
  {
    of: 'a subscription that there is not',
    source: recorded,
    ask: withMerchant((merchant) => merchant.raw('GET', `${path}/none`)),
    http: 404,
    sample: notFound,
  },
]

const switching = (['disable', 'enable', 'cancel'] as const).flatMap((verb): readonly Sample[] => [
  {
    endpoint: `POST ${path}/{subscription_id}/${verb}`,
    of: `${verb} of a subscription`,
    source: recorded,
    ask: withShop(async (shop) => shop.raw('POST', `${path}/${await subscribed(shop)}/${verb}`)),
    http: 200,
    sample: updated,
  },
  {
    endpoint: `POST ${path}/{subscription_id}/${verb}`,
    of: `${verb} of a subscription that there is not`,
    source: recorded,
    ask: withMerchant((merchant) => merchant.raw('POST', `${path}/none/${verb}`)),
    http: 404,
    sample: notFound,
  },
])

const patch = (shop: Shop, id: string, body: object) =>
  shop.raw('PATCH', `${path}/${id}`, { body: JSON.stringify(body), headers: json })

const update: readonly Omit<Sample, 'endpoint'>[] = [
  {
    of: 'a subscription that was changed',
    source: recorded,
    ask: withShop(async (shop) => patch(shop, await subscribed(shop), change('60000'))),
    http: 200,
    sample: updated,
  },
  {
    of: 'a change to nothing',
    source: recorded,
    ask: withShop(async (shop) => patch(shop, await subscribed(shop), change('0'))),
    http: 400,
    sample: invalid('subscription.amount must be between 0.01 - 99999999999.00'),
  },
  {
    of: 'a change of a subscription that there is not',
    source: recorded,
    ask: withShop((shop) => patch(shop, 'none', change('60000'))),
    http: 404,
    sample: notFound,
  },
]

export const subscriptionSamples: readonly Sample[] = [
  ...create.map((each) => ({ ...each, endpoint: `POST ${path}` })),
  ...get.map((each) => ({ ...each, endpoint: `GET ${path}/{subscription_id}` })),
  ...switching,
  ...update.map((each) => ({ ...each, endpoint: `PATCH ${path}/{subscription_id}` })),
]
