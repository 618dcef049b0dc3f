import type { FastifySchemaValidationError } from 'fastify/types/schema.js'

/** Digits that do not begin with 0. */
export const phonePattern = '^[1-9][0-9]*$'
/** A whole number as text, as the Java client sends amounts. */
export const wholeNumberPattern = '^-?[0-9]+(?:\\.0+)?$'
/** Not 0 and not negative; says nothing about what is no number at all. */
export const amountPattern = '^(?!-[0-9])(?!0+(?:\\.0+)?$)'
/** As `amountPattern`, in Snap's words. */
export const snapAmountPattern = '^(?!-[0-9])(?!0+(?:\\.0+)?$)(?!0+\\.00[0-9])'
/** Not more than eleven digits, leading zeros aside. */
export const longestAmountPattern = '^(?!-?0*[1-9][0-9]{11})'

const patternWords: Readonly<Record<string, string>> = {
  [wholeNumberPattern]: 'is not a number',
  [amountPattern]: 'must be greater than or equal to 1',
  [snapAmountPattern]: 'must be greater than or equal to 0.01',
  [longestAmountPattern]: 'must be less than or equal to 99999999999',
}

/** Fields for which Midtrans has one message, whatever is wrong with the value (facts.md, sections 8 and 11). */
const fieldWords: Readonly<Record<string, string>> = {
  'gopay_partner.phone_number': 'must be numeric digits and must not begin with 0',
  'gopay_partner.country_code': 'must be numeric digits and must not begin with 0',
  'subscription.amount': 'must be between 0.01 - 99999999999.00',
}

/** Fields that are numbers, though the clients may send them as text. */
const numberFields = new Set(['gross_amount', 'amount', 'price', 'quantity', 'expiry_duration'])

/** One message a fault, as Midtrans words them (facts.md, sections 3, 8 and 11); `root` is its name for the body. */
export function validationMessages(errors: readonly FastifySchemaValidationError[], root = ''): string[] {
  // `allOf` only says again that one of its parts was not met.
  return [...new Set(errors.filter(({ keyword }) => keyword !== 'allOf').map((error) => message(error, root)))]
}

function message({ keyword, params, instancePath }: FastifySchemaValidationError, root: string): string {
  // UNCERTAIN: how Midtrans names a field of an item in a list was not seen.
  const path = (root + instancePath)
    .replace(/^\//, '')
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.')
  const field = path.slice(path.lastIndexOf('.') + 1)
  if (keyword === 'required') return `${path ? `${path}.` : ''}${params.missingProperty} is required`
  if (keyword === 'maxLength') return `${path} is too long`
  // UNCERTAIN: what Midtrans says of a body that is no object was not seen.
  if (path === root) return 'request body is invalid'
  if (fieldWords[path]) return `${path} ${fieldWords[path]}`
  switch (keyword) {
    case 'minimum':
      return `${path} must be greater than or equal to ${params.limit}`
    case 'maximum':
      return `${path} must be less than or equal to ${params.limit}`
    case 'pattern':
      return `${path} ${patternWords[String(params.pattern)] ?? 'is invalid'}`
    // UNCERTAIN: the wording for fields of the wrong type was not seen, but for Snap's gross_amount.
    case 'type':
      return `${path} ${numberFields.has(field) ? 'is not a number' : 'is invalid'}`
    default:
      return `${path} is invalid`
  }
}

/** As much of a body as can still be used. */
export type Sound<T> = T extends readonly (infer Item)[]
  ? readonly (Sound<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Sound<T[Key]> | undefined }
    : T

/** A body without the values that a schema found fault with. */
export function soundParts<T>(body: unknown, errors: readonly FastifySchemaValidationError[]): Sound<T> {
  const sound = structuredClone(body)
  for (const { keyword, instancePath } of errors) {
    if (keyword === 'required') continue
    const [name, ...path] = instancePath.split('/').slice(1).reverse()
    const parent = path.reduceRight<unknown>((value, key) => fieldOf(value, key), sound)
    if (name === undefined) return {} as Sound<T>
    if (typeof parent === 'object' && parent !== null) Reflect.deleteProperty(parent, name)
  }
  // Whatever else is left has the types of the schema.
  return sound as Sound<T>
}

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined
