import type { Transaction } from '../../payments/transaction.ts'
import type { SandboxDoor } from '../../world.ts'
import { preferencesOf } from '../preference-operations.ts'
import type { SnapSession } from '../session.ts'
import { snapResult } from '../wire.ts'
import { isFinal, type Standing } from './stage.ts'
import type { SnapEnding } from './texts.ts'

/** A failure that the merchant lets nobody try again is an end as well. */
export function endingOf(sandbox: SandboxDoor, { stage, payment }: Standing): SnapEnding | undefined {
  if (isFinal(stage)) return stage
  return payment?.status === 'deny' && !preferencesOf(sandbox).allowRetry ? 'denied' : undefined
}

/** What the page tells the merchant's page that shows it in a frame. */
export function toldOf(
  { settings }: SandboxDoor,
  session: SnapSession,
  payment: Transaction | undefined,
  ending: SnapEnding | undefined,
) {
  const result = payment && snapResult(session, payment, settings)
  if (ending === 'paid') return { event: 'success', result }
  if (ending === 'denied') return { event: 'error', result }
  // UNCERTAIN: what the real one hands to onError of a page that cannot be used any more was not seen.
  if (ending === 'canceled') return { event: 'error', result: failure('406', 'token already canceled') }
  if (ending === 'expired') return { event: 'error', result: failure('407', 'token is expired') }
  if (payment?.status === 'pending') return { event: 'pending', result }
  return { event: 'open', result: payment?.status === 'deny' ? result : undefined }
}

/** What onError is handed where there is no payment. */
export const failure = (status_code: string, message: string) => ({ status_code, status_message: [message] })
