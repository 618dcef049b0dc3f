import { Ajv2020 } from 'ajv/dist/2020.js'
import type { OpenApi, Operation } from '../../../src/control/api-docs/openapi.ts'

export type { OpenApi, Operation }

export const documentAt = async (url: string, name: 'openapi.json' | 'core-api.openapi.json'): Promise<OpenApi> =>
  (await (await fetch(`${url}/__admin/${name}`)).json()) as OpenApi

/** "POST /v2/charge" -> its operation. */
export const operationsOf = ({ paths }: OpenApi): ReadonlyMap<string, Operation> =>
  new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
    ),
  )

const ajv = new Ajv2020({ allErrors: true, strict: false })

/** What is wrong with a value, by a schema of a document. */
export function faultsOf(schema: object, value: unknown): readonly string[] {
  if (ajv.validate(schema, value)) return []
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

interface Content {
  readonly content: Readonly<Record<string, { readonly schema: object; readonly examples?: object }>>
}

/** What an answer with this HTTP status may hold; undefined: it is not documented. */
export const answerOf = ({ responses }: Operation, http: number): Content | undefined =>
  responses[String(http)] as Content | undefined
