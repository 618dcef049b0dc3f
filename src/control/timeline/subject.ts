import type { Journal } from '../../engine/journal.ts'
import type { State } from '../../midtrans/state.ts'
import { type Subjects, subjectsOf } from '../request-facts.ts'

/** What a story is about: an account with its payments, an order with all of its tries, or one payment. */
export interface Subject {
  readonly id: string
  /** account_id and transaction_ids. */
  readonly entities: ReadonlySet<string>
  readonly accountIds: ReadonlySet<string>
  readonly orderIds: ReadonlySet<string>
  readonly transactionIds: ReadonlySet<string>
  /** Whether a request that is about these belongs to the story. */
  isNamed(subjects: Subjects): boolean
}

export interface Remembered {
  readonly state: State
  readonly journal: Journal
}

/** What an id stands for in the state or, after a reset, in the journal; undefined: neither knows it. */
export function subjectOf(remembered: Remembered, id: string): Subject | undefined {
  const { state, journal } = remembered
  const happenings = journal.happenings.all.map(({ happening }) => happening)
  const isOf = (what: string) => happenings.some((each) => each.what === what && each.id === id)
  if (state.accounts.get(id) || isOf('account')) return ofAccount(remembered, id)
  if (state.transactions.get(id) || isOf('transaction')) return ofTransaction(remembered, id)
  const ofOrder = happenings.filter(({ what, orderId }) => what === 'transaction' && orderId === id)
  const transactionIds = new Set([...state.transactionOf.all(id), ...ofOrder].map((each) => each.id))
  const isNamed = ({ order_id, transaction_id = '' }: Subjects) => order_id === id || transactionIds.has(transaction_id)
  const isKnown = transactionIds.size > 0 || journal.requests.all.some((each) => isNamed(subjectsOf(each, state)))
  return isKnown ? subject(id, { orderIds: new Set([id]), transactionIds }, isNamed) : undefined
}

/** All that a sandbox has to tell. */
export function everything({ state }: Remembered): Subject {
  const transactions = [...state.transactions.values()]
  return subject(
    'everything',
    {
      accountIds: new Set(Array.from(state.accounts.values(), ({ id }) => id)),
      orderIds: new Set(transactions.map(({ orderId }) => orderId)),
      transactionIds: new Set(transactions.map(({ id }) => id)),
    },
    () => true,
  )
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
  const idsOf = (kept: readonly string[], said: readonly (string | undefined)[]) =>
    new Set([...kept, ...said.filter((each) => each !== undefined)])
  const transactionIds = idsOf(
    payments.map((each) => each.id),
    named.map(({ transaction_id }) => transaction_id),
  )
  const orderIds = idsOf(
    payments.map(({ orderId }) => orderId),
    named.map(({ order_id }) => order_id),
  )
  return subject(
    id,
    { accountIds: new Set([id]), orderIds, transactionIds },
    ({ account_id, transaction_id = '' }) => account_id === id || transactionIds.has(transaction_id),
  )
}

const none: ReadonlySet<string> = new Set()

function subject(
  id: string,
  ids: Partial<Pick<Subject, 'accountIds'>> & Pick<Subject, 'orderIds' | 'transactionIds'>,
  isNamed: Subject['isNamed'],
): Subject {
  const { accountIds = none } = ids
  return { id, accountIds, ...ids, entities: new Set([...accountIds, ...ids.transactionIds]), isNamed }
}
