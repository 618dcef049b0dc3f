import type { Target } from '../../client/http.ts'
import type { Delivery, Notification } from '../../engine/outbox/notification.ts'
import type { Match } from '../../engine/scenarios/rule.ts'
import type { Account } from '../../midtrans/accounts/account.ts'
import type { Transaction } from '../../midtrans/payments/transaction.ts'
import type { Subscription } from '../../midtrans/subscriptions/subscription.ts'
import type { Sandbox } from '../../sandbox.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { Problem } from '../admin/problem.ts'
import { extraNames, type TriggerBody } from './body.ts'
import { linked, type TriggerEvent, triggers, type Ways } from './events.ts'
import { checkOverrides, overriding } from './overrides.ts'
import { cameInstead, notInThisState } from './refusals.ts'
import { accountOf, type Stage, subscriptionOf, transactionOf } from './stage.ts'
import { whoIn } from './who.ts'

/** What was made to happen. */
export interface Triggered {
  readonly account: Account | undefined
  readonly transaction: Transaction | undefined
  readonly subscription: Subscription | undefined
  /** All that the merchant is told of it, the oldest first. */
  readonly notifications: readonly Notification[]
  /** The one that tells of the event. */
  readonly told: Notification
}

/** More than any way has. */
const mostActs = 6
const longestMs = 30_000
/** How long an answer waits for the first tries to end. */
const patienceMs = 2_000

/**
 * Makes an event really happen, by calls of the merchant's and by what payers do, from wherever its payment or account
 * stands. Rejects with a Problem where that is not possible, or where something else came of it.
 */
export async function trigger(
  sandbox: Sandbox,
  wish: TriggerBody,
  { url, signal }: { readonly url: string; readonly signal: AbortSignal },
): Promise<Triggered> {
  const event = eventCalled(wish.event)
  refuseExtras(wish, event)
  checkOverrides(wish.overrides, event)
  const { serverKey, outbox } = sandbox
  const who = sandbox.perform((world) => whoIn(world, wish, event), undefined)
  const target: Stage['target'] = {
    url,
    serverKey,
    signal: AbortSignal.any([signal, AbortSignal.timeout(longestMs)]),
  } satisfies Target
  const stage: Stage = { sandbox, target, wish, ...who }
  const first = outbox.nextNumber
  const told = await overriding(sandbox, { overrides: wish.overrides, filter: filterOf(stage, event) }, async () => {
    await comeAbout(stage, event, first)
    return toldOf(stage, event, first)
  })
  if (!told) throw cameInstead(stage, event)
  const notifications = toldSince(stage, first)
  const isTried = ({ status, attempts, nextAttemptAt = 0 }: Delivery) =>
    status !== 'planned' || attempts.length > 0 || nextAttemptAt > sandbox.clock.now()
  const areTried = () => notifications.every(({ id }) => outbox.deliveriesOf(id).every(isTried))
  await sandbox.watchers.until(areTried, patienceMs, signal)
  return {
    account: accountOf(stage),
    transaction: transactionOf(stage),
    subscription: subscriptionOf(stage),
    notifications,
    told,
  }
}

async function comeAbout(stage: Stage, event: TriggerEvent, first: number): Promise<void> {
  const isTold = () => toldOf(stage, event, first) !== undefined
  if (event.of === 'account') return go(stage, event, { ways: event.ways, isThere: isTold, subject: accountOf })
  if (!transactionOf(stage) && !subscriptionOf(stage)) {
    const isLinked = () => accountOf(stage)?.status === 'ENABLED'
    await go(stage, event, { ways: linked, isThere: isLinked, subject: accountOf })
  }
  const subject = event.of === 'subscription' ? subscriptionOf : transactionOf
  await go(stage, event, { ways: event.ways, isThere: isTold, subject })
}

interface Course {
  readonly ways: Ways
  readonly isThere: () => boolean
  readonly subject: (stage: Stage) => Account | Transaction | Subscription | undefined
}

/** One act after the other, until it is there. */
async function go(stage: Stage, event: TriggerEvent, { ways, isThere, subject }: Course): Promise<void> {
  const status = () => subject(stage)?.status ?? 'none'
  for (let left = mostActs; left > 0 && !isThere(); left--) {
    const before = status()
    const act = ways[before]
    if (!act) throw stage.last ? cameInstead(stage, event) : notInThisState(stage, ways)
    await act(stage)
    if (status() === before && !isThere()) throw cameInstead(stage, event)
  }
}

/** What the merchant was told of it since. */
function toldSince(stage: Stage, first: number): readonly Notification[] {
  const { sandbox, orderId, accountId, subscriptionId = '' } = stage
  const charges = sandbox.state.transactionsOfSubscription.all(subscriptionId)
  const names = new Set([orderId, accountId, subscriptionId, ...charges.map((charge) => charge.orderId)])
  return [...sandbox.state.notifications.values()].filter(
    ({ number, reference }) => number >= first && names.has(reference),
  )
}

function toldOf(stage: Stage, { told, toldWith = '', of }: TriggerEvent, first: number): Notification | undefined {
  const name = { account: stage.accountId, payment: stage.orderId, subscription: stage.subscriptionId }[of]
  return toldSince(stage, first).findLast(
    ({ event, reference, body }) => reference === name && told.includes(event) && body.includes(toldWith),
  )
}

/** Whatever may turn out to be the notification of the event. */
function filterOf({ orderId, accountId }: Stage, { told }: TriggerEvent): Match {
  if (orderId !== undefined) return { order_id: orderId }
  return { event: told[0] ?? '', ...(accountId !== undefined && { account_id: accountId }) }
}

function eventCalled(name: string): TriggerEvent {
  const event = Object.hasOwn(triggers, name) ? triggers[name] : undefined
  if (event) return event
  const names = Object.keys(triggers)
  const near = nearestName(name, names)
  const meant = near === undefined ? '' : `, did you mean ${near}?`
  throw new Problem(
    400,
    'No such event',
    `event: found "${name}"${meant || ','} expected one of ${names.join(', ')}`,
    'GET /__admin/trigger tells what each is.',
  )
}

function refuseExtras(wish: TriggerBody, { takes = [] }: TriggerEvent): void {
  const extra = extraNames.find((name) => wish[name] !== undefined && !takes.includes(name))
  if (extra) throw new Problem(400, 'Not for this event', `${extra}: found for ${wish.event}, which does not take it`)
}
