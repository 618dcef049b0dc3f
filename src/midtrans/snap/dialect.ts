import type { GatewayError, GatewayErrorCode } from '../errors.ts'
import { type Dialect, type DialectAnswer, isOfTheGateway, ofTheGateway } from '../merchant-api/dialect.ts'

/** Midtrans's own (facts.md, section 7). */
const failure = answer(500, 'Sorry, we encountered internal server error. We will fix this soon.')

const unauthorized = answer(
  401,
  'Access denied due to unauthorized transaction, please check client or server key',
  'Visit https://snap-docs.midtrans.com/#request-headers for more details',
)

/**
 * HTTP status and text of each refusal that Snap can give (facts.md, section 7; recordings.md, Snap). UNCERTAIN: the HTTP
 * status of the refusals of a session that is cancelled, and of an account that is not there: their texts alone are known.
 */
const refusals: Readonly<Partial<Record<GatewayErrorCode, DialectAnswer>>> = {
  'unknown-key': unauthorized,
  'empty-key': unauthorized,
  'order-id-taken': answer(400, 'transaction_details.order_id has already been taken'),
  'order-id-paid': answer(400, 'transaction_details.order_id has been paid and utilized, please use another order ID'),
  'session-not-found': answer(404, 'token not found'),
  'session-canceled': answer(400, 'token already canceled'),
  'session-in-use': answer(400, 'Transaction is on progress'),
  'account-not-found': { httpStatus: 404, body: { error_messages: ['account not found'], locale: 'en' } },
  // UNCERTAIN: neither these texts nor their statuses were seen.
  'malformed-body': answer(400, 'request body is invalid'),
  'account-status': answer(412, 'Account status cannot be updated.'),
  'no-access-to-payment-type': answer(402, "Merchant doesn't have access for this payment type"),
}

/** Snap's: true HTTP codes, and a list of messages (facts.md, section 7). */
export const snapDialect: Dialect = {
  paths: /^\/snap\/v\d+(?:\/|$)/,
  root: '',
  refusal: ({ code, details }: GatewayError) => {
    if (isOfTheGateway(code)) return ofTheGateway[code]
    if (code === 'invalid-parameters') return answer(400, ...(details.messages ?? []))
    if (code === 'method-not-allowed') return answer(405, `HTTP method not allowed: ${details.feature ?? ''}`)
    if (code === 'not-emulated') return answer(501, `midtrans-emulator does not have this: ${details.feature ?? ''}`)
    return refusals[code] ?? failure
  },
  failure: () => failure.body,
  hasFailingGateway: false,
  // UNCERTAIN: what Snap answers for a path that it does not have was not seen.
  unknownPath: (asked) => answer(404, `midtrans-emulator has no ${asked}`),
}

/** The preferences have their own words for a key that is none (facts.md, section 7). */
export const preferencesDialect: Dialect = {
  ...snapDialect,
  refusal: (error, quirks) =>
    error.code === 'unknown-key' || error.code === 'empty-key'
      ? answer(401, 'Access denied, please check server key')
      : snapDialect.refusal(error, quirks),
}

function answer(httpStatus: number, ...messages: readonly string[]): DialectAnswer {
  return { httpStatus, body: { error_messages: messages } }
}
