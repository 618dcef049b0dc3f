/** Why the gateway refused. Closed: each dialect maps every code. */
export type GatewayErrorCode =
  | 'unknown-key'
  | 'empty-key'
  | 'invalid-parameters'
  | 'no-access-to-payment-type'
  | 'account-not-found'
  | 'promotion-account-not-found'
  | 'transaction-not-found'
  | 'order-id-taken'
  | 'refund-key-taken'
  | 'refund-amount'
  | 'account-status'
  | 'transaction-status'
  | 'gopay'
  | 'rate-limit'
  | 'failure'
  | 'bank-connection'
  | 'listed'
  | 'malformed-body'
  | 'unexpected-body'
  | 'method-not-allowed'
  | 'not-emulated'
  | OtherApiCode

/** Why Snap and subscriptions refuse, and the Core API does not. */
export type OtherApiCode = (typeof otherApiCodes)[number]

export const otherApiCodes = [
  'order-id-paid',
  'session-not-found',
  'session-canceled',
  'session-in-use',
  'subscription-not-found',
] as const

export interface GatewayErrorDetails {
  /** For invalid-parameters: one message a fault. */
  readonly messages?: readonly string[]
  /** For not-emulated and method-not-allowed: what was asked for, and what there is. */
  readonly feature?: string
  /** For transaction-status: the transaction. */
  readonly transactionId?: string
  /** For listed: a status_code that nothing but the code table tells of. */
  readonly statusCode?: string
  /** For gopay: GoPay's own code. */
  readonly gopayCode?: GopayErrorCode
}

/** Errors of GoPay for which Midtrans has an answer of its own (facts.md, section 10, mapping). */
export type GopayErrorCode = (typeof gopayErrorCodes)[number]

export const gopayErrorCodes = [
  '101',
  '110',
  '112',
  '132',
  '153',
  '303',
  '310',
  '900',
  '902',
  '1703',
  '2701',
  '2901',
  '2903',
  '4060',
  '5009',
] as const

export interface ChannelResponse {
  readonly code: string
  readonly message: string
}

/** The gateway says no, and nothing happened: thrown out of an operation it takes back the whole step. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly code: GatewayErrorCode
  readonly details: GatewayErrorDetails

  constructor(code: GatewayErrorCode, details: GatewayErrorDetails = {}) {
    super(code)
    this.code = code
    this.details = details
  }
}

/** More faults than anybody reads are not told. */
const mostMessages = 100

export const invalid = (...messages: string[]): GatewayError => invalidAll(messages)

export const invalidAll = (messages: Iterable<string>): GatewayError =>
  new GatewayError('invalid-parameters', { messages: [...messages].slice(0, mostMessages) })

export const gopayError = (gopayCode: GopayErrorCode): GatewayError => new GatewayError('gopay', { gopayCode })
