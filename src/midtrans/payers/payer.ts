import type { ChannelResponse } from '../errors.ts'
import type { Rupiah } from '../money.ts'
import type { Promotion } from './promotion.ts'

export type PaymentOptionName = 'GOPAY_WALLET' | 'PAY_LATER' | 'GOPAY_SAVINGS'

/** A source of money that a payer can pay from. What is in it stands in the ledger. */
export interface PaymentOption {
  readonly name: PaymentOptionName
  readonly active: boolean
}

/** The person with phone and wallet. `id` is the phone number with country code, digits only. */
export interface Payer {
  readonly id: string
  readonly name?: string
  readonly pin: string
  readonly options: readonly PaymentOption[]
  /** How often the options changed: what was outdated once stays so. */
  readonly optionChanges: number
}

/** How a payer of fixtures/payers.json begins. */
export interface PayerFixture {
  readonly phone: string
  readonly persona: string
  readonly options: readonly { readonly name: PaymentOptionName; readonly balance: Rupiah; readonly active?: boolean }[]
  readonly promotions?: readonly Promotion[]
  /** What Create Pay Account answers for this number, where it is no link. */
  readonly linking?:
    | { readonly refused: 'blocked' }
    | { readonly refused: 'channel'; readonly channelResponse: ChannelResponse }
}

/** All payers a sandbox begins with, and what a number in no list gets when its owner signs up on the page. */
export interface PayerBook {
  readonly pin: string
  readonly otp: string
  readonly find: (phone: string) => PayerFixture | undefined
  readonly newPayer: Omit<PayerFixture, 'phone'>
}
