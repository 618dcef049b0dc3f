import type { Journal } from '../../engine/journal.ts'
import type { State } from '../../midtrans/state.ts'
import { type Subjects, subjectsOf } from '../request-facts.ts'

/**
 * What a story is about: an account with its payments, an order with all of its tries, one payment, a subscription with
 * its charges, or a Snap session with what was paid and linked in it.
 */
export interface Subject extends Ids {
  readonly id: string
  /** All of its ids but order_ids. */
  readonly entities: ReadonlySet<string>
  /** Whether a request that is about these belongs to the story. */
  isNamed(subjects: Subjects): boolean
}

interface Ids {
  readonly accountIds: ReadonlySet<string>
  readonly orderIds: ReadonlySet<string>
  readonly transactionIds: ReadonlySet<string>
  readonly subscriptionIds: ReadonlySet<string>
  readonly snapTokens: ReadonlySet<string>
}

export interface Remembered {
  readonly state: State
  readonly journal: Journal
}

/** What an id stands for in the state or, after a reset, in the journal; undefined: neither knows it. */
export function subjectOf(remembered: Remembered, id: string): Subject | undefined {
  const { state, journal } = remembered
  const isOf = (what: string) =>
    journal.happenings.all.some(({ happening: each }) => each.what === what && each.id === id)
  if (state.accounts.get(id) || isOf('account')) return ofAccount(remembered, id)
  if (state.transactions.get(id) || isOf('transaction')) return ofTransaction(remembered, id)
  if (state.subscriptions.get(id) || isOf('subscription')) return ofSubscription(remembered, id)
  if (state.snapSessions.get(id) || isOf('snap')) return ofSession(remembered, id)
  return ofOrder(remembered, id)
}

/** All that a sandbox has to tell. */
export function everything({ state }: Remembered): Subject {
  const transactions = [...state.transactions.values()]
  return subject(
    'everything',
    {
      accountIds: idsOf(state.accounts.values()),
      orderIds: new Set(transactions.map(({ orderId }) => orderId)),
      transactionIds: idsOf(transactions),
      subscriptionIds: idsOf(state.subscriptions.values()),
      snapTokens: idsOf(state.snapSessions.values()),
    },
    () => true,
  )
}

function ofOrder({ state, journal }: Remembered, id: string): Subject | undefined {
  const begun = (what: string) =>
    journal.happenings.all.map(({ happening }) => happening).filter((each) => each.what === what && each.orderId === id)
  const transactionIds = idsOf([...state.transactionOf.all(id), ...begun('transaction')])
  const snapTokens = idsOf([...state.sessionOfOrder.all(id), ...begun('snap')])
  const isNamed = ({ order_id, transaction_id = '', snap_token = '' }: Subjects) =>
    order_id === id || transactionIds.has(transaction_id) || snapTokens.has(snap_token)
  const isKnown =
    transactionIds.size + snapTokens.size > 0 || journal.requests.all.some((each) => isNamed(subjectsOf(each, state)))
  return isKnown ? subject(id, { orderIds: new Set([id]), transactionIds, snapTokens }, isNamed) : undefined
}

function ofTransaction({ state, journal }: Remembered, id: string): Subject {
  const begun = journal.happenings.all.find(({ happening }) => happening.what === 'transaction' && happening.id === id)
  const orderId = state.transactions.get(id)?.orderId ?? String(begun?.happening.orderId)
  // A refused try names the order alone.
  return subject(
    id,
    { orderIds: new Set([orderId]), transactionIds: new Set([id]) },
    ({ order_id, transaction_id }) => transaction_id === id || (transaction_id === undefined && order_id === orderId),
  )
}

function ofAccount({ state, journal }: Remembered, id: string): Subject {
  const named = journal.requests.all.map((each) => subjectsOf(each, state)).filter((each) => each.account_id === id)
  const payments = [...state.transactions.values()].filter(({ accountId }) => accountId === id)
  const subscriptions = [...state.subscriptions.values()].filter(({ accountId }) => accountId === id)
  const transactionIds = someOf([...payments.map((each) => each.id), ...named.map((each) => each.transaction_id)])
  const orderIds = someOf([...payments.map(({ orderId }) => orderId), ...named.map(({ order_id }) => order_id)])
  return subject(
    id,
    { accountIds: new Set([id]), orderIds, transactionIds, subscriptionIds: idsOf(subscriptions) },
    ({ account_id, transaction_id = '' }) => account_id === id || transactionIds.has(transaction_id),
  )
}

function ofSubscription({ state, journal }: Remembered, id: string): Subject {
  const charges = state.transactionsOfSubscription.all(id)
  const told = journal.happenings.all.flatMap(({ happening: { what, id: of, orderId } }) =>
    what === 'subscription' && of === id && orderId !== undefined ? [String(orderId)] : [],
  )
  const orderIds = someOf([...charges.map(({ orderId }) => orderId), ...told])
  const transactionIds = idsOf(charges)
  return subject(
    id,
    { orderIds, transactionIds, subscriptionIds: new Set([id]) },
    ({ subscription_id, transaction_id = '' }) => subscription_id === id || transactionIds.has(transaction_id),
  )
}

/** Of the wallet that was linked in it nothing but that. */
function ofSession({ state, journal }: Remembered, id: string): Subject {
  const begun = journal.happenings.all.find(({ happening }) => happening.what === 'snap' && happening.id === id)
  const session = state.snapSessions.get(id)
  const orderId = session?.orderId ?? String(begun?.happening.orderId)
  const transactionIds = idsOf(state.transactionOf.all(orderId).filter(({ snapToken }) => snapToken === id))
  return subject(
    id,
    {
      accountIds: someOf([session?.accountId]),
      orderIds: new Set([orderId]),
      transactionIds,
      snapTokens: new Set([id]),
    },
    ({ snap_token, order_id, transaction_id }) =>
      snap_token === id || (transaction_id === undefined ? order_id === orderId : transactionIds.has(transaction_id)),
  )
}

const idsOf = (all: Iterable<{ readonly id: string }>): ReadonlySet<string> => new Set(Array.from(all, ({ id }) => id))

const someOf = (all: readonly (string | undefined)[]): ReadonlySet<string> =>
  new Set(all.filter((each) => each !== undefined))

const none: ReadonlySet<string> = new Set()

function subject(id: string, known: Partial<Ids>, isNamed: Subject['isNamed']): Subject {
  const ids: Ids = {
    accountIds: none,
    orderIds: none,
    transactionIds: none,
    subscriptionIds: none,
    snapTokens: none,
    ...known,
  }
  const { orderIds: _, ...others } = ids
  return {
    id,
    ...ids,
    entities: new Set(Object.values(others).flatMap((each: ReadonlySet<string>) => [...each])),
    isNamed,
  }
}
