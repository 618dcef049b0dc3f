import type { OpenApi, Operation } from '../../src/control/api-docs/openapi.ts'
import { type Place, shellLines } from './shell.ts'

interface Schema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly maxItems?: number
  readonly pattern?: string
}

export interface Call {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

/** The calls of a document, by tag, in the order of its tags. */
const callsByTag = ({ tags, paths }: OpenApi) => {
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Call => ({ method: method.toUpperCase(), path, operation })),
  )
  return tags.map((tag) => ({ tag, calls: calls.filter(({ operation }) => operation.tags.includes(tag.name)) }))
}

/** What the bodies of some calls take, a table each; the same table only once. */
function bodyTables(calls: readonly Call[]): readonly string[] {
  const shown = new Map<string, string>()
  return calls.flatMap((call) => {
    const schema: Schema = call.operation.requestBody?.content['application/json']?.schema ?? {}
    const rows = rowsOf(schema.items ?? schema, '').join('\n')
    if (rows === '') return []
    const name = `\`${call.method} ${call.path}\` takes${schema.items ? ' a list of' : ''}`
    const same = shown.get(rows)
    if (same !== undefined) return `${name} what ${same} takes.\n`
    shown.set(rows, `\`${call.method} ${call.path}\``)
    return `${name}\n\n| field | | |\n|---|---|---|\n${rows}\n`
  })
}

/** Longer lists of fields stand elsewhere. */
const mostFields = 12

function rowsOf(schema: Schema, prefix: string): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const isRequired = schema.required?.includes(name) ?? false
    const isDeep = Object.keys(field.properties ?? {}).length <= mostFields
    const below =
      isDeep && field.properties ? rowsOf(field, `${prefix}${name}.`) : rowsOf(itemsOf(field), `${prefix}${name}[].`)
    const words = [...(isRequired ? ['required'] : []), limitsOf(field)].join(', ')
    return [`| \`${prefix}${name}\` | ${inCell(words)} | ${inCell(field.description ?? '')} |`, ...below]
  })
}

const itemsOf = ({ items }: Schema): Schema => (items?.properties ? items : {})

const inCell = (text: string) => text.replaceAll('|', '\\|')

/** "text, up to 50 characters". */
function limitsOf(schema: Schema): string {
  const { anyOf, const: only, minimum, exclusiveMinimum, maximum, minLength, maxLength, maxItems, pattern } = schema
  if (schema.enum) return [...new Set(schema.enum.map((value) => `\`${value}\``))].join(' ')
  if (only !== undefined) return `\`${only}\``
  if (anyOf) return anyOf.map(limitsOf).join(' or ')
  const isText = [schema.type].flat().includes('string')
  return [
    [schema.type].flat().map(typeWord).join(' or '),
    ...(minimum === undefined || minimum < 1 - Number.MAX_SAFE_INTEGER ? [] : [`from ${grouped(minimum)}`]),
    ...(exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`]),
    ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? [] : [`up to ${grouped(maximum)}`]),
    ...(minLength === undefined || minLength < 2 ? [] : [`at least ${minLength} characters`]),
    ...(maxLength === undefined || !isText ? [] : [`up to ${grouped(maxLength)} characters`]),
    ...(maxItems === undefined ? [] : [`up to ${grouped(maxItems)}`]),
    ...(pattern === undefined ? [] : [`\`${pattern}\``]),
  ].join(', ')
}

const typeWord = (type: string | undefined) =>
  ({ string: 'text', integer: 'number', boolean: 'true or false', array: 'list' })[type ?? ''] ?? type ?? 'anything'

const grouped = (number: number) => number.toLocaleString('en')

interface Page {
  readonly head: string
  readonly columns: string
  readonly row: (call: Call) => string
  readonly place: Place
}

/** A page with a chapter for each tag: its calls as a table, what their bodies take, and examples that work. */
export async function referencePage(document: OpenApi, { head, columns, row, place }: Page): Promise<string> {
  const chapters: string[] = []
  for (const { tag, calls } of callsByTag(document)) {
    const lines = await shellLines(calls, place)
    const parts = [
      `## ${tag.name}\n\n${tag.description}\n`,
      `${columns}\n${calls.map(row).join('\n')}\n`,
      ...bodyTables(calls),
      ...(lines.length === 0 ? [] : [`\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`]),
    ]
    chapters.push(parts.join('\n'))
  }
  return [head, ...chapters].join('\n')
}
