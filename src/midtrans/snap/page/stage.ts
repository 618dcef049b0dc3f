import { isPaid, type Transaction } from '../../payments/transaction.ts'
import type { State } from '../../state.ts'
import { verificationMachine } from '../../verifications/verification.ts'
import { paymentOf } from '../operations.ts'
import type { SnapSession } from '../session.ts'

/**
 * What the Snap page shows. choose: how to pay. confirm: a payment from the linked wallet waits for the PIN. scan: plain
 * GoPay waits for whoever scans the code.
 */
export type Stage = 'choose' | 'confirm' | 'scan' | 'paid' | 'canceled' | 'expired'

export interface Standing {
  readonly stage: Stage
  /** The latest payment that was begun, whatever became of it. */
  readonly payment: Transaction | undefined
  /** When what is shown is over. */
  readonly expiresAt: number
}

export function standingOf(state: State, session: SnapSession): Standing {
  const payment = paymentOf(state, session)
  const { expiresAt, orderId } = session
  if (payment && isPaid(payment)) return { stage: 'paid', payment, expiresAt }
  if (session.status !== 'open') return { stage: session.status, payment, expiresAt }
  // In another session of the order, or by the Core API: there is nothing left to pay.
  const ofOrder = state.transactionOf.latest(orderId)
  if (ofOrder && isPaid(ofOrder)) return { stage: 'paid', payment: ofOrder, expiresAt }
  if (payment?.status !== 'pending' || isGivenUp(state, payment)) return { stage: 'choose', payment, expiresAt }
  const stage = payment.accountId === undefined ? 'scan' : 'confirm'
  return { stage, payment, expiresAt: Math.min(expiresAt, payment.expiresAt) }
}

/** GoPay asks no more, though its payment still waits (facts.md, section 10): the customer may choose again. */
function isGivenUp({ verificationOf }: State, { id, accountId }: Transaction): boolean {
  const page = verificationOf.latest(id)
  return accountId !== undefined && page !== undefined && verificationMachine.isFinal(page.status)
}

export const isFinal = (stage: Stage): stage is 'paid' | 'canceled' | 'expired' =>
  stage === 'paid' || stage === 'canceled' || stage === 'expired'
