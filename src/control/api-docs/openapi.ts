import type { KeptAnswer } from './answers.ts'
import { shapeOf } from './shape.ts'

/** What both descriptions are made of, as OpenAPI 3.1 has it. */
export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Record<string, MediaType>> }
  readonly responses: Readonly<Record<string, unknown>>
  readonly security?: readonly object[]
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: true
  readonly description?: string
  readonly schema: object
  readonly example?: unknown
}

interface MediaType {
  readonly schema?: object
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>
}

export interface Tag {
  readonly name: string
  readonly description: string
}

export interface OpenApi {
  readonly openapi: '3.1.0'
  readonly info: Readonly<Record<string, unknown>>
  readonly servers: readonly { readonly url: string }[]
  readonly tags: readonly Tag[]
  readonly components: Readonly<Record<string, unknown>>
  readonly security: readonly object[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

/** "/v2/{id}" -> get -> its operation. */
export function pathsOf(operations: readonly (readonly [path: string, method: string, of: Operation])[]) {
  const paths: Record<string, Record<string, Operation>> = {}
  for (const [path, method, operation] of operations) paths[path] = { ...paths[path], [method]: operation }
  return paths
}

/** "postClockAdvance" of /__admin/clock/advance, whose first word says nothing. */
export const operationId = (method: string, path: string, wordsBefore = 1): string =>
  method.toLowerCase() +
  path
    .split(/[^A-Za-z0-9]+/)
    .slice(1 + wordsBefore)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

/** A body or an answer with examples by their names. */
export const json = (schema: object, examples: Readonly<Record<string, unknown>>) => ({
  'application/json': {
    schema,
    ...(Object.keys(examples).length > 0 && {
      examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
    }),
  },
})

/** The examples and the shape of answers that came with one HTTP status. */
export const answered = (answers: readonly KeptAnswer[]) =>
  json(shapeOf(answers.map(({ body }) => body)), Object.fromEntries(answers.map(({ of, body }) => [of, body])))
