import type { FastifyRequest } from 'fastify'
import type { Facts } from '../../engine/scenarios/rule.ts'
import { operationOf } from '../merchant-api/operation.ts'
import { fullPhone } from '../payers/phone.ts'
import type { SandboxDoor } from '../world.ts'

/**
 * What can be known of a request before it has done anything: the same facts that its operation would tell a rule. A
 * body that is not as it should be has fewer.
 */
export function requestFacts(request: FastifyRequest, { state, payerBook }: SandboxDoor): Facts {
  const { id, account_id, token = '', user_id, subscription_id = '' } = request.params as Params
  const session = state.snapSessions.get(token)
  const subscription = state.subscriptions.get(subscription_id)
  const body = request.body
  const transactionId = id ?? textIn(body, 'transaction_id')
  const transaction =
    transactionId === undefined
      ? undefined
      : (state.transactions.get(transactionId) ?? state.transactionOf.latest(transactionId))
  const ofUser = user_id === undefined ? undefined : state.enabledAccountOfUser.latest(user_id)?.id
  const account =
    account_id ?? ofUser ?? textIn(body, 'gopay', 'account_id') ?? (transaction ?? subscription)?.accountId
  const amount =
    textIn(body, 'transaction_details', 'gross_amount') ??
    textIn(body, 'amount') ??
    (transaction ?? session ?? subscription)?.amount
  const dialed = textIn(body, 'gopay_partner', 'phone_number')
  const phone =
    dialed === undefined
      ? (state.accounts.get(account ?? '')?.phone ?? transaction?.phone)
      : fullPhone(dialed, textIn(body, 'gopay_partner', 'country_code'), payerBook)
  return {
    operation: operationOf(request.method, request.routeOptions.url),
    method: request.method,
    path: request.url.split('?')[0],
    order_id: textIn(body, 'transaction_details', 'order_id') ?? (transaction ?? session)?.orderId ?? id,
    amount: amount === undefined ? undefined : Number(amount),
    account_id: account,
    phone,
  }
}

/** What paths of the APIs name. */
interface Params {
  readonly id?: string
  readonly account_id?: string
  readonly token?: string
  readonly user_id?: string
  readonly subscription_id?: string
}

function textIn(value: unknown, ...names: readonly string[]): string | undefined {
  const found = names.reduce<unknown>(
    (each, name) =>
      typeof each === 'object' && each !== null ? (each as Readonly<Record<string, unknown>>)[name] : undefined,
    value,
  )
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined
}
