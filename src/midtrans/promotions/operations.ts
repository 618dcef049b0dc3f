import { type Offer, promotionUseKey } from '../payers/promotion.ts'
import { wireTime } from '../wire-time.ts'
import type { World } from '../world.ts'

/** What GoPay offers a payer for a payment of this amount, the best first. */
export function offersTo({ now, payerBook, state }: World, phone: string, amount: number): readonly Offer[] {
  const today = wireTime(now).slice(0, 10)
  const used = (id: string) => state.promotionUses.all(promotionUseKey(phone, id)).length
  return (payerBook.find(phone)?.promotions ?? [])
    .filter(({ validFrom, validTill }) => validFrom <= today && today <= validTill)
    .filter(({ minimumAmount }) => amount >= minimumAmount)
    .filter(({ id, limitPerUser }) => used(id) < limitPerUser)
    .map((promotion) => ({ ...promotion, amount: Math.floor((amount * promotion.percentage) / 100) }))
    .filter((offer) => offer.amount > 0)
    .toSorted((one, other) => other.amount - one.amount)
}
