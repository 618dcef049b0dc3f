import type { Admin } from '../../src/client/admin.ts'
import { send, type Target } from '../../src/client/http.ts'
import type { TestEmulator } from '../../src/testkit/index.ts'
import { payer } from '../../src/testkit/index.ts'
import { began } from './stable.ts'

/** What the examples of both APIs speak of: "RULE_ID" -> the id of the rule. */
export type Known = Readonly<Record<string, string>>

/** The fields of answers that requests after them need. */
interface CoreAnswer {
  readonly account_id?: string
  readonly transaction_id?: string
  readonly id?: string
  readonly token?: string
  readonly redirect_url?: string
  readonly actions?: readonly { readonly url: string }[]
  readonly metadata?: { readonly payment_options?: readonly { readonly token: string }[] }
}

/** Sends a request of the Core API, and gives what requests after it need. */
async function call(target: Target, method: string, path: string, body?: object): Promise<CoreAnswer> {
  return (await send(target, method, path, { body })).body as CoreAnswer
}

/** A linked wallet, and nothing else. */
export async function linked(target: Target): Promise<Known> {
  const link = await call(target, 'POST', '/v2/pay/account', {
    payment_type: 'gopay',
    gopay_partner: { phone_number: '8215023424', country_code: '62', redirect_url: 'https://example.com/linked' },
  })
  await payer.walk(link.actions?.[1]?.url ?? '')
  const accountId = link.account_id ?? ''
  const account = await call(target, 'GET', `/v2/pay/account/${accountId}`)
  return { ACCOUNT_ID: accountId, TOKEN: account.metadata?.payment_options?.[0]?.token ?? '' }
}

/**
 * A sandbox in which each example of a request does something: a linked wallet, order-1 that is paid, order-2 that waits
 * for the payer, order-3 that is reserved, plain order-4, a subscription, a Snap page of order-5, customer-1 whose wallet is
 * linked, held-1 of which a notification is held, a rule that was used, and a snapshot.
 */
export async function prepare(emulator: TestEmulator, serverKey: string): Promise<Known> {
  const { url } = emulator
  const target = { url, serverKey }
  const admin = emulator.admin(serverKey)
  await admin.post('clock/freeze')
  await admin.post('clock/set', { to: began })
  await admin.patch('settings', { payment_notification_url: `${url}/practice/notifications/200`, seed: 'docs' })
  const [rule] = await admin.rules([
    { match: { operation: 'charge', order_id: 'poor-*' }, outcome: 'deny:201', times: 'once' },
  ])
  const known = await linked(target)
  const wallet = { account_id: known.ACCOUNT_ID, payment_option_token: known.TOKEN }
  const charge = (order_id: string, gross_amount: number, gopay?: object) =>
    call(target, 'POST', '/v2/charge', {
      payment_type: 'gopay',
      ...(gopay && { gopay }),
      transaction_details: { order_id, gross_amount },
    })
  await charge('order-1', 50_000, wallet)
  await charge('order-2', 150_000, wallet)
  const { transaction_id = '' } = await charge('order-3', 80_000, { ...wallet, pre_auth: true })
  await charge('order-4', 50_000)
  const subscription = await call(target, 'POST', '/v1/subscriptions', {
    name: 'monthly-2026',
    amount: '50000',
    currency: 'IDR',
    payment_type: 'gopay',
    token: known.TOKEN,
    schedule: { interval: 1, interval_unit: 'month', max_interval: 12 },
    gopay: { account_id: known.ACCOUNT_ID },
  })
  const snap = await call(target, 'POST', '/snap/v1/transactions', {
    transaction_details: { order_id: 'order-5', gross_amount: 50_000 },
    user_id: 'customer-1',
    gopay: { tokenization: true },
  })
  await payer.walk(snap.redirect_url ?? '', { choose: 'link', phone: '8215023424' })
  await charge('poor-1', 20_000, wallet)
  await admin.post('gate/hold', { filter: { order_id: 'held-*' } })
  await charge('held-1', 30_000, wallet)
  await admin.post('snapshots', { name: 'before' })
  // Waits until all that can arrive has arrived.
  await admin.post('clock/advance', { by: '1s' })
  const begun = { TRANSACTION_ID: transaction_id, SUBSCRIPTION_ID: subscription.id ?? '', SNAP_TOKEN: snap.token ?? '' }
  return { ...known, ...begun, RULE_ID: rule?.id ?? '', ...(await shownIds(admin)) }
}

async function shownIds(admin: Admin): Promise<Known> {
  const { held } = (await admin.get('gate')) as { held: readonly { id: string; notification_id: string }[] }
  const [request] = await admin.requests({ operation: 'charge', order_id: 'order-1' })
  const { merchant_id } = (await admin.get('settings')) as { merchant_id: string }
  const [{ id: DELIVERY_ID, notification_id: NOTIFICATION_ID } = { id: '', notification_id: '' }] = held
  return { DELIVERY_ID, NOTIFICATION_ID, REQUEST_ID: String(request?.id), MERCHANT_ID: merchant_id }
}

/** Each text in capitals replaced by what it stands for. */
export const filledIn = (text: string, known: Known): string =>
  text.replace(/\b[A-Z]+(?:_[A-Z]+)*\b/g, (word) => known[word] ?? word)
