import type { Dialect } from '../merchant-api/dialect.ts'
import { failureBody, refusalAnswer } from './errors.ts'

/** The Core API's: a status_code in each body, which is not always that of HTTP (facts.md, section 0). */
export const coreDialect: Dialect = {
  paths: /^\/v2(?:\/|$)|^\/v1\/bins(?:\/|$)/,
  root: '',
  refusal: refusalAnswer,
  failure: failureBody,
  hasFailingGateway: true,
  // UNCERTAIN: what Midtrans answers for a path that it does not have was not seen.
  unknownPath: (asked) => ({
    httpStatus: 404,
    body: { status_code: '404', status_message: `midtrans-emulator has no ${asked}` },
  }),
}
