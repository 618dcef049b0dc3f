import type { TSchema } from 'typebox'
import { type Fault, shown } from '../../text/fault.ts'
import { nearestName } from '../../text/nearest-name.ts'

/** Errors of TypeBox, as far as they are looked at. */
interface SchemaError {
  readonly keyword: string
  readonly schemaPath: string
  readonly instancePath: string
  readonly params: {
    readonly requiredProperties?: readonly string[]
    readonly additionalProperties?: readonly string[]
  }
}

/** The parts of a JSON Schema that our schemas are made of. */
interface Shape {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Shape[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly pattern?: string
  readonly examples?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
}

/** In words of what was found and what was expected: where a schema says no, one fault a place. */
export async function schemaFaults(schema: TSchema, value: unknown, path: readonly string[]): Promise<Fault[]> {
  // Only whoever uses scenarios pays for this: a fifth of a cold start.
  const [{ Value }, { Settings }] = await Promise.all([import('typebox/value'), import('typebox/system')])
  // What a union says comes last, and would be cut off.
  Settings.Set({ maxErrors: 1_000 })
  // Its types tell apart what each keyword says besides: the two that matter are looked for in all of them.
  const errors = Value.Errors(schema, value) as readonly SchemaError[]
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf').map(({ schemaPath }) => `${schemaPath}/anyOf/`)
  const told = new Set<string>()
  return errors.flatMap((error): Fault[] => {
    // Why each branch of a union says no is told by the union, what a key without a schema is by its object.
    if (unions.some((union) => error.schemaPath.startsWith(union)) || error.keyword === 'boolean') return []
    const at = [...path, ...parts(error.instancePath)]
    const shape = inside(schema, parts(error.schemaPath.slice(1)))
    const { requiredProperties = [], additionalProperties = [] } = error.params
    const known = Object.keys(shape.properties ?? {})
    if (error.keyword === 'additionalProperties') {
      return additionalProperties.map((key) => ({ path: [...at, key], isKey: true, text: unknownKey(key, known) }))
    }
    if (error.keyword === 'required') {
      return requiredProperties.map((key) => ({
        path: at,
        text: `found no ${key}, expected ${wordsOf(shape.properties?.[key] ?? {})}`,
      }))
    }
    if (told.has(error.instancePath)) return []
    told.add(error.instancePath)
    return [{ path: at, text: `found ${shown(inside(value, parts(error.instancePath)))}, expected ${wordsOf(shape)}` }]
  })
}

export function unknownKey(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known)
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`
  return `found the unknown key ${key}, expected one of ${known.join(', ')}${hint}`
}

const parts = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

// A pointer of an error leads to a schema, or to the value that was checked: both are plain data of any form.
const inside = <T extends object>(value: T | unknown, path: readonly string[]): Shape =>
  path.reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], value) as Shape

/** What a schema wants, for people. */
function wordsOf(shape: Shape): string {
  if (shape.anyOf) return shape.anyOf.map(wordsOf).join(', or ')
  if (shape.enum) return shape.enum.length === 1 ? String(shape.enum[0]) : `one of ${shape.enum.join(', ')}`
  if ('const' in shape) return JSON.stringify(shape.const)
  const such = shape.examples ? ` such as ${shape.examples.join(', ')}` : ''
  switch (shape.type) {
    case 'string':
      return `a text${such}${such === '' && shape.pattern ? ` like ${shape.pattern}` : ''}${range(shape.minLength, shape.maxLength, 'characters')}`
    case 'integer':
      return `a whole number${range(shape.minimum, shape.maximum)}`
    case 'boolean':
      return 'true or false'
    case 'array':
      return `a list${range(shape.minItems, shape.maxItems, 'entries')}`
    case 'object':
      return shape.properties ? `an object with ${Object.keys(shape.properties).join(', ')}` : 'an object'
    case 'null':
      return 'null'
    default:
      return 'a value'
  }
}

function range(least: number | undefined, most: number | undefined, of = ''): string {
  const what = of === '' ? '' : ` ${of}`
  if (most === undefined) return least === undefined ? '' : ` of at least ${least}${what}`
  return least === undefined || least <= 1 ? ` of up to ${most}${what}` : ` from ${least} to ${most}${what}`
}
