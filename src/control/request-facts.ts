import type { Exchange } from '../engine/exchange.ts'
import { plainFields } from '../engine/outbox/facts.ts'
import type { Facts } from '../engine/scenarios/rule.ts'
import type { State } from '../midtrans/state.ts'

/** What is known of a request: what it is about, what became of it, and the plain fields of its body and answer. */
export function factsOf(exchange: Exchange, state: State): Facts {
  const { id, from, method, url, operation, marks, ending } = exchange
  return {
    ...fieldsOf(exchange).plain,
    id,
    from,
    method,
    operation,
    path: url,
    state: stateOf(exchange),
    status: ending?.status,
    rule: marks.rule,
    fault: marks.fault,
    ...subjectsOf(exchange, state),
  }
}

export function stateOf({ ending }: Exchange): 'under way' | 'answered' | 'broken off' {
  if (!ending) return 'under way'
  return ending.hasLeft ? 'answered' : 'broken off'
}

export interface Subjects {
  readonly order_id: string | undefined
  readonly transaction_id: string | undefined
  readonly account_id: string | undefined
  readonly subscription_id: string | undefined
  readonly snap_token: string | undefined
  readonly phone: string | undefined
}

/** What a request is about, where its body, path or answer says so. */
export function subjectsOf(
  exchange: Exchange,
  { accounts, transactions, subscriptions, snapSessions }: State,
): Subjects {
  const { about } = exchange
  const said = fieldsOf(exchange).subjects
  const named = about.id ?? about.subject ?? ''
  const transaction = transactions.get(said.transaction_id ?? named)
  const subscription_id = about.subscription_id ?? said.subscription_id ?? transaction?.subscriptionId
  const snap_token = about.token ?? said.snap_token ?? transaction?.snapToken
  const account_id =
    said.account_id ??
    about.account_id ??
    transaction?.accountId ??
    subscriptions.get(subscription_id ?? '')?.accountId ??
    accounts.get(named)?.id
  return {
    // The path of a payment's endpoints has either; what is no transaction_id can only be meant as an order_id.
    order_id: said.order_id ?? (transaction ?? snapSessions.get(snap_token ?? ''))?.orderId ?? about.id,
    transaction_id: said.transaction_id ?? transaction?.id,
    account_id,
    subscription_id,
    snap_token,
    phone: about.phone ?? accounts.get(account_id ?? '')?.phone ?? transaction?.phone ?? said.phone,
  }
}

interface Fields {
  readonly plain: Facts
  readonly subjects: Subjects
}

/** Reading bodies again and again would cost whoever waits dearly; what has ended does not change. */
const read = new WeakMap<Exchange, Fields>()

function fieldsOf(exchange: Exchange): Fields {
  const known = read.get(exchange)
  if (known) return known
  const { url, body = '', answer = '' } = exchange
  const fields = { plain: { ...plainFields(body), ...plainFields(answer) }, subjects: saidIn(url, body, answer) }
  if (exchange.ending) read.set(exchange, fields)
  return fields
}

/** The answer knows best. */
function saidIn(url: string, body: string, answer: string): Subjects {
  const [asked, answered] = [objectOf(body), objectOf(answer)]
  const said = (name: string) => textOf(answered[name]) ?? textOf(asked[name])
  const partner = inner(asked, 'gopay_partner')
  const [country = '', number] = [textOf(partner.country_code), textOf(partner.phone_number)]
  return {
    order_id: said('order_id') ?? textOf(inner(asked, 'transaction_details').order_id),
    transaction_id: said('transaction_id'),
    account_id: said('account_id') ?? textOf(inner(asked, 'gopay').account_id),
    // In other answers these names mean something else.
    subscription_id: url.startsWith('/v1/subscriptions') ? textOf(answered.id) : undefined,
    snap_token: url.startsWith('/snap/') ? textOf(answered.token) : undefined,
    phone: number && (number.startsWith(country) ? number : country + number),
  }
}

type Fielded = Readonly<Record<string, unknown>>

function objectOf(text: string): Fielded {
  try {
    return asObject(JSON.parse(text))
  } catch {
    // It was cut, or none was sent.
    return {}
  }
}

// Whatever is an object has fields that are not known.
const asObject = (value: unknown): Fielded => (typeof value === 'object' && value !== null ? (value as Fielded) : {})

const inner = (object: Fielded, name: string): Fielded => asObject(object[name])

/** Ids come as numbers, too. */
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
