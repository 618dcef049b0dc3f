import type { Account } from '../midtrans/accounts/account.ts'
import { waitingPage } from '../midtrans/pages/walk-operations.ts'
import { pinOf } from '../midtrans/payers/operations.ts'
import { dialedPhone } from '../midtrans/payers/phone.ts'
import type { Transaction } from '../midtrans/payments/transaction.ts'
import type { SnapSession } from '../midtrans/snap/session.ts'
import type { Subscription } from '../midtrans/subscriptions/subscription.ts'
import { type Verification, verificationMachine } from '../midtrans/verifications/verification.ts'
import type { World } from '../midtrans/world.ts'
import { Problem } from './admin/problem.ts'

/** What an id names: one of transaction, account, subscription, Snap session, or a payer alone. */
export interface Target {
  readonly transaction?: Transaction
  readonly account?: Account
  readonly subscription?: Subscription
  readonly session?: SnapSession
  /** The payer; absent: plain GoPay, which anybody can pay. */
  readonly phone?: string
  /** The page about it that waits for the payer. */
  readonly page?: Verification
}

/** Finds by order_id, transaction_id, account_id, subscription_id, token of Snap, or phone number. Throws a Problem where nothing is called so. */
export function targetOf(world: World, id: string): Target {
  const { state, payerBook } = world
  const account = state.accounts.get(id)
  if (account) return { account, phone: account.phone, ...pageAbout(world, account.id) }
  const transaction = state.transactions.get(id) ?? state.transactionOf.latest(id)
  if (transaction) {
    const { phone } = transaction
    return { transaction, ...(phone !== undefined && { phone }), ...pageAbout(world, transaction.id) }
  }
  const subscription = state.subscriptions.get(id)
  if (subscription) return { subscription }
  const session = state.snapSessions.get(id) ?? state.sessionOfOrder.latest(id)
  if (session) return { session }
  const phone = /^\+?\d+$/.test(id) ? dialedPhone(id, payerBook) : undefined
  if (phone !== undefined && (state.payers.get(phone) || payerBook.find(phone))) return { phone }
  throw new Problem(
    404,
    'Nothing is called so',
    `id: found "${id}", which is no order_id, transaction_id, account_id, subscription_id, token of Snap or phone`,
  )
}

function pageAbout(world: World, subject: string): Pick<Target, 'page'> {
  const page = waitingPage(world, subject)
  return page ? { page } : {}
}

/** Who pays: the payer of the account; or, of plain GoPay, whoever is named or else comes by. */
export function whoPays(world: World, { phone: own }: Target, named: string | undefined): string {
  const phone = named === undefined ? (own ?? world.payerBook.passerBy) : dialedPhone(named, world.payerBook)
  if (own !== undefined && phone !== own) {
    throw new Problem(409, 'Somebody else pays', `phone: found ${named}, expected ${own} or nothing`)
  }
  if (own === undefined && (pinOf(world, phone) === undefined || world.payerBook.find(phone)?.linking)) {
    const hint = 'PUT /__admin/payers makes any number that of a payer.'
    throw new Problem(409, 'Not with GoPay', `phone: found ${phone}, expected one that can pay with GoPay`, hint)
  }
  return phone
}

/** How it stands, in words. */
export function describe(world: World, { transaction, account, subscription, session, phone }: Target): string {
  const paged = (subject: string) => {
    const status = world.state.verificationOf.latest(subject)?.status
    if (!status) return ', without a page'
    return `, its page ${verificationMachine.isFinal(status) ? 'has ended:' : 'asks for'} ${status}`
  }
  if (transaction) return `order ${transaction.orderId} is ${transaction.status}${paged(transaction.id)}`
  if (account) return `account ${account.id} is ${account.status}${paged(account.id)}`
  if (subscription) return `subscription ${subscription.name} is ${subscription.status}`
  if (session) return `the Snap session of order ${session.orderId} is ${session.status}`
  const links = world.state.enabledAccountOf.all(phone ?? '').length
  return `payer ${phone} has ${links === 0 ? 'no' : links} linked account${links > 1 ? 's' : ''}`
}
