import type { Subscription } from '../../midtrans/subscriptions/subscription.ts'
import { Problem } from '../admin/problem.ts'
import { isoTime } from '../admin/wire.ts'
import { adminButton, type Button, subscriptionButton } from './button.ts'
import { copiesOf } from './copies/index.ts'
import { possibleFor } from './happen.ts'
import { pictureOf } from './picture.ts'
import { chargesOf, nextCharge, rhythmOf } from './subscriptions.ts'
import { transactionRow } from './transactions.ts'
import type { View, Visit } from './visit.ts'

const mostCharges = 20

/** One subscription: its schedule and its charges, what can be done with it, and all that happened to it. */
export async function subscription(visit: Visit): Promise<View> {
  const { sandbox, base, params } = visit
  const { state } = sandbox
  const found = state.subscriptions.get(params.id ?? '')
  if (!found) {
    throw new Problem(404, 'No such subscription', `No subscription of this sandbox is called ${params.id}.`)
  }
  const charges = state.transactionsOfSubscription.all(found.id)
  const next = nextCharge(state, found)
  return {
    title: `Subscription ${found.name}`,
    subscription: found,
    rhythm: rhythmOf(found),
    charges: chargesOf(found),
    next,
    account: {
      href: `${base}/accounts/${found.accountId}`,
      label: `+${state.accounts.get(found.accountId)?.phone ?? found.accountId}`,
    },
    toNext:
      next &&
      adminButton(next.isRetry ? 'Go to the retry' : 'Go to the next charge', 'to-next-charge', 'clock/set', {
        body: { to: isoTime(next.at) },
        tone: 'primary',
      }),
    merchant: merchantButtons(found),
    possible: possibleFor(sandbox, found.id, ['charge-now']),
    payments: charges
      .slice(-mostCharges)
      .reverse()
      .map((each) => transactionRow(sandbox, base, each)),
    morePayments: Math.max(0, charges.length - mostCharges),
    notifications: state.notificationOf
      .all(found.id)
      .slice(-mostCharges)
      .reverse()
      .map(({ id, event, createdAt }) => ({ href: `${base}/notifications/${id}`, event, createdAt })),
    picture: pictureOf(sandbox, base, found.id),
    copies: await copiesOf(visit, found.id, `Subscription ${found.name}`),
  }
}

/** The merchant's own calls. None is refused for what the subscription is like: at most it changes nothing. */
function merchantButtons({ id, name, token, amount }: Subscription) {
  const all: readonly (Button & { readonly asks?: string })[] = [
    subscriptionButton('Disable', 'disable', `${id}/disable`),
    subscriptionButton('Enable', 'enable', `${id}/enable`),
    subscriptionButton('Cancel', 'cancel', `${id}/cancel`, { tone: 'danger' }),
    {
      ...subscriptionButton('Change the amount', 'update', id, {
        method: 'PATCH',
        body: { name, amount, currency: 'IDR', token },
      }),
      asks: String(amount),
    },
    subscriptionButton('Ask for subscription', 'get-subscription', id, { method: 'GET' }),
  ]
  return all
}
