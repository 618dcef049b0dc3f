import { newDigits } from '../../engine/ids.ts'
import { GatewayError } from '../errors.ts'
import { chargeGopay } from '../payments/methods/gopay.ts'
import type { World } from '../world.ts'
import { type Charge, chargeNotification } from './notification.ts'
import { move, nextTime, plan } from './operations.ts'
import { retryAfterMs } from './schedule.ts'
import { isUsedUp, type Subscription } from './subscription.ts'

/** The time of a charge has come. */
export function chargeDue(world: World, id: string): void {
  const subscription = world.state.subscriptions.get(id)
  if (subscription?.status === 'active') attempt(world, subscription, 0)
}

/** A charge that failed is tried again, whether or not its subscription was disabled meanwhile. */
export function retryDue(world: World, id: string): void {
  const subscription = world.state.subscriptions.get(id)
  if (subscription?.retries !== undefined) attempt(world, subscription, subscription.retries + 1)
}

/**
 * The next charge comes before its time, and the times of the schedule are counted from it; where one that failed is to be
 * tried again, that comes now.
 */
export function chargeNow(world: World, id: string): void {
  const subscription = world.state.subscriptions.get(id)
  if (subscription?.retries !== undefined) {
    world.timers.stop('subscription-retry', id)
    retryDue(world, id)
  } else if (subscription?.status === 'active') {
    world.timers.stop('subscription-charge', id)
    attempt(world, { ...subscription, countedFromAt: world.now }, 0)
  }
}

function attempt(world: World, subscription: Subscription, retries: number): void {
  const charge = chargeOf(world, subscription)
  const isPaid = !(charge instanceof GatewayError) && charge.status === 'settlement'
  const willRetry = !isPaid && retries < subscription.retrySchedule.maxInterval
  const againAt = willRetry ? world.now + retryAfterMs(subscription.retrySchedule) : undefined
  tell(world, subscription, { charge, retries, againAt })
  if (againAt !== undefined) tryAgain(world, subscription, retries, againAt)
  else {
    const { retries: _, nextAt: __, ...over } = subscription
    const ended = isPaid ? afterSuccess(world, over) : end(world, over)
    world.notify(chargeNotification(world, ended, charge))
  }
}

/** As any charge of the merchant's, so rules, payers and the ledger have their say; the payer is not asked for anything. */
function chargeOf(world: World, { id, name, amount, accountId, token }: Subscription): Charge {
  // UNCERTAIN: a retry is taken for a payment of its own, with an order_id of its own.
  const orderId = name + newDigits(32)
  const phone = world.state.accounts.get(accountId)?.phone
  if (world.isBroken(() => ({ phone, order_id: orderId, amount, account_id: accountId })))
    return new GatewayError('failure')
  try {
    const charged = chargeGopay(world, {
      orderId,
      amount,
      accountId,
      paymentOptionToken: token,
      recurring: true,
      subscriptionId: id,
      notificationUrls: { override: [], append: [] },
    })
    return charged instanceof GatewayError ? charged : charged.transaction
  } catch (error) {
    // It refuses before it changes anything.
    if (error instanceof GatewayError) return error
    throw error
  }
}

function tryAgain(world: World, subscription: Subscription, retries: number, againAt: number): void {
  world.timers.start('subscription-retry', subscription.id, againAt)
  const nextAt = subscription.status === 'active' ? nextTime(world, subscription) : subscription.nextAt
  world.state.subscriptions.put({ ...subscription, retries, ...(nextAt !== undefined && { nextAt }) })
}

/** UNCERTAIN: times of the schedule that went by while a charge was tried again are left out. */
function afterSuccess(world: World, before: Subscription): Subscription {
  const paid: Subscription = { ...before, charges: before.charges + 1, previousAt: world.now }
  if (isUsedUp(paid)) return end(world, paid)
  return plan(world, world.state.subscriptions.put({ ...paid, nextAt: nextTime(world, paid) }))
}

/**
 * All retries failed, or all charges were made. UNCERTAIN: a charge that is not to be tried again at all ends its
 * subscription as well.
 */
const end = (world: World, subscription: Subscription): Subscription => plan(world, move(world, subscription, 'end'))

function tell(
  world: World,
  { id, accountId, retrySchedule }: Subscription,
  { charge, retries, againAt }: { charge: Charge; retries: number; againAt: number | undefined },
): void {
  const isRefused = charge instanceof GatewayError
  world.happened('subscription', id, {
    did: retries === 0 ? 'charge' : `retry ${retries} of ${retrySchedule.maxInterval}`,
    account_id: accountId,
    orderId: isRefused ? undefined : charge.orderId,
    to: isRefused ? 'refused' : charge.status,
    because: isRefused ? (charge.details.gopayCode ?? charge.code) : charge.channelResponse?.message,
    againAt,
  })
}
