import type { Notification } from '../../engine/outbox/notification.ts'
import type { Match } from '../../engine/scenarios/rule.ts'
import { isSigned } from '../../midtrans/signature.ts'
import { objectionToSigning } from '../../midtrans/signature-check.ts'
import type { Sandbox } from '../../sandbox.ts'
import { edit } from '../admin/gate.ts'
import { Problem } from '../admin/problem.ts'
import type { TriggerEvent } from './events.ts'

type Overrides = Readonly<Record<string, unknown>>

/** The fields that a signature is made over, as texts. */
const signedOver = {
  account: { account_id: '', account_status: '', status_code: '' },
  payment: { order_id: '', status_code: '', gross_amount: '' },
  // It is not signed at all (facts.md, section 12).
  subscription: undefined,
} as const

/** Throws a Problem where a body with these fields could not be signed. Whoever gives a signature wants just that one. */
export function checkOverrides(overrides: Overrides = {}, { of }: TriggerEvent): void {
  const fields = signedOver[of]
  if (fields === undefined || isSigned(overrides)) return
  const objection = objectionToSigning({ ...fields, ...overrides })
  if (objection === undefined) return
  throw new Problem(400, 'Not to be signed', `overrides: ${objection}`, 'Amounts are texts such as "50000.00".')
}

/** Keeps back what a filter means while something happens, and changes the notification that tells of it. */
export async function overriding(
  sandbox: Sandbox,
  { overrides, filter }: { readonly overrides: Overrides | undefined; readonly filter: Match },
  happen: () => Promise<Notification | undefined>,
): Promise<Notification | undefined> {
  if (overrides === undefined) return happen()
  const { gate, outbox } = sandbox
  const hold = sandbox.perform(() => gate.holdApart(outbox, filter), undefined)
  try {
    const told = await happen()
    if (told) sandbox.perform(() => override(sandbox, told, overrides), undefined)
    return told
  } finally {
    if (!sandbox.isGone) sandbox.perform(({ now }) => gate.endHold(outbox, hold, now), undefined)
  }
}

/** What a rule has cut is no JSON any more; what is stale tells of something else. */
const isAnother: ReadonlySet<string> = new Set(['cut', 'stale'])

function override(sandbox: Sandbox, told: Notification, fields: Overrides): void {
  for (const held of sandbox.gate.held) {
    const { because = '' } = held.delivery
    if (held.notification.id !== told.id || isAnother.has(because)) continue
    const isToSign = isSigned(JSON.parse(told.body)) && !isSigned(fields) && because !== 'wrong-signature'
    edit(sandbox, held, { fields, sign: isToSign })
  }
}
