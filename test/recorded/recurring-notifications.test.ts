import { expect, test } from 'vitest'
import { openInbox } from '../../src/testkit/index.ts'
import { emulatorOfFile } from '../midtrans/merchant.ts'
import { openShop, type SubscriptionShop } from '../midtrans/subscriptions/subscriber.ts'
import { masked } from './masked.ts'

const emulator = await emulatorOfFile()

/** Keys in the order of the samples (docs.midtrans.com, http-notification); undefined ones are not sent. */
const told = (status: string, charges: number, nextAt: string | undefined) => ({
  token: '<uuid>',
  status,
  schedule: {
    start_time: '2026-02-10T01:00:00.000000Z',
    next_execution_at: nextAt,
    max_interval: 12,
    interval_unit: 'month',
    interval: 1,
    current_interval: charges,
  },
  payment_type: 'gopay',
  name: 'monthly-gold',
  metadata: { meta: 'data' },
  merchant_id: '<merchant>',
  id: '<uuid>',
  customer_details: { first_name: 'John' },
  currency: 'IDR',
  amount: '20000',
  gopay: { account_id: '<uuid>' },
})

const charged = (transaction: object, subscription: object) =>
  JSON.stringify({ transaction, subscription, event_name: 'subscription.charge' })

const ended = told('inactive', 0, undefined)
const byRule = (outcome: string) => (shop: SubscriptionShop) =>
  shop.admin.rules([{ match: { operation: 'charge' }, outcome }])

test('a subscription that was made is told as in facts.md, section 8: recurring notification URL (a)', async () => {
  expect(await toldOf(() => undefined)).toEqual([JSON.stringify(told('active', 0, '2026-02-10T01:00:00.000000Z'))])
})

test.each([
  [
    'a charge that went well',
    () => undefined,
    charged(
      { transaction_status: 'settlement', transaction_id: '<uuid>', status_code: '200' },
      told('active', 1, '2026-03-10T01:00:00.000000Z'),
    ),
  ],
  [
    'a wallet without money (202, with channel fields)',
    (shop: SubscriptionShop) => shop.setBalance(0),
    charged(
      {
        transaction_status: 'deny',
        transaction_id: '<uuid>',
        status_code: '202',
        channel_response_message: 'Insufficient Balance',
        channel_response_code: '201',
      },
      ended,
    ),
  ],
  [
    'a token that does not hold (411)',
    byRule('411'),
    charged({ status_code: '411', status_message: 'Token id is missing, invalid, or timed out' }, ended),
  ],
  [
    'a merchant without GoPay (402)',
    byRule('402'),
    charged({ status_code: '402', status_message: "Merchant doesn't have access for this payment type" }, ended),
  ],
  ['a failure (500)', byRule('500'), charged({ status_code: '500', status_message: 'Internal Server Error' }, ended)],
])('%s is told as in facts.md, section 8: recurring notification URL (b)', async (_what, prepare, sample) => {
  expect((await toldOf(prepare, '2026-02-10 11:00:00')).slice(1)).toEqual([sample])
})

/** The texts that arrive of a subscription, until this time. */
async function toldOf(prepare: (shop: SubscriptionShop) => unknown, until?: string): Promise<string[]> {
  await using inbox = await openInbox()
  const shop = await openShop(emulator)
  await shop.admin.patch('settings', { recurring_notification_url: inbox.url })
  await prepare(shop)
  await shop.subscribe({
    metadata: { meta: 'data' },
    customer_details: { first_name: 'John' },
    schedule: { interval: 1, interval_unit: 'month', max_interval: 12 },
  })
  if (until) await shop.goTo(until)
  await shop.admin.advance('0s')
  return inbox.received.map(({ text }) => masked(text))
}
