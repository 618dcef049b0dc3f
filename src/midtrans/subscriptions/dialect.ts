import type { GatewayError, GatewayErrorCode } from '../errors.ts'
import { type Dialect, type DialectAnswer, ofTheGateway } from '../merchant-api/dialect.ts'

/** Midtrans's own (facts.md, section 8). */
const failure = answer(500, 'Sorry, Our system is recovering from unexpected issues. Please retry.')

// UNCERTAIN: what this API answers to a wrong key was not seen; the text is that of the Core API.
const unauthorized = answer(401, 'Unknown Merchant server_key/id')
const badRequest = answer(400, 'Bad request')

/** HTTP status and text of each refusal that this API can give (facts.md, section 8; recordings.md, Subscriptions). */
const refusals: Readonly<Partial<Record<GatewayErrorCode, DialectAnswer>>> = {
  'unknown-key': unauthorized,
  'empty-key': unauthorized,
  'unexpected-body': badRequest,
  // UNCERTAIN: recorded is the answer to a body that says nothing.
  'malformed-body': badRequest,
  'subscription-not-found': answer(404, "Subscription doesn't exist."),
  'rate-limit': ofTheGateway['rate-limit'],
}

/** That of subscriptions: true HTTP codes, and bodies without a status_code (facts.md, section 8). */
export const subscriptionDialect: Dialect = {
  paths: /^\/v1\/subscriptions(?:\/|$)/,
  root: 'subscription',
  refusal: ({ code, details: { messages, feature = '' } }: GatewayError) => {
    if (code === 'invalid-parameters') return answer(400, 'Invalid parameter.', messages)
    // UNCERTAIN: what this API answers to a method that a path does not have was not seen.
    if (code === 'method-not-allowed') return answer(405, `HTTP method not allowed: ${feature}`)
    if (code === 'not-emulated') return answer(501, `midtrans-emulator does not have this: ${feature}`)
    return refusals[code] ?? failure
  },
  failure: () => failure.body,
  hasFailingGateway: false,
  // UNCERTAIN: what this API answers for a path that it does not have was not seen.
  unknownPath: (asked) => answer(404, `midtrans-emulator has no ${asked}`),
}

function answer(httpStatus: number, status_message: string, validation_messages?: readonly string[]): DialectAnswer {
  return { httpStatus, body: { status_message, ...(validation_messages && { validation_messages }) } }
}
