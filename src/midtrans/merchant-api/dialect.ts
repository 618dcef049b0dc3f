import type { GatewayError } from '../errors.ts'
import type { Quirks } from '../quirks.ts'

/** How one of the APIs for merchants speaks: they share keys, accounts and payments, but neither status codes nor errors. */
export interface Dialect {
  /** The paths that are answered in it. */
  readonly paths: RegExp
  /** What stands before the names of fields in validation messages; empty: nothing. */
  readonly root: string
  /** Its answer to a refusal. */
  refusal(error: GatewayError, quirks: Quirks): DialectAnswer
  /** Its answer where the emulator itself has failed: HTTP 500. */
  failure(): object
  /** Whether a fault `500` is one of the gateway's before it, which is so where a failure of its own is an outcome. */
  readonly hasFailingGateway: boolean
  /** Its answer where it has no such path. */
  unknownPath(asked: string): DialectAnswer
}

export interface DialectAnswer {
  readonly httpStatus: number
  readonly body: object
}

/** What stands before Midtrans's APIs answers these, the same in all of them (recordings.md; facts.md, section 6). */
export const ofTheGateway = {
  'unexpected-body': { httpStatus: 500, body: { message: 'An unexpected error occurred' } },
  'rate-limit': { httpStatus: 429, body: { message: 'API rate limit exceeded' } },
} as const satisfies Readonly<Record<string, DialectAnswer>>

export type OfTheGateway = keyof typeof ofTheGateway

export const isOfTheGateway = (code: string): code is OfTheGateway => Object.hasOwn(ofTheGateway, code)
