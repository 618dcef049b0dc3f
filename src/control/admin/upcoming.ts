import type { Delivery } from '../../engine/outbox/notification.ts'
import type { Timer } from '../../engine/time/timers.ts'
import { withoutPassword } from '../../midtrans/secrets.ts'
import type { State } from '../../midtrans/state.ts'
import type { AdminApi } from './admin-api.ts'
import { isoTime } from './wire.ts'

/** More than this in one answer helps nobody. */
const mostListed = 1_000

/** What happens when a timer of this kind is due. */
const plainWords: Readonly<Record<string, string>> = {
  'verification-expiry': "the payer's page closes",
  'account-expiry': 'the link that nobody finished ends',
  'transaction-expiry': 'the payment, or what it reserved, ends',
  'refund-confirmation': 'the bank confirms the refund',
  'payer-walk': 'the payer goes on on the page',
  'payer-unlink': 'the payer ends the link in the app',
  'snap-expiry': 'the Snap page closes',
  'subscription-charge': 'the subscription charges the wallet',
  'subscription-retry': 'the subscription tries again to charge the wallet',
}

/**
 * GET /__admin/clock/upcoming: all that will happen by itself, the earliest first, at most 1,000 and how many there are.
 * At one time timers come before notifications. Notifications that are held wait for somebody's word, and are not due.
 */
export function upcoming(api: AdminApi): void {
  const list = { summary: 'All that will happen by itself, the earliest first' }
  api.get('/__admin/clock/upcoming', list, ({ state }) => {
    const { total, upcoming: all } = upcomingIn(state, mostListed)
    return { total, upcoming: all.map(({ at, ...each }) => ({ due_at: isoTime(at), ...each })) }
  })
}

/** What will happen by itself, the earliest first: so much of it, and how much there is. */
export function upcomingIn(state: State, most: number) {
  const timers = [...state.timers.values()].map((timer) => ({ at: timer.dueAt, wire: () => wireTimer(state, timer) }))
  const deliveries = [...state.deliveries.values()].flatMap((delivery) => {
    const { nextAttemptAt: at } = delivery
    return at === undefined ? [] : [{ at, wire: () => wireTry(state, delivery) }]
  })
  const all = [...timers, ...deliveries].sort((one, other) => one.at - other.at)
  return { total: all.length, upcoming: all.slice(0, most).map(({ at, wire }) => ({ at, ...wire() })) }
}

const wireTimer = (state: State, { kind, subject }: Timer) => ({
  what: plainWords[kind] ?? kind.replaceAll('-', ' '),
  timer: kind,
  ...aboutOf(state, subject),
})

/** By the names under which the merchant knows it. A subject may have more after a "/". */
function aboutOf({ verifications, transactions, accounts, subscriptions, snapSessions }: State, subject: string) {
  const [id = ''] = subject.split('/')
  const entityId = verifications.get(id)?.subject ?? id
  const transaction = transactions.get(entityId)
  const session = snapSessions.get(entityId)
  const subscription = subscriptions.get(entityId)
  return {
    order_id: (transaction ?? session)?.orderId,
    account_id: (transaction ?? subscription)?.accountId ?? accounts.get(entityId)?.id,
    subscription_id: subscription?.id,
    snap_token: session?.id,
  }
}

function wireTry({ notifications }: State, { id, notificationId, url, attempts }: Delivery) {
  const notification = notifications.get(notificationId)
  return {
    what: 'the merchant is told',
    delivery: id,
    event: notification?.event,
    reference: notification?.reference,
    url: withoutPassword(url),
    attempt: attempts.length + 1,
  }
}
