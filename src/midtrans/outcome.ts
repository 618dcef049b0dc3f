import { type ChannelResponse, type GatewayFailure, type GopayErrorCode, gopayErrorCodes } from './errors.ts'
import { channelResponse } from './gopay-codes.ts'

/** What is decided for a request. */
export type Outcome =
  | { readonly kind: 'settle' }
  | { readonly kind: 'ask-pin' }
  /** GoPay says no, and Midtrans hands that on: status_code 202. Without a code: what is usual for the operation. */
  | { readonly kind: 'deny'; readonly channelResponse?: ChannelResponse }
  /** GoPay fails with a code for which Midtrans has an answer of its own. */
  | { readonly kind: 'gopay'; readonly code: GopayErrorCode }
  /** Midtrans fails itself, before anything has happened. */
  | { readonly kind: 'fail'; readonly failure: GatewayFailure }

/** What can be decided for, and what can be decided there. */
export const possibleOutcomes = {
  link: ['deny', 'gopay', 'fail'],
  unbind: ['settle', 'deny'],
  charge: ['settle', 'ask-pin', 'deny', 'gopay', 'fail'],
  refund: ['settle', 'deny'],
} as const satisfies Readonly<Record<string, readonly Outcome['kind'][]>>

export type Decidable = keyof typeof possibleOutcomes

const forms: Readonly<Record<Outcome['kind'], string>> = {
  settle: '200 or settle',
  'ask-pin': '201 or ask-pin',
  deny: '202, deny or 202:<channel code>, e.g. 202:201',
  gopay: 'gopay:<code>, e.g. gopay:1703',
  fail: '429, 500 or 503',
}

/** How outcomes of an operation are written, for people. */
export const outcomeForms = (operation: Decidable): string =>
  possibleOutcomes[operation].map((kind) => forms[kind]).join('; ')

const failures = { '429': 'rate-limit', '500': 'failure', '503': 'bank-connection' } as const

/** The outcome of "200", "settle", "201", "ask-pin", "202", "deny:112", "gopay:112"; undefined where it is none. */
export function parseOutcome(text: string): Outcome | undefined {
  const [, word, code] = /^(\d{3}|[a-z-]+)(?::(\d{1,5}))?$/.exec(text) ?? []
  switch (word) {
    case '200':
    case 'settle':
      return code === undefined ? { kind: 'settle' } : undefined
    case '201':
    case 'ask-pin':
      return code === undefined ? { kind: 'ask-pin' } : undefined
    case '202':
    case 'deny':
      return { kind: 'deny', ...(code !== undefined && { channelResponse: channelResponse(code) }) }
    case '429':
    case '500':
    case '503':
      return code === undefined ? { kind: 'fail', failure: failures[word] } : undefined
    case 'gopay':
      return code === undefined ? undefined : ofGopay(code)
    default:
      return undefined
  }
}

/** Codes for which Midtrans has no answer of its own are handed on. */
function ofGopay(code: string): Outcome {
  const known = gopayErrorCodes.find((each) => each === code)
  return known ? { kind: 'gopay', code: known } : { kind: 'deny', channelResponse: channelResponse(code) }
}
