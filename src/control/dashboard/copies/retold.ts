import type { Account } from '../../../midtrans/accounts/account.ts'
import { paymentOptions } from '../../../midtrans/accounts/wire.ts'
import type { Transaction } from '../../../midtrans/payments/transaction.ts'
import type { Subscription } from '../../../midtrans/subscriptions/subscription.ts'
import type { Sandbox } from '../../../sandbox.ts'
import type { Subject } from '../../timeline/subject.ts'
import { type StoryStep, stepsOf } from './story-steps.ts'

/** A call of a story, as it is made in another sandbox. */
export interface RetoldCall {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly headers: Readonly<Record<string, string>>
  /** What the answer was. */
  readonly status: number | undefined
}

/** A story that can happen again in a sandbox of its own. For ids that it will get there, placeholders stand. */
export interface Retold {
  /** Who has linked the account before it begins; undefined: the story tells of it, or needs none. */
  readonly payerBefore: string | undefined
  readonly steps: readonly (RetoldStep | { readonly did: 'call'; readonly call: RetoldCall })[]
  /** Of a payment: what its order is called. */
  readonly orderId: string | undefined
  /** How it stands in the end, as POST /__admin/expect asks for it. */
  readonly ending: Readonly<Record<string, object>> | undefined
}
type RetoldStep = Exclude<StoryStep, { did: 'call' }>

/** Placeholders for what another sandbox calls differently, between characters that nobody types. */
export const accountHere = '\uE000account\uE001'
export const transactionHere = '\uE000transaction\uE001'
export const subscriptionHere = '\uE000subscription\uE001'
const tokenHere = (option: string): string => `\uE000${option}\uE001`
/** The option whose token a text is. */
export const optionIn = (text: string): string | undefined => /^\uE000([A-Z_]+)\uE001$/.exec(text)?.[1]

/** What is remembered of something, ready to happen again. */
export function retold(sandbox: Sandbox, subject: Subject): Retold {
  const { state } = sandbox
  const isOfAccount = subject.accountIds.size > 0
  const [transactionId = ''] = subject.transactionIds
  const [subscriptionId = ''] = isOfAccount ? [] : subject.subscriptionIds
  const subscription = state.subscriptions.get(subscriptionId)
  // The orders of a subscription are called otherwise elsewhere.
  const transaction = isOfAccount || subscription ? undefined : state.transactions.get(transactionId)
  const accountId = [...subject.accountIds][0] ?? (subscription ?? transaction)?.accountId ?? ''
  const account = state.accounts.get(accountId)
  const names = namesIn(sandbox, { account, transaction, subscription })
  return {
    payerBefore: isOfAccount ? undefined : account?.phone,
    steps: stepsOf(sandbox, subject).map((step) =>
      step.did === 'call' ? { did: 'call', call: callOf(step, names) } : step,
    ),
    orderId: transaction?.orderId,
    ending: endingOf(transaction, subscription),
  }
}

function endingOf(transaction: Transaction | undefined, subscription: Subscription | undefined): Retold['ending'] {
  if (transaction) return { transaction: { order_id: transaction.orderId, transaction_status: transaction.status } }
  if (!subscription) return undefined
  const { name, status, charges } = subscription
  return { subscription: { name, status, current_interval: charges } }
}

interface Named {
  readonly account: Account | undefined
  readonly transaction: Transaction | undefined
  readonly subscription: Subscription | undefined
}

/** What a text of this sandbox is called in another one. */
function namesIn(sandbox: Sandbox, { account, transaction, subscription }: Named) {
  const names = new Map<string, string>()
  if (transaction) names.set(transaction.id, transactionHere)
  if (subscription) names.set(subscription.id, subscriptionHere)
  if (!account) return names
  names.set(account.id, accountHere)
  const options = sandbox.perform((world) => paymentOptions(account, world), undefined)
  for (const { name, token } of options) if (token) names.set(token, tokenHere(name))
  return names
}

function callOf({ exchange }: Extract<StoryStep, { did: 'call' }>, names: ReadonlyMap<string, string>): RetoldCall {
  const { method, url, body, headers, ending } = exchange
  const renamed = (text: string) => [...names].reduce((all, [from, to]) => all.replaceAll(from, to), text)
  return {
    method,
    path: renamed(url),
    headers: matteringHeaders(headers),
    status: ending?.status,
    ...(body !== undefined && { body: jsonOf(renamed(body)) }),
  }
}

/** A body that is no JSON is sent as the text that it is. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** All but those that every client sends. */
export const matteringHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-type' && name !== 'user-agent'))
