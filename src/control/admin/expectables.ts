import { factsOf } from '../../engine/outbox/facts.ts'
import type { Notification } from '../../engine/outbox/notification.ts'
import type { Facts, Match } from '../../engine/scenarios/rule.ts'
import type { Account } from '../../midtrans/accounts/account.ts'
import { wireAmount } from '../../midtrans/money.ts'
import { refundedAmount, type Transaction } from '../../midtrans/payments/transaction.ts'
import { paymentOf } from '../../midtrans/snap/operations.ts'
import type { SnapSession } from '../../midtrans/snap/session.ts'
import type { State } from '../../midtrans/state.ts'
import type { Subscription } from '../../midtrans/subscriptions/subscription.ts'
import type { Sandbox } from '../../sandbox.ts'
import { factsOf as requestFacts } from '../request-facts.ts'
import { wireNotification } from './notifications.ts'
import { wireRequest } from './requests.ts'
import { shownAccount, shownTransaction } from './shown.ts'
import { shownSession, shownSubscription } from './shown-sales.ts'

/** Something that a test can wait for. */
export interface Found {
  readonly facts: Facts
  /** How people call it. */
  readonly name: string
  wire(): unknown
}

/** A kind of things that a test can wait for. */
export interface Expectable {
  readonly plural: string
  /** What is meant where the filter says nothing else. */
  readonly implied: Match
  /** By age, the oldest first. */
  all(sandbox: Sandbox): readonly Found[]
}

/** What has arrived counts, not what was tried. */
const notification: Expectable = {
  plural: 'notifications',
  implied: { state: 'delivered' },
  all: (sandbox) =>
    [...sandbox.state.notifications.values()].flatMap((each) => {
      const ways = sandbox.outbox.deliveriesOf(each.id)
      return ways.length === 0
        ? [foundNotification(sandbox, each, factsOf(each))]
        : ways.map((delivery) => foundNotification(sandbox, each, factsOf(each, delivery)))
    }),
}

const foundNotification = (sandbox: Sandbox, each: Notification, facts: Facts): Found => ({
  facts,
  name: `${each.event} of ${each.reference}`,
  wire: () => wireNotification(sandbox, each),
})

const transaction: Expectable = {
  plural: 'transactions',
  implied: {},
  all: ({ state }) =>
    [...state.transactions.values()].map((each) => ({
      facts: transactionFacts(each),
      name: each.orderId,
      wire: () => shownTransaction(each),
    })),
}

/** As in answers of the Core API, and who pays; `status` as the admin API lists it. */
const transactionFacts = (each: Transaction): Facts => ({
  order_id: each.orderId,
  transaction_id: each.id,
  transaction_status: each.status,
  status: each.status,
  gross_amount: wireAmount(each.amount),
  refund_amount: wireAmount(refundedAmount(each)),
  account_id: each.accountId,
  phone: each.phone,
  payment_option_type: each.option,
  channel_response_code: each.channelResponse?.code,
})

const account: Expectable = {
  plural: 'accounts',
  implied: {},
  all: ({ state }) =>
    [...state.accounts.values()].map((each) => ({
      facts: accountFacts(each),
      name: `account ${each.id}`,
      wire: () => shownAccount(state, each),
    })),
}

const accountFacts = ({ id, status, phone }: Account): Facts => ({
  account_id: id,
  account_status: status,
  status,
  phone,
})

const subscription: Expectable = {
  plural: 'subscriptions',
  implied: {},
  all: ({ state }) =>
    [...state.subscriptions.values()].map((each) => ({
      facts: subscriptionFacts(each),
      name: `subscription ${each.name}`,
      wire: () => shownSubscription(state, each),
    })),
}

const subscriptionFacts = ({ id, name, status, amount, accountId, charges, retries = 0 }: Subscription): Facts => ({
  subscription_id: id,
  name,
  status,
  amount: String(amount),
  account_id: accountId,
  current_interval: charges,
  retries,
})

const snap: Expectable = {
  plural: 'Snap sessions',
  implied: {},
  all: ({ state }) =>
    [...state.snapSessions.values()].map((each) => ({
      facts: sessionFacts(state, each),
      name: `Snap session of ${each.orderId}`,
      wire: () => shownSession(state, each),
    })),
}

const sessionFacts = (state: State, session: SnapSession): Facts => ({
  token: session.id,
  status: session.status,
  order_id: session.orderId,
  gross_amount: wireAmount(session.amount),
  user_id: session.userId,
  account_id: session.accountId,
  transaction_id: session.transactionId,
  transaction_status: paymentOf(state, session)?.status,
})

/** Whatever the merchant and the payer's browser asked for, and is still remembered. */
const request: Expectable = {
  plural: 'requests',
  implied: {},
  all: (sandbox) =>
    sandbox.journal.requests.all.map((each) => ({
      facts: requestFacts(each, sandbox.state),
      name: `${each.method} ${each.url}`,
      wire: () => wireRequest(sandbox, each),
    })),
}

export const expectables = {
  notification,
  transaction,
  account,
  subscription,
  snap,
  request,
} as const satisfies Readonly<Record<string, Expectable>>
