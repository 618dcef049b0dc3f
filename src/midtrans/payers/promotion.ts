import type { Rupiah } from '../money.ts'

/** A promotion that GoPay has for a payer, as fixtures/payers.json has it. */
export interface Promotion {
  /** As documented: "CASHBACK", two UUIDs, and the first and the last day, with bars between them. */
  readonly id: string
  readonly code: string
  readonly title: string
  readonly shortDescription: string
  readonly description: string
  readonly tncUrl: string
  /** Of the gross amount. */
  readonly percentage: number
  readonly minimumAmount: Rupiah
  /** Days as "2021-02-22", in Jakarta; both belong to it. */
  readonly validFrom: string
  readonly validTill: string
  readonly limitPerUser: number
}

/** A promotion that applies to a payment, and what GoPay pays of it. */
export interface Offer extends Promotion {
  readonly amount: Rupiah
}

/** Who used which promotion, as the key of an index. */
export const promotionUseKey = (phone: string, promotionId: string): string => `${phone} ${promotionId}`
