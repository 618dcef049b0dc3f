import { expect } from 'vitest'
import type { Shop } from '../midtrans/merchant.ts'
import type { ShownQuirks } from './shown-quirk.ts'

const recorded = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/
const documented = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/
const timesLike = (form: RegExp) => ({
  created_at: expect.stringMatching(form),
  start_time: expect.stringMatching(form),
  next_execution_at: expect.stringMatching(form),
})

/** Buys on the Snap page, by the test panel; answers with the way back to the merchant. */
async function wayBack({ api }: Shop): Promise<Record<string, string>> {
  const { redirect_url } = await api.post('/snap/v1/transactions', {
    transaction_details: { order_id: 'order-1', gross_amount: 50_000 },
    callbacks: { finish: 'https://shop.example/done' },
  })
  await fetch(redirect_url, { method: 'POST', body: new URLSearchParams({ panel: 'finish' }) })
  const page = await (await fetch(redirect_url)).text()
  const [, href = ''] = /href="(https:\/\/shop\.example[^"]*)"/.exec(page) ?? []
  return Object.fromEntries(new URL(href.replaceAll('&amp;', '&')).searchParams)
}

const paid = { order_id: 'order-1', status_code: '200', transaction_status: 'settlement' }

/** Quirks of subscriptions and of Snap. */
export const shownSales: ShownQuirks = {
  subscription_times: {
    show: async ({ api, accountId, token }) => {
      const { created_at, schedule } = await api.post('/v1/subscriptions', {
        name: 'monthly',
        amount: '50000',
        currency: 'IDR',
        payment_type: 'gopay',
        token,
        schedule: { interval: 1, interval_unit: 'month' },
        gopay: { account_id: accountId },
      })
      const { start_time, next_execution_at } = schedule
      return { created_at, start_time, next_execution_at }
    },
    options: { recorded: timesLike(recorded), documented: timesLike(documented) },
  },
  snap_finish_parameters: {
    show: wayBack,
    options: { three: paid, 'with-merchant-id': { merchant_id: expect.stringMatching(/^G\d{9}$/), ...paid } },
  },
}
