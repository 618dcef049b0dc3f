import { withParameters } from '../return-url.ts'
import type { Verification } from '../verifications/verification.ts'
import type { SandboxDoor } from '../world.ts'
import type { Ending } from './texts.ts'

/** How a verification ended; undefined while the payer is still asked something. */
export function endingOf({ state }: SandboxDoor, { status, kind, subject }: Verification): Ending | undefined {
  switch (status) {
    case 'confirmed':
      if (kind === 'link') return 'linked'
      return state.transactions.get(subject)?.status === 'deny' ? 'denied' : 'paid'
    case 'declined':
    case 'failed':
    case 'expired':
    case 'closed':
      return status
    default:
      return undefined
  }
}

const results: Readonly<Partial<Record<Ending, string>>> = { linked: 'success', paid: 'success', declined: 'abort' }

/**
 * Where the payer goes after this ending: the merchant's URL with what happened, or undefined where there is none.
 * UNCERTAIN: the parameters of Core tokenization are not documented (facts.md, sections 11 and 12).
 */
export function returnAddress(sandbox: SandboxDoor, verification: Verification, ending: Ending): string | undefined {
  if (!verification.returnUrl) return undefined
  const orderId = sandbox.state.transactions.get(verification.subject)?.orderId
  const address = withParameters(verification.returnUrl, {
    ...(verification.kind === 'link' ? { account_id: verification.subject } : { order_id: orderId ?? '' }),
    result: results[ending] ?? 'failure',
  })
  // snap.js listens to the origin that it was loaded from, which need not be the public address.
  const { publicUrl } = sandbox.settings
  const isOurs = verification.inSnap && publicUrl !== '' && address.startsWith(`${publicUrl}/`)
  return isOurs ? address.slice(publicUrl.length) : address
}
