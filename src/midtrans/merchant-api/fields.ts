import { Type } from 'typebox'
import {
  amountPattern,
  longestAmountPattern,
  phonePattern,
  snapAmountPattern,
  wholeNumberPattern,
} from './validation.ts'

/** Digits of a phone number or country code, as text or as a JSON number (recordings.md, POST /v2/pay/account). */
export const PhoneDigits = Type.Unsafe<string | number>({
  type: ['string', 'integer'],
  pattern: phonePattern,
  maxLength: 255,
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
})

/** UNCERTAIN: the largest amount of a charge is not documented; this is that of subscriptions. */
const largestAmount = 99_999_999_999

/** A whole number, as a number or, from the Java client, as text; `patterns` say of texts what `minimum` says of numbers. */
const wholeNumber = (minimum: number, ...patterns: readonly string[]) =>
  Type.Unsafe<number | string>({
    type: ['integer', 'string'],
    minimum,
    maximum: largestAmount,
    maxLength: 50,
    allOf: [wholeNumberPattern, ...patterns, longestAmountPattern].map((pattern) => ({ pattern })),
  })

/** A whole number of rupiah. `Number` reads both forms. */
export const Amount = wholeNumber(1, amountPattern)

/** As `Amount`, with the minimum that Snap words (facts.md, section 3). */
export const SnapAmount = wholeNumber(0.01, snapAmountPattern)

/** An amount in a query, where all is text. */
export const AmountText = Type.Unsafe<string>({
  type: 'string',
  maxLength: 50,
  allOf: [{ pattern: wholeNumberPattern }, { pattern: amountPattern }, { pattern: longestAmountPattern }],
})

/** Price of an item: as an amount, but a discount is negative (facts.md, section 3). */
export const Price = wholeNumber(-largestAmount)

/** `true` or, as the seed's text has it, "true". */
export const Flag = Type.Unsafe<boolean | string>({ type: ['boolean', 'string'], enum: [true, false, 'true', 'false'] })

export const isSet = (flag: boolean | string | undefined): boolean => flag === true || flag === 'true'

/** Up to 50 characters; an integer was accepted, and answered as text (facts.md, section 3). */
export const OrderId = Type.Unsafe<string | number>({
  type: ['string', 'integer'],
  minLength: 1,
  maxLength: 50,
  minimum: Number.MIN_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
})

/** The usual text field. */
export const Text = Type.String({ maxLength: 255 })

/**
 * A text of a merchant's own, which comes as a number as well. UNCERTAIN: no refusal of one was seen, and an order_id
 * and a phone number were accepted so (recordings.md).
 */
export const FreeText = Type.Unsafe<string | number>({ type: ['string', 'number'], maxLength: 255 })
/** An address that the payer is sent to. */
export const ReturnUrl = Type.String({ maxLength: 2_000 })
