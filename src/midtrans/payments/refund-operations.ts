import { newUuid } from '../../engine/ids.ts'
import { GatewayError } from '../errors.ts'
import { type Outcome, refusalFor } from '../outcome.ts'
import type { Quirks } from '../quirks.ts'
import { cannotUpdate, type World } from '../world.ts'
import { giveBack } from './money-operations.ts'
import { change, factsOf, tell, transactionOf } from './operations.ts'
import { type Refund, refundedAmount, type Transaction, transactionMachine } from './transaction.ts'

const dayMs = 86_400_000

/** docs.midtrans.com, refund-transaction; facts.md, A.7. */
const tokenizationWindowMs = 180 * dayMs
const plainWindowMs: Readonly<Record<Quirks['plain_gopay_refund_window'], number>> = {
  '45-days': 45 * dayMs,
  '180-days': 180 * dayMs,
}

/** A denied refund may be tried again with its key for so long (docs.midtrans.com, direct-refund-transaction). */
const retryWindowMs = 7 * dayMs

/** UNCERTAIN: how long GoPay takes is not documented, but that a direct refund is faster than one to two days. */
const confirmationMs = { direct: 60_000, offline: dayMs } as const

export interface RefundInput {
  /** order_id or transaction_id. */
  readonly id: string
  readonly key?: string | undefined
  /** Undefined: all that is left. */
  readonly amount?: number | undefined
  readonly reason?: string | undefined
  readonly isDirect: boolean
  readonly outcome?: Outcome | undefined
}

export interface Refunded {
  readonly transaction: Transaction
  readonly refund: Refund
}

/** Gives money back, in full or in part (facts.md, A.7). */
export function refund(world: World, input: RefundInput): Refunded | GatewayError {
  const transaction = transactionOf(world, input.id)
  const earlier = transaction.refunds?.find(({ key }) => key === input.key)
  if (earlier && !earlier.isDenied && world.settings.quirks.repeated_refund_key === 'repeat') {
    return { transaction, refund: earlier }
  }
  if (earlier && !(earlier.isDenied && world.now - earlier.createdAt <= retryWindowMs)) {
    throw new GatewayError('refund-key-taken')
  }
  // UNCERTAIN: the answer after the window is not documented.
  if (!isRefundable(transaction) || isTooLate(world, transaction)) throw cannotUpdate(transaction)
  const left = transaction.amount - refundedAmount(transaction)
  const amount = input.amount ?? left
  if (amount > left) throw new GatewayError('refund-amount')

  const outcome = input.outcome ?? world.decide('refund', { ...factsOf(transaction), amount })
  const refusal = refusalFor(outcome, 'refund')
  if (refusal) return refusal
  const isDenied = outcome?.kind === 'deny'
  const made: Refund = {
    key: input.key ?? newUuid(),
    number: world.state.lastRefundNumber + 1,
    uuid: newUuid(),
    amount,
    ...(input.reason !== undefined && { reason: input.reason }),
    isDirect: input.isDirect,
    // Of a key's first try: from it on its seven days count.
    createdAt: earlier?.createdAt ?? world.now,
    ...(isDenied && { isDenied }),
  }
  const refunds = [...(transaction.refunds ?? []).filter((each) => each !== earlier), made]
  world.happened('refund', transaction.id, {
    orderId: transaction.orderId,
    key: made.key,
    amount,
    to: isDenied ? 'denied' : 'accepted',
  })
  if (isDenied) return { transaction: world.state.transactions.put({ ...transaction, refunds }), refund: made }

  giveBack(world, transaction, amount)
  const confirmedAt = world.now + confirmationMs[made.isDirect ? 'direct' : 'offline']
  world.timers.start('refund-confirmation', `${transaction.id}/${made.key}`, confirmedAt)
  const event = amount === left ? 'refund' : 'refund_partly'
  return { transaction: change(world, transaction, event, { refunds }), refund: made }
}

/** The payer's bank has the money: the merchant is told a second time (facts.md, A.7). */
export function confirmRefund(world: World, subject: string): void {
  const [id = '', key] = subject.split('/')
  const transaction = world.state.transactions.get(id)
  if (!transaction) return
  world.timers.stop('refund-confirmation', subject)
  const refunds = transaction.refunds?.map((each) => (each.key === key ? { ...each, confirmedAt: world.now } : each))
  world.happened('refund', id, { orderId: transaction.orderId, key, to: 'confirmed' })
  tell(world, world.state.transactions.put({ ...transaction, ...(refunds && { refunds }) }))
}

const isRefundable = ({ status }: Transaction) => transactionMachine.next(status, 'refund') !== undefined

function isTooLate({ now, settings }: World, { accountId, settledAt = 0 }: Transaction): boolean {
  const windowMs = accountId ? tokenizationWindowMs : plainWindowMs[settings.quirks.plain_gopay_refund_window]
  return now - settledAt > windowMs
}
