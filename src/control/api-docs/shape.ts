export type Shape = Readonly<Record<string, unknown>>

/** Fields that hold one of a few words. */
const words = new Set([
  'status_code',
  'transaction_status',
  'account_status',
  'fraud_status',
  'payment_type',
  'currency',
  'method',
])

/**
 * A JSON Schema that all these values meet, as narrow as they allow. Of one value alone nobody can tell what is always
 * there, so it demands nothing.
 */
export function shapeOf(values: readonly unknown[]): Shape {
  const types = [...new Set(values.map(typeOf))].sort()
  const objects = values.filter(isObject)
  const items = values.filter(Array.isArray).flat()
  return {
    ...(types.length > 0 && { type: types.length === 1 ? types[0] : types }),
    ...(objects.length > 0 && objectShape(objects)),
    ...(items.length > 0 && { items: shapeOf(items) }),
  }
}

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value
}

function objectShape(objects: readonly Fields[]): Shape {
  const names = [...new Set(objects.flatMap(Object.keys))]
  const valuesOf = (name: string) => objects.flatMap((each) => (Object.hasOwn(each, name) ? [each[name]] : []))
  // Names such as wallet:628215023424 are data.
  if (names.some((name) => !/^[a-z][a-z0-9_]*$/i.test(name))) {
    return { additionalProperties: shapeOf(names.flatMap(valuesOf)) }
  }
  const always = objects.length < 2 ? [] : names.filter((name) => valuesOf(name).length === objects.length)
  return {
    ...(always.length > 0 && { required: always }),
    properties: Object.fromEntries(names.map((name) => [name, fieldShape(name, valuesOf(name))])),
  }
}

function fieldShape(name: string, values: readonly unknown[]): Shape {
  const isWord = words.has(name) && values.every((value) => typeof value === 'string')
  return { ...shapeOf(values), ...(isWord && { enum: [...new Set(values)].sort() }) }
}
