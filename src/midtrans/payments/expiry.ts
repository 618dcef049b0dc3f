import { invalid } from '../errors.ts'

/** custom_expiry of a charge, with its times read (facts.md, section 3). */
export interface CustomExpiry {
  readonly orderedAt?: number | undefined
  readonly durationMs: number
}

/** Default of GoPay, for the payer's confirmation and for the capture of a pre-authorization alike. */
const lifeMs = 15 * 60_000
const leastLeftMs = 20_000
const longestMs = 7 * 86_400_000

/** When the time of a charge made now is over. */
export function expiryTime(now: number, custom: CustomExpiry | undefined): number {
  if (!custom) return now + lifeMs
  const wanted = (custom.orderedAt ?? now) + custom.durationMs
  if (wanted - now < leastLeftMs) throw invalid('custom_expiry is below minimum threshold')
  // UNCERTAIN: one page refuses what is above the maximum, the newer one trims it (facts.md, section 12).
  return Math.min(wanted, now + longestMs)
}
