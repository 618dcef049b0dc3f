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

/** "62****3424": enough for the payer to know it, on pages that anybody with the link can open. */
export const maskedPhone = (phone: string): string => `+${phone.slice(0, 2)}****${phone.slice(-4)}`
