import type { Quirks } from '../quirks.ts'

/** Body codes that are HTTP codes as well; all others come over HTTP 200 (facts.md, section 0). */
const trueHttpCodes = new Set(['400', '401', '500', '501', '503'])

/** The HTTP status of an answer with this status_code. */
export function httpStatusOf(statusCode: string, quirks: Quirks): number {
  if (trueHttpCodes.has(statusCode)) return Number(statusCode)
  // No quirk makes an error of 407, nor an HTTP 204 of the body with that code: it would arrive without its body.
  const isError = Number(statusCode) >= 400 && statusCode !== '407'
  return quirks.http_status === 'as-body' && isError ? Number(statusCode) : 200
}
