import { channelResponse, insufficientBalance } from '../gopay-codes.ts'
import { type LedgerEntry, places } from '../payers/ledger.ts'
import type { World } from '../world.ts'
import { payableAmount, refundedAmount, type Transaction, type TransactionEvent } from './transaction.ts'

/** What happens to a transaction, and what changes with it. */
export interface Move {
  readonly event: TransactionEvent
  readonly changes: Partial<Transaction>
}

/** Takes the money from the payer's wallet: for good, or as a hold. Denies where there is not enough. */
export function chargeWallet(world: World, transaction: Transaction): Move {
  if (!canPay(world, transaction)) return deny()
  const wallet = walletOf(transaction)
  if (!transaction.preAuth) {
    payMerchant(world, transaction, 'charge', wallet)
    return { event: 'settle', changes: { settledAt: world.now } }
  }
  move(world, transaction, 'hold', wallet, places.hold(transaction.id), payableAmount(transaction))
  return { event: 'authorize', changes: { channelResponse: channelResponse('0') } }
}

/**
 * Whether the wallet holds enough and can be used. UNCERTAIN: what a payment gets whose option was switched off while it
 * waited for its PIN. Plain GoPay finds out when somebody pays.
 */
export function canPay({ state }: World, transaction: Transaction): boolean {
  const { phone, option } = transaction
  if (phone === undefined) return true
  if (!state.payers.get(phone)?.options.some(({ name, active }) => active && name === option)) return false
  return state.ledger.balance(walletOf(transaction)) >= payableAmount(transaction)
}

export const deny = (response = insufficientBalance): Move => ({
  event: 'deny',
  changes: { channelResponse: response },
})

/** With a code of GoPay's; 4060: rejected by its fraud detection system (facts.md, section 3). */
export const denyWith = (code: string): Move =>
  code === '4060' ? { event: 'deny', changes: { isFraud: true } } : deny(channelResponse(code))

export const captureHold = (world: World, transaction: Transaction): void =>
  payMerchant(world, transaction, 'capture', places.hold(transaction.id))

export const releaseHold = (world: World, transaction: Transaction): void =>
  move(world, transaction, 'release', places.hold(transaction.id), walletOf(transaction), payableAmount(transaction))

/**
 * Money back. UNCERTAIN: what becomes of a promotion is not documented: the payer gets back no more than was paid, and
 * the rest goes to where it came from.
 */
export function giveBack(world: World, transaction: Transaction, amount: number): void {
  const toPayer = Math.min(amount, Math.max(0, payableAmount(transaction) - refundedAmount(transaction)))
  move(world, transaction, 'refund', places.merchant, walletOf(transaction), toPayer)
  move(world, transaction, 'refund', places.merchant, places.promotions, amount - toPayer)
}

function walletOf({ id, phone, option }: Transaction): string {
  if (phone === undefined || option === undefined) throw new Error(`nobody pays transaction ${id} yet`)
  return places.wallet(phone, option)
}

function payMerchant(world: World, transaction: Transaction, kind: 'charge' | 'capture', from: string): void {
  move(world, transaction, kind, from, places.merchant, payableAmount(transaction))
  move(world, transaction, 'promotion', places.promotions, places.merchant, transaction.promotion?.amount ?? 0)
}

function move(
  world: World,
  { id }: Transaction,
  kind: LedgerEntry['kind'],
  from: string,
  to: string,
  amount: number,
): void {
  if (amount > 0) world.state.ledger.move({ at: world.now, kind, from, to, amount, transactionId: id })
}
