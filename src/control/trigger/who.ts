import { newId } from '../../engine/ids.ts'
import type { Account } from '../../midtrans/accounts/account.ts'
import { dialedPhone } from '../../midtrans/payers/phone.ts'
import type { Transaction } from '../../midtrans/payments/transaction.ts'
import type { World } from '../../midtrans/world.ts'
import { Problem } from '../admin/problem.ts'
import type { TriggerBody } from './body.ts'
import type { TriggerEvent } from './events.ts'
import type { Stage } from './stage.ts'

type Who = Pick<Stage, 'phone' | 'orderId' | 'accountId' | 'subscriptionId'>

/** Whom an event is about: what the wish names, or else what may be used for it. Throws a Problem where that cannot be. */
export function whoIn(world: World, wish: TriggerBody, event: TriggerEvent): Who {
  if (event.of === 'account') return ofAccount(world, wish)
  if (event.of === 'subscription') return ofSubscription(world, wish)
  const transaction = wish.order_id === undefined ? undefined : world.state.transactionOf.latest(wish.order_id)
  if (transaction) return ofPayment(world, wish, transaction)
  return { ...somebody(world, wish), orderId: wish.order_id ?? `trigger-${newId()}`, subscriptionId: undefined }
}

/** Whom the wish names, or else who is linked, or can be. */
function somebody(world: World, wish: TriggerBody): Pick<Who, 'phone' | 'accountId'> {
  const account = accountNamed(world, wish) ?? (wish.phone === undefined ? usable(world) : undefined)
  return { phone: account?.phone ?? phoneNamed(world, wish) ?? newcomer(world), accountId: account?.id }
}

function ofSubscription(world: World, wish: TriggerBody): Who {
  if (wish.order_id !== undefined) {
    throw new Problem(400, 'Not for this event', `order_id: found for ${wish.event}, which is of a subscription`)
  }
  const { subscription_id } = wish
  if (subscription_id === undefined) {
    return { ...somebody(world, wish), orderId: undefined, subscriptionId: undefined }
  }
  const subscription = world.state.subscriptions.get(subscription_id)
  if (!subscription) {
    const hint = 'GET /__admin/subscriptions lists them; without subscription_id one is made.'
    const found = `subscription_id: found ${subscription_id}, which there is not`
    throw new Problem(404, 'No such subscription', found, hint)
  }
  const { id, name, amount, accountId } = subscription
  nothingBegins(wish, `subscription ${name}`)
  differs(wish.amount, amount, `amount: subscription ${name} is over`)
  differs(wish.account_id, accountId, `account_id: subscription ${name} is of`)
  const phone = world.state.accounts.get(accountId)?.phone ?? ''
  differs(phoneNamed(world, wish), phone, `phone: subscription ${name} is of`)
  return { phone, accountId, orderId: undefined, subscriptionId: id }
}

function ofAccount(world: World, wish: TriggerBody): Who {
  if (wish.order_id !== undefined || wish.amount !== undefined) {
    const found = wish.order_id === undefined ? 'amount' : 'order_id'
    throw new Problem(400, 'Not for this event', `${found}: found for ${wish.event}, which is of an account`)
  }
  const account = accountNamed(world, wish)
  if (account) nothingBegins(wish, `account ${account.id}`)
  const phone = account?.phone ?? phoneNamed(world, wish) ?? newcomer(world)
  return { phone, accountId: account?.id, orderId: undefined, subscriptionId: undefined }
}

function ofPayment(world: World, wish: TriggerBody, { accountId, phone, orderId, amount }: Transaction): Who {
  const order = `order ${orderId}`
  nothingBegins(wish, order)
  const named = phoneNamed(world, wish)
  const { passerBy } = world.payerBook
  differs(wish.amount, amount, `amount: ${order} is over`)
  differs(wish.account_id, accountId, `account_id: ${order} is of`)
  if (accountId !== undefined) differs(named, phone, `phone: ${order} is of`)
  return { phone: phone ?? named ?? passerBy, accountId, orderId, subscriptionId: undefined }
}

function differs(found: string | number | undefined, known: string | number | undefined, what: string): void {
  if (found === undefined || found === known) return
  throw new Problem(409, 'Another one', `${what} ${known ?? 'no account'}, found ${found}`, 'Leave it out.')
}

function nothingBegins({ headers }: TriggerBody, what: string): void {
  if (headers === undefined) return
  const fault = `headers: found for ${what}, which is there already`
  throw new Problem(400, 'Nothing begins', fault, 'They go along with the charge or the link that begins something.')
}

const phoneNamed = ({ payerBook }: World, { phone }: TriggerBody): string | undefined =>
  phone === undefined ? undefined : dialedPhone(phone, payerBook)

/** By its id, or that of a phone: the one that is linked before one that is not finished. */
function accountNamed(world: World, wish: TriggerBody): Account | undefined {
  const { accounts, enabledAccountOf, pendingAccountOf } = world.state
  const phone = phoneNamed(world, wish)
  if (wish.account_id === undefined) {
    return phone === undefined ? undefined : (enabledAccountOf.latest(phone) ?? pendingAccountOf.latest(phone))
  }
  const account = accounts.get(wish.account_id)
  const hint = 'GET /__admin/accounts lists them; without account_id one is linked where there is none.'
  if (!account)
    throw new Problem(404, 'No such account', `account_id: found ${wish.account_id}, which there is not`, hint)
  differs(phone, account.phone, `phone: account ${account.id} is of`)
  return account
}

/** Payers with whom all goes well. */
const happy = ({ payerBook: { passerBy, phones, find } }: World): readonly string[] =>
  [passerBy, ...phones].filter((phone) => find(phone)?.persona === 'happy')

const usable = (world: World): Account | undefined =>
  happy(world)
    .map((phone) => world.state.enabledAccountOf.latest(phone))
    .find((account) => account !== undefined)

/** Somebody whom nobody is linking by hand just now. */
function newcomer(world: World): string {
  const { enabledAccountOf, pendingAccountOf } = world.state
  const isFree = (phone: string) => !enabledAccountOf.latest(phone) && !pendingAccountOf.latest(phone)
  const phone = happy(world).find(isFree)
  if (phone !== undefined) return phone
  const hint = 'Name a phone or an account_id; PUT /__admin/payers makes any number that of a payer.'
  throw new Problem(409, 'Nobody is left', 'All happy payers have an account that is linked or waits', hint)
}
