import { type Static, Type } from 'typebox'
import { Amount, FreeText, Price } from '../merchant-api/fields.ts'
import type { Sound } from '../merchant-api/validation.ts'
import type { CustomFields } from './transaction.ts'

/** docs.midtrans.com, item-details-object. */
const Item = Type.Object({
  id: Type.Optional(FreeText),
  name: FreeText,
  price: Price,
  quantity: Amount,
})

const PostalCode = Type.Unsafe<string | number>({ ...FreeText, pattern: '^[A-Za-z0-9 -]*$' })

/** docs.midtrans.com, customer-details-object: all of it is optional. */
const Address = Type.Object({
  first_name: Type.Optional(FreeText),
  last_name: Type.Optional(FreeText),
  phone: Type.Optional(FreeText),
  address: Type.Optional(FreeText),
  city: Type.Optional(FreeText),
  postal_code: Type.Optional(PostalCode),
  country_code: Type.Optional(Type.Enum(['IDN'])),
})

export const CustomerDetails = Type.Object({
  first_name: Type.Optional(FreeText),
  last_name: Type.Optional(FreeText),
  email: Type.Optional(FreeText),
  phone: Type.Optional(FreeText),
  billing_address: Type.Optional(Address),
  shipping_address: Type.Optional(Address),
})

/** What is sold (facts.md, section 3). */
export const Items = Type.Array(Item, { maxItems: 10_000 })

export const customFieldTypes = {
  custom_field1: Type.Optional(FreeText),
  custom_field2: Type.Optional(FreeText),
  custom_field3: Type.Optional(FreeText),
}

type CustomFieldBody = Readonly<Partial<Record<keyof typeof customFieldTypes, string | number>>>

/** In milliseconds. */
export const unitMs = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const

/** Undefined where there are none, as for most charges. */
export function customFields({
  custom_field1,
  custom_field2,
  custom_field3,
}: CustomFieldBody): CustomFields | undefined {
  if (custom_field1 === undefined && custom_field2 === undefined && custom_field3 === undefined) return undefined
  return {
    ...(custom_field1 !== undefined && { field1: String(custom_field1) }),
    ...(custom_field2 !== undefined && { field2: String(custom_field2) }),
    ...(custom_field3 !== undefined && { field3: String(custom_field3) }),
  }
}

/** Undefined where an item cannot be read. */
export function sumOf(items: Sound<Static<typeof Items>>): number | undefined {
  // Not `map`, which leaves out those that are gone from the list.
  const amounts = Array.from(items, (item) => Number(item?.price ?? Number.NaN) * Number(item?.quantity ?? Number.NaN))
  const sum = amounts.reduce((total, amount) => total + amount, 0)
  return Number.isNaN(sum) ? undefined : sum
}
