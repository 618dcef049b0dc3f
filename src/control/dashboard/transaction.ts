import type { Transaction } from '../../midtrans/payments/transaction.ts'
import { refundedAmount, transactionMachine } from '../../midtrans/payments/transaction.ts'
import type { Sandbox } from '../../sandbox.ts'
import { Problem } from '../admin/problem.ts'
import { linksOf } from '../admin/shown.ts'
import { type Button, merchantButton } from './button.ts'
import { copiesOf } from './copies/index.ts'
import { possibleFor } from './happen.ts'
import { pictureOf } from './picture.ts'
import type { View, Visit } from './visit.ts'

const happenings = [
  'confirm',
  'wrong-pin',
  'decline',
  'leave',
  'settle',
  'deny',
  'expire-link',
  'expire-transaction',
  'confirm-refund',
] as const

/** One payment: how it stands, what can be done with it, and all that happened to it. */
export async function transaction(visit: Visit): Promise<View> {
  const { sandbox, base, origin, params } = visit
  const { state } = sandbox
  const found = transactionCalled(sandbox, params.id ?? '')
  const links = linksOf(sandbox, found, origin) ?? []
  return {
    title: `Order ${found.orderId}`,
    transaction: found,
    refunded: refundedAmount(found),
    cameFrom: cameFrom(sandbox, base, found),
    account: found.accountId && { href: `${base}/accounts/${found.accountId}`, id: found.accountId },
    payerPages: links.map(({ name, url }) => ({ name, url })),
    merchant: merchantButtons(found),
    possible: possibleFor(sandbox, found.id, happenings),
    notifications: state.notificationOf
      .all(found.id)
      .map(({ id, event, createdAt }) => ({ href: `${base}/notifications/${id}`, event, createdAt })),
    otherTries: state.transactionOf
      .all(found.orderId)
      .filter(({ id }) => id !== found.id)
      .map(({ id, status }) => ({ href: `${base}/transactions/${id}`, status })),
    picture: pictureOf(sandbox, base, found.id),
    copies: await copiesOf(visit, found.id, `Order ${found.orderId} ends as ${found.status}`),
  }
}

/** The subscription or the Snap page that it was begun by; undefined: the merchant has charged it. */
function cameFrom({ state }: Sandbox, base: string, { subscriptionId, snapToken }: Transaction) {
  const subscription = state.subscriptions.get(subscriptionId ?? '')
  if (subscription) {
    return { label: `subscription ${subscription.name}`, href: `${base}/subscriptions/${subscription.id}` }
  }
  return snapToken && state.snapSessions.get(snapToken)
    ? { label: 'the Snap page', href: `${base}/snap/${snapToken}` }
    : undefined
}

function transactionCalled({ state }: Sandbox, id: string): Transaction {
  const found = state.transactions.get(id) ?? state.transactionOf.latest(id)
  if (found) return found
  throw new Problem(404, 'No such payment', `Nothing is called ${id} here, neither an order nor a transaction.`)
}

/** The merchant's own calls, each with what its state says to it. */
function merchantButtons({ id, status, amount }: Transaction) {
  const can = (event: Parameters<typeof transactionMachine.next>[1]) => transactionMachine.next(status, event)
  const unless = (isReady: unknown, needs: string) => (isReady ? undefined : `needs ${needs}, and it is ${status}`)
  const path = (verb: string) => `${id}/${verb}`
  const all: readonly (Button & { readonly asks?: string })[] = [
    merchantButton('Capture', 'capture', 'capture', {
      body: { transaction_id: id, gross_amount: amount },
      why: unless(can('capture'), 'a reservation (authorize)'),
      tone: 'primary',
    }),
    {
      ...merchantButton('Refund', 'refund', path('refund'), { why: unless(can('refund'), 'money taken (settlement)') }),
      asks: 'all that is left',
    },
    merchantButton('Cancel', 'cancel', path('cancel'), { why: unless(can('cancel'), 'pending or authorize') }),
    merchantButton('Expire', 'expire', path('expire'), { why: unless(can('expire'), 'pending') }),
    merchantButton('Ask for status', 'status', path('status'), { method: 'GET' }),
  ]
  return all
}
