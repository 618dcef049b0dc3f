import type { ChannelResponse } from '../errors.ts'
import type { Rupiah } from '../money.ts'
import type { Decidable } from '../outcome.ts'
import type { Promotion } from './promotion.ts'
import type { WrittenWalk } from './walk.ts'

export const paymentOptionNames = ['GOPAY_WALLET', 'PAY_LATER', 'GOPAY_SAVINGS'] as const
export type PaymentOptionName = (typeof paymentOptionNames)[number]

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

/** An option as a payer begins with it. */
export interface OptionFixture {
  readonly name: PaymentOptionName
  readonly balance: Rupiah
  readonly active?: boolean
}

/** A kind of payer, as fixtures/personas.json tells it. */
export interface Persona {
  readonly title: string
  readonly story: string
  readonly options: readonly OptionFixture[]
  readonly promotions?: readonly Promotion[]
  /** What Create Pay Account answers, where it is no link. */
  readonly linking?:
    | { readonly refused: 'blocked' }
    | { readonly refused: 'channel'; readonly channelResponse: ChannelResponse }
  /** What happens to their requests where neither a header nor a rule says anything. */
  readonly outcomes?: Readonly<Partial<Record<Decidable, string>>>
  /** GoPay does not know the number before its owner has signed up on the linking page. */
  readonly signsUp?: boolean
  readonly walk?: WrittenWalk
}

/** What is said of one payer: a persona by its name, and what differs from it. */
export interface PayerEntry {
  readonly phone: string
  readonly persona: string
  readonly name?: string
  readonly pin?: string
  readonly options?: readonly OptionFixture[]
  readonly promotions?: readonly Promotion[]
}

/** A payer whom the sandbox was told of. `id` is the phone number. */
export interface GivenPayer extends PayerEntry {
  readonly id: string
}

/** A payer as the book has them: the persona, and over it what is their own. */
export type KnownPayer = Persona & Omit<PayerEntry, 'phone'>

/** All payers a sandbox begins with. */
export interface PayerBook {
  readonly pin: string
  readonly otp: string
  readonly personas: ReadonlyMap<string, Persona>
  /** The persona of a number in no list, whose owner signs up on the page. */
  readonly newPayer: KnownPayer
  /** Who pays plain GoPay, where nobody is named. */
  readonly passerBy: string
  /** The numbers that stand in it. */
  readonly phones: readonly string[]
  readonly find: (phone: string) => KnownPayer | undefined
}
