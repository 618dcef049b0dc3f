import { withoutTokens } from '../../midtrans/secrets.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { Subjects } from '../request-facts.ts'
import { inPath } from './visit.ts'

/** What a message or a request is about, and the page of it where there is one. */
export interface About {
  readonly label: string
  readonly href?: string
}

/** The payment, the Snap session, the subscription, the account or the payer that these ids name; undefined: they name none. */
export function aboutOf(
  { state, serverKey }: Sandbox,
  base: string,
  { order_id, transaction_id = '', account_id = '', subscription_id = '', snap_token = '', phone }: Partial<Subjects>,
): About | undefined {
  const transaction = state.transactions.get(transaction_id) ?? state.transactionOf.latest(order_id ?? '')
  if (transaction) return { label: transaction.orderId, href: `${base}/transactions/${transaction.id}` }
  const session = state.snapSessions.get(snap_token) ?? state.sessionOfOrder.latest(order_id ?? '')
  if (session) return { label: session.orderId, href: `${base}/snap/${session.id}` }
  // Refused before anything began, or forgotten since.
  if (order_id) {
    const label = withoutTokens(order_id, serverKey)
    return { label, ...(label === order_id && { href: `${base}/timeline/${inPath(order_id)}` }) }
  }
  const subscription = state.subscriptions.get(subscription_id)
  if (subscription) return { label: subscription.name, href: `${base}/subscriptions/${subscription.id}` }
  const account = state.accounts.get(account_id)
  if (account) return { label: `+${account.phone}`, href: `${base}/accounts/${account.id}` }
  const label = phone === undefined ? account_id : `+${phone}`
  return label === '' ? undefined : { label: withoutTokens(label, serverKey) }
}
