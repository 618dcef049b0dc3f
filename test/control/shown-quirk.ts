import type { Shop } from '../midtrans/merchant.ts'

/** How a quirk is seen, and what each of its options makes of it; the first one holds without any setting. */
export interface ShownQuirk {
  /** Asks for something, and answers with what is to be seen. */
  readonly show: (shop: Shop) => Promise<unknown>
  readonly options: Readonly<Record<string, unknown>>
}

/** facts.md, section 12 and the places that it names. */
export type ShownQuirks = Readonly<Record<string, ShownQuirk>>

export const codeOf = async (answer: Promise<{ status_code: string }>): Promise<string> => (await answer).status_code
export const textOf = async (answer: Promise<{ status_message: string }>): Promise<string> =>
  (await answer).status_message

/** A charge without an account. */
export const plain = { gopay: { account_id: undefined, payment_option_token: undefined } }

/** A charge on which GoPay fails. */
export const failing = (gopayCode: string) => ({ headers: { 'x-emulator-outcome': `gopay:${gopayCode}` } })
