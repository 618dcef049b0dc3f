import { timerId } from '../../engine/time/timers.ts'
import type { State } from '../../midtrans/state.ts'
import type { Subscription, SubscriptionStatus } from '../../midtrans/subscriptions/subscription.ts'
import { listed } from './list.ts'
import type { View, Visit } from './visit.ts'

const statuses: readonly SubscriptionStatus[] = ['active', 'inactive']

/** All subscriptions, the latest first. */
export function subscriptions(visit: Visit): View {
  const { sandbox, base, query } = visit
  const { state } = sandbox
  const { rows, list } = listed(visit, {
    all: [...state.subscriptions.values()].reverse(),
    textOf: ({ id, name, accountId, amount }) =>
      [id, name, accountId, state.accounts.get(accountId)?.phone, amount].join(' '),
    filters: { status: ({ status }) => status },
  })
  return {
    title: 'Subscriptions',
    list,
    filters: [{ name: 'status', label: 'Status', options: statuses, value: query.status ?? '' }],
    rows: rows.map((row) => subscriptionRow(state, base, row)),
  }
}

/** A subscription as a row of a table. */
export function subscriptionRow(state: State, base: string, subscription: Subscription) {
  const { id, name, status, amount, accountId } = subscription
  return {
    href: `${base}/subscriptions/${id}`,
    name,
    status,
    amount,
    phone: state.accounts.get(accountId)?.phone,
    rhythm: rhythmOf(subscription),
    charges: chargesOf(subscription),
    next: nextCharge(state, subscription),
  }
}

/** "each month", "every 2 weeks". */
export const rhythmOf = ({ interval, unit }: Pick<Subscription, 'interval' | 'unit'>): string =>
  interval === 1 ? `each ${unit}` : `every ${interval} ${unit}s`

/** "3 of 12", "3". */
export const chargesOf = ({ charges, maxInterval }: Subscription): string =>
  maxInterval === undefined ? `${charges}` : `${charges} of ${Math.max(1, maxInterval)}`

/** When it charges next, and whether it tries again what has failed; undefined: nothing is to come. */
export function nextCharge({ timers }: State, { id }: Subscription) {
  const [retry, charge] = (['subscription-retry', 'subscription-charge'] as const).map((kind) =>
    timers.get(timerId(kind, id)),
  )
  const next = retry ?? charge
  return next && { at: next.dueAt, isRetry: retry !== undefined }
}
