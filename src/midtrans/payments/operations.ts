import type { Facts } from '../../engine/scenarios/rule.ts'
import { GatewayError, invalid } from '../errors.ts'
import { type Outcome, refusalFor } from '../outcome.ts'
import { meetPayer } from '../payers/operations.ts'
import {
  type AnswerResult,
  closeVerification,
  openVerification,
  type PageVisit,
  takeAnswer,
} from '../verifications/operations.ts'
import type { Verification } from '../verifications/verification.ts'
import { cannotUpdate, transition, type World } from '../world.ts'
import { captureHold, chargeWallet, deny, denyWith, type Move, releaseHold } from './money-operations.ts'
import { transactionNotification } from './notification.ts'
import { type Transaction, type TransactionEvent, transactionMachine } from './transaction.ts'

/** What a rule can know of a payment. */
export const factsOf = ({ phone, orderId, amount, accountId }: Transaction): Facts => ({
  phone,
  order_id: orderId,
  amount,
  account_id: accountId,
})

/** Finds a transaction by its transaction_id, or the latest one of an order_id. */
export function transactionOf(world: World, id: string): Transaction {
  const { transactions, transactionOf: byOrder } = world.state
  const transaction = transactions.get(id) ?? byOrder.latest(id)
  if (!transaction) throw new GatewayError('transaction-not-found')
  return transaction
}

/** Settles what a pre-authorization reserved, in full (facts.md, A.6). */
export function capture(
  world: World,
  input: { transactionId: string; amount?: number | undefined; outcome?: Outcome | undefined },
): Transaction | GatewayError {
  const transaction = world.state.transactions.get(input.transactionId)
  if (!transaction) throw new GatewayError('transaction-not-found')
  // Whether it can be captured at all comes first: the amount says nothing about a payment that is over.
  if (!transactionMachine.next(transaction.status, 'capture')) throw cannotUpdate(transaction)
  // UNCERTAIN: the answer to a partial amount is not documented, only that it is not accepted.
  if (input.amount !== undefined && input.amount !== transaction.amount) {
    throw invalid(`gross_amount must be equal to the authorized amount of ${transaction.amount}`)
  }
  const refusal = refusalFor(input.outcome ?? world.decide('capture', factsOf(transaction)), 'capture')
  if (refusal) return refusal
  captureHold(world, transaction)
  return change(world, transaction, 'capture', { settledAt: world.now })
}

/** Gives up a payment that is not settled; what was reserved goes back. */
export function cancel(world: World, input: { id: string; outcome?: Outcome | undefined }): Transaction | GatewayError {
  const transaction = transactionOf(world, input.id)
  // A rule is asked, and used up, only where the payment could be cancelled.
  if (!transactionMachine.next(transaction.status, 'cancel')) throw cannotUpdate(transaction)
  const refusal = refusalFor(input.outcome ?? world.decide('cancel', factsOf(transaction)), 'cancel')
  return refusal ?? giveUp(world, transaction, 'cancel')
}

/** Ends the wait for the payer, at the merchant's wish. */
export function expire(world: World, id: string): Transaction {
  return giveUp(world, transactionOf(world, id), 'expire')
}

/** The time of a payment is over, or that of a reservation. */
export function lapse(world: World, id: string): void {
  giveUp(world, transactionOf(world, id), 'lapse')
}

/**
 * Approve and deny decide a card payment that fraud detection has challenged. GoPay knows no challenge, so no status
 * of it allows either (facts.md, section 5; recording deny_failed).
 */
export function decideChallenge(world: World, id: string): never {
  throw cannotUpdate(transactionOf(world, id))
}

/** Takes the payer's answer on a payment page; the right PIN moves the money. */
export function answerPayment(world: World, input: PageVisit): AnswerResult {
  const result = takeAnswer(world, input)
  if (result.hasConfirmed) {
    const transaction = transactionOf(world, result.verification.subject)
    finish(world, transaction, pay(world, transaction, result.verification.phone))
  }
  // UNCERTAIN: declining and three wrong PINs end the page; the payment stays pending until it expires
  // (facts.md, section 10: whether it is denied instead is not documented).
  return result
}

/** GoPay settles a payment that waits, without any page; `phone` says who pays, where that is open. */
export const settle = (world: World, transaction: Transaction, phone: string): Transaction =>
  finish(world, transaction, pay(world, transaction, phone))

/** GoPay denies a payment that waits; without a code, for want of money. */
export const denyPending = (world: World, transaction: Transaction, code: string | undefined): Transaction =>
  finish(world, transaction, code === undefined ? deny() : denyWith(code))

/** The wait for the payer is over: pages end, those as well that somebody else got to by the code of plain GoPay. */
function finish(world: World, transaction: Transaction, { event, changes }: Move): Transaction {
  const changed = change(world, transaction, event, changes)
  closeVerification(world, transaction.id)
  return changed
}

/** Whoever pays plain GoPay is known only now, and with it the wallet. */
function pay(world: World, transaction: Transaction, phone: string): Move {
  if (transaction.accountId !== undefined) return chargeWallet(world, transaction)
  const { options } = meetPayer(world, phone)
  const usable = options.filter(({ active }) => active)
  const option = (usable.find(({ name }) => name === 'GOPAY_WALLET') ?? usable[0])?.name
  // UNCERTAIN: for plain GoPay the app may let the payer choose again; here the payment is denied.
  if (!option) return deny()
  const { event, changes } = chargeWallet(world, { ...transaction, phone, option })
  return { event, changes: { ...changes, phone, option } }
}

/**
 * Somebody scans the QR code of plain GoPay, or follows its deeplink: the page that asks who pays, or a new one where
 * somebody else has got further, or has left without paying.
 */
export function openInApp(world: World, verification: Verification): Verification {
  const { transactions, verificationOf } = world.state
  const latest = verificationOf.latest(verification.subject) ?? verification
  const isWaiting = transactions.get(latest.subject)?.status === 'pending'
  if (!isWaiting || latest.status === 'phone') return latest
  return openVerification(world, { ...latest, phone: '' })
}

/** Ends a payment that is not settled, whoever wants it; what was reserved goes back. */
export function giveUp(world: World, transaction: Transaction, event: 'cancel' | 'expire' | 'lapse'): Transaction {
  // What GoPay said of the reservation is no word about its end.
  const { channelResponse: _, ...rest } = transaction
  const ended = change(world, rest, event, {})
  if (transaction.status === 'authorize') releaseHold(world, transaction)
  else closeVerification(world, transaction.id, event === 'lapse' ? 'expire' : 'close')
  return ended
}

/** Moves a transaction on, keeps its timer in step, and tells the merchant. */
export function change(
  world: World,
  transaction: Transaction,
  event: TransactionEvent,
  changes: Partial<Transaction>,
): Transaction {
  const changed = transition(world, {
    what: 'transaction',
    collection: world.state.transactions,
    machine: transactionMachine,
    entity: transaction,
    event,
    changes,
    details: { orderId: transaction.orderId },
  })
  // An authorization goes on waiting, for its capture.
  if (changed.status !== 'authorize') world.timers.stop('transaction-expiry', changed.id)
  return tell(world, changed)
}

/** Tells the merchant how a transaction stands. */
export function tell(world: World, transaction: Transaction): Transaction {
  world.notify(transactionNotification(world, transaction))
  return transaction
}
