import type { Quirks } from '../quirks.ts'
import { parseWireTime } from '../wire-time.ts'

/** custom_expiry of a charge (facts.md, section 3). */
export interface CustomExpiry {
  readonly orderTime?: string | undefined
  readonly durationMs: number
}

/** Default of GoPay, for the payer's confirmation and for the capture of a pre-authorization alike. */
const lifeMs = 15 * 60_000
export const leastLeftMs = 20_000
export const longestMs = 7 * 86_400_000

/** When the time of a charge made now is over, or why that cannot be told. */
export function expiryTime(
  now: number,
  custom: CustomExpiry | undefined,
  aboveMaximum: Quirks['custom_expiry_above_maximum'],
): { readonly at: number; readonly fault?: string } {
  if (!custom) return { at: now + lifeMs }
  const orderedAt = custom.orderTime === undefined ? now : parseWireTime(custom.orderTime)
  // UNCERTAIN: the text of this refusal was not seen.
  const badTime = 'custom_expiry.order_time must be in the format yyyy-MM-dd HH:mm:ss Z'
  if (orderedAt === undefined) return { at: now, fault: badTime }
  const wanted = orderedAt + custom.durationMs
  if (wanted - now < leastLeftMs) return { at: wanted, fault: 'custom_expiry is below minimum threshold' }
  if (wanted - now <= longestMs) return { at: wanted }
  // UNCERTAIN: the text of this refusal was not seen; it follows that of the minimum.
  const tooLong = 'custom_expiry is above maximum threshold'
  return { at: now + longestMs, ...(aboveMaximum === 'reject' && { fault: tooLong }) }
}
