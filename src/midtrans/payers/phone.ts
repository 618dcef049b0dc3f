import type { PayerBook } from './payer.ts'

/**
 * The full number, digits only, of what a link request names. country_code may be missing, and the phone number may
 * hold it already (recordings.md: "628123456789" with "62", and a number without country_code, were accepted).
 * A number that stands in the book just so is taken as it is: 123450001 of the old sandbox has no country.
 */
export function fullPhone(phone: string, countryCode: string | undefined, book: PayerBook): string {
  if (book.find(phone)) return phone
  if (countryCode) return phone.startsWith(countryCode) ? phone : countryCode + phone
  // UNCERTAIN: without country_code a number as it is written inside Indonesia is taken for one.
  return phone.startsWith('8') ? `62${phone}` : phone
}

/** The full number of what a person types: "+62 821-502-3424", "0821 502 3424", "8215023424". */
export function dialedPhone(text: string, book: PayerBook): string {
  const digits = text.replace(/\D/g, '')
  if (text.trim().startsWith('+')) return digits
  return fullPhone(digits.startsWith('0') ? `62${digits.slice(1)}` : digits, undefined, book)
}

/** Country codes of one and of two digits; all others have three (ITU-T E.164). */
const countryCode = /^(?:[17]|2[07]|3[0-46-9]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/

/** A full number, parted where its country code ends. */
export function partedPhone(phone: string): { readonly countryCode: string; readonly number: string } {
  const [code = ''] = countryCode.exec(phone) ?? []
  return { countryCode: code, number: phone.slice(code.length) }
}

/** "62****3424": enough for the payer to know it, on pages that anybody with the link can open. */
export const maskedPhone = (phone: string): string => `+${phone.slice(0, 2)}****${phone.slice(-4)}`
