import { newUuid } from '../../engine/ids.ts'
import { GatewayError, invalidAll } from '../errors.ts'
import type { Rupiah } from '../money.ts'
import { transition, type World } from '../world.ts'
import { createdNotification } from './notification.ts'
import { firstAfter, type RetrySchedule, type Rhythm, timeOf, usualRetries } from './schedule.ts'
import { isUsedUp, type Subscription, type SubscriptionEvent, subscriptionMachine } from './subscription.ts'

export interface NewSubscription extends Rhythm {
  readonly name: string
  readonly amount: Rupiah
  readonly accountId: string
  readonly token: string
  readonly maxInterval?: number | undefined
  /** Absent: one interval from now. */
  readonly startAt?: number | undefined
  readonly retrySchedule?: Partial<RetrySchedule> | undefined
  readonly metadata?: unknown
  readonly customerDetails?: unknown
}

/**
 * Makes a subscription; the first charge comes at its start. UNCERTAIN: only the status of the account is documented to
 * be looked at before, so a token that does not hold is found out by the first charge.
 */
export function create(world: World, input: NewSubscription): Subscription {
  const { name, amount, accountId, token, interval, unit, maxInterval, metadata, customerDetails } = input
  refuse([...accountFaults(world, accountId), ...timeFaults(world, 'start_time', input.startAt)])
  const startAt = input.startAt ?? timeOf(world.now, input, 1)
  const subscription = world.state.subscriptions.put({
    id: newUuid(),
    name,
    amount,
    status: 'active',
    accountId,
    token,
    interval,
    unit,
    ...(maxInterval !== undefined && { maxInterval }),
    retrySchedule: { ...usualRetries, ...input.retrySchedule },
    createdAt: world.now,
    startAt,
    countedFromAt: startAt,
    nextAt: startAt,
    charges: 0,
    ...(metadata !== undefined && { metadata }),
    ...(customerDetails !== undefined && { customerDetails }),
  })
  world.happened('subscription', subscription.id, { name, account_id: accountId, to: subscription.status })
  world.notify(createdNotification(world, subscription))
  return plan(world, subscription)
}

export function subscriptionOf(world: World, id: string): Subscription {
  const subscription = world.state.subscriptions.get(id)
  if (!subscription) throw new GatewayError('subscription-not-found')
  return subscription
}

/** Ends the charges, but for those that failed before and are tried again (docs.midtrans.com, disable-subscription). */
export const disable = (world: World, id: string): Subscription =>
  plan(world, move(world, subscriptionOf(world, id), 'disable'))

/** Ends the charges, retries and all (docs.midtrans.com, cancel-subscription). */
export function cancel(world: World, id: string): Subscription {
  world.timers.stop('subscription-retry', id)
  const { retries: _, ...subscription } = subscriptionOf(world, id)
  return plan(world, move(world, subscription, 'cancel'))
}

/**
 * Goes on with the next time of the schedule. UNCERTAIN: what was missed meanwhile is left out, so that no payer is
 * charged several times at once; and what is used up stays so, for more charges than max_interval were never agreed.
 */
export function enable(world: World, id: string): Subscription {
  const subscription = subscriptionOf(world, id)
  if (isUsedUp(subscription)) return subscription
  return plan(world, move(world, { ...subscription, nextAt: nextTime(world, subscription) }, 'enable'))
}

export interface Update extends Pick<NewSubscription, 'name' | 'amount' | 'token' | 'retrySchedule'> {
  readonly accountId?: string | undefined
  readonly interval?: number | undefined
  readonly nextAt?: number | undefined
}

/**
 * Changes what is charged from now on. A time for the next charge makes an ended subscription go on (docs.midtrans.com,
 * update-subscription-schedule-object). UNCERTAIN: the times of a changed schedule are counted from the next charge.
 */
export function update(world: World, id: string, input: Update): Subscription {
  const before = subscriptionOf(world, id)
  const { name, amount, token, accountId = before.accountId, interval = before.interval, nextAt } = input
  refuse([
    ...(input.accountId === undefined ? [] : accountFaults(world, accountId)),
    ...timeFaults(world, 'next_execution_at', nextAt),
  ])
  const countedFromAt = nextAt ?? (interval === before.interval ? undefined : before.nextAt)
  const changed: Subscription = {
    ...before,
    name,
    amount,
    token,
    accountId,
    interval,
    retrySchedule: { ...before.retrySchedule, ...input.retrySchedule },
    ...(countedFromAt !== undefined && { countedFromAt }),
    ...(nextAt !== undefined && { nextAt }),
  }
  const names = Object.keys(input).filter((key) => input[key as keyof Update] !== undefined)
  world.happened('subscription', id, { did: 'update', names: names.join(', '), account_id: accountId })
  const goesOnAgain = nextAt !== undefined && before.status === 'inactive'
  return plan(world, goesOnAgain ? move(world, changed, 'enable') : world.state.subscriptions.put(changed))
}

/** The next time of the schedule that is still to come. */
export const nextTime = ({ now }: World, subscription: Subscription): number =>
  firstAfter(subscription.countedFromAt, subscription, now)

/** Keeps the timer in step. A charge that is to be tried again is over before the next one comes. */
export function plan({ timers }: World, subscription: Subscription): Subscription {
  const { id, status, nextAt, retries } = subscription
  if (status === 'active' && retries === undefined && nextAt !== undefined)
    timers.start('subscription-charge', id, nextAt)
  else timers.stop('subscription-charge', id)
  return subscription
}

export const move = (world: World, subscription: Subscription, event: SubscriptionEvent): Subscription =>
  transition(world, {
    what: 'subscription',
    collection: world.state.subscriptions,
    machine: subscriptionMachine,
    entity: subscription,
    event,
    details: { name: subscription.name, account_id: subscription.accountId },
  })

/** Since August 2023 the account is looked at before. UNCERTAIN: the texts of these refusals were not seen. */
function* accountFaults({ state }: World, accountId: string) {
  const account = state.accounts.get(accountId)
  if (!account) yield "subscription.gopay.account_id doesn't exist"
  else if (account.status !== 'ENABLED') yield 'subscription.gopay.account_id is not enabled'
}

/** UNCERTAIN: the text of this refusal was not seen. */
function* timeFaults({ now }: World, name: string, at: number | undefined) {
  if (at !== undefined && at <= now) yield `subscription.schedule.${name} must be after current time`
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw invalidAll(faults)
}
