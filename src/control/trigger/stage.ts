import { type HttpAnswer, type HttpRequest, send, type Target } from '../../client/http.ts'
import type { Account } from '../../midtrans/accounts/account.ts'
import type { Transaction } from '../../midtrans/payments/transaction.ts'
import type { Subscription } from '../../midtrans/subscriptions/subscription.ts'
import type { Sandbox } from '../../sandbox.ts'
import { Problem } from '../admin/problem.ts'
import { simulate } from '../simulate.ts'
import type { TriggerBody } from './body.ts'

/** What an event is made to happen with; written to while that goes on. */
export interface Stage {
  readonly sandbox: Sandbox
  /** The emulator, as the merchant of the sandbox reaches it. */
  readonly target: Target & { readonly signal: AbortSignal }
  readonly wish: TriggerBody
  /** The payer's full number. */
  readonly phone: string
  /** Of payments. */
  readonly orderId: string | undefined
  /** Both known once there is one. */
  accountId: string | undefined
  subscriptionId: string | undefined
  /** The merchant's last call, and what was answered; no answer: the connection broke off. */
  last?: { readonly asked: string; readonly answer: HttpAnswer | undefined }
}

export const accountOf = ({ sandbox: { state }, accountId = '' }: Stage): Account | undefined =>
  state.accounts.get(accountId)

export const transactionOf = ({ sandbox: { state }, orderId = '' }: Stage): Transaction | undefined =>
  state.transactionOf.latest(orderId)

export const subscriptionOf = ({ sandbox: { state }, subscriptionId = '' }: Stage): Subscription | undefined =>
  state.subscriptions.get(subscriptionId)

/** A call of the merchant's, over HTTP like any other: rules decide about it, and it stands in the journal. */
export async function call(stage: Stage, path: string, request?: HttpRequest): Promise<void> {
  const { sandbox, target } = stage
  if (sandbox.isGone) throw new Problem(409, 'Interrupted', 'The sandbox was deleted while this went on')
  const answer = await send(target, 'POST', path, request).catch(() => undefined)
  stage.last = { asked: `POST ${path}`, answer }
}

/** What happens outside of the merchant's API. */
export function happen({ sandbox }: Stage, action: string, id: string | undefined, more: object = {}): void {
  simulate(sandbox, action, { ...more, id: id ?? '' })
}
