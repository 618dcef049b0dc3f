import { GatewayError, invalid } from '../errors.ts'
import { places } from '../payers/ledger.ts'
import { type AnswerResult, closeVerification, type PageVisit, takeAnswer } from '../verifications/operations.ts'
import { transition, type World } from '../world.ts'
import { chargeWallet } from './methods/gopay.ts'
import { transactionNotification } from './notification.ts'
import { type Transaction, type TransactionEvent, transactionMachine } from './transaction.ts'

/** Finds a transaction by its transaction_id, or the latest one of an order_id. */
export function transactionOf(world: World, id: string): Transaction {
  const { transactions, transactionOf: byOrder } = world.state
  const transaction = transactions.get(id) ?? byOrder.latest(id)
  if (!transaction) throw new GatewayError('transaction-not-found')
  return transaction
}

/** Settles what a pre-authorization reserved, in full (facts.md, A.6). */
export function capture(world: World, input: { transactionId: string; amount?: number | undefined }): Transaction {
  const transaction = world.state.transactions.get(input.transactionId)
  if (!transaction) throw new GatewayError('transaction-not-found')
  // Whether it can be captured at all comes first: the amount says nothing about a payment that is over.
  if (!transactionMachine.next(transaction.status, 'capture')) throw new GatewayError('transaction-status')
  // UNCERTAIN: the answer to a partial amount is not documented, only that it is not accepted.
  if (input.amount !== undefined && input.amount !== transaction.amount) {
    throw invalid(`gross_amount must be equal to the authorized amount of ${transaction.amount}`)
  }
  moveHold(world, transaction, 'capture', places.merchant)
  return change(world, transaction, 'capture', { settledAt: world.now })
}

/** Gives up a payment that is not settled; what was reserved goes back. */
export function cancel(world: World, id: string): Transaction {
  return giveUp(world, transactionOf(world, id), 'cancel')
}

/** Ends the wait for the payer, at the merchant's wish. */
export function expire(world: World, id: string): Transaction {
  return giveUp(world, transactionOf(world, id), 'expire')
}

/** The time of a payment is over, or that of a reservation. */
export function lapse(world: World, id: string): void {
  giveUp(world, transactionOf(world, id), 'lapse')
}

/** Takes the payer's answer on a payment page; the right PIN moves the money. */
export function answerPayment(world: World, input: PageVisit): AnswerResult {
  const result = takeAnswer(world, input)
  if (result.hasConfirmed) {
    const transaction = transactionOf(world, result.verification.subject)
    const { event, changes } = chargeWallet(world, transaction)
    change(world, transaction, event, changes)
  }
  // UNCERTAIN: declining and three wrong PINs end the page; the payment stays pending until it expires
  // (facts.md, section 10: whether it is denied instead is not documented).
  return result
}

function giveUp(world: World, transaction: Transaction, event: 'cancel' | 'expire' | 'lapse'): Transaction {
  const ended = change(world, transaction, event, {})
  if (transaction.status === 'authorize') {
    moveHold(world, transaction, 'release', places.wallet(transaction.phone, transaction.option))
  } else {
    closeVerification(world, transaction.id)
  }
  return ended
}

function moveHold(world: World, { id, amount }: Transaction, kind: 'capture' | 'release', to: string): void {
  world.state.ledger.move({ at: world.now, kind, from: places.hold(id), to, amount, transactionId: id })
}

/** Moves a transaction on, keeps its timer in step, and tells the merchant. */
function change(
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
  world.notify(transactionNotification(world, changed))
  return changed
}
