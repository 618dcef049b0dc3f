/** Why the gateway refused. Closed: each dialect maps every code. */
export type GatewayErrorCode =
  | 'unknown-key'
  | 'empty-key'
  | 'invalid-parameters'
  | 'no-access-to-payment-type'
  | 'account-not-found'
  | 'transaction-not-found'
  | 'order-id-taken'
  | 'payer-blocked'
  | 'account-status'
  | 'transaction-status'
  | 'malformed-body'
  | 'unexpected-body'
  | 'not-emulated'

export interface GatewayErrorDetails {
  /** For invalid-parameters: one message a fault. */
  readonly messages?: readonly string[]
  /** For not-emulated: what was asked for. */
  readonly feature?: string
}

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

export const invalid = (...messages: string[]): GatewayError => new GatewayError('invalid-parameters', { messages })
