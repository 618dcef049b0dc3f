import { type ChannelResponse, GatewayError, type GopayErrorCode, gopayError, gopayErrorCodes } from './errors.ts'
import { channelResponse } from './gopay-codes.ts'

/** What is decided for a request. */
export type Outcome =
  /** As usual where all is well. */
  | { readonly kind: 'settle' }
  | { readonly kind: 'ask-pin' }
  /** GoPay says no, and Midtrans hands that on: status_code 202. Without a code: what is usual for the operation. */
  | { readonly kind: 'deny'; readonly channelResponse?: ChannelResponse }
  /** GoPay fails with a code for which Midtrans has an answer of its own. */
  | { readonly kind: 'gopay'; readonly code: GopayErrorCode }
  /** Midtrans refuses with this status_code, before anything has happened. */
  | { readonly kind: 'refuse'; readonly statusCode: RefusalCode }

/** Status codes of Midtrans's refusals (facts.md, section 5, code table). */
export type RefusalCode = keyof typeof refusals

/** What can be decided for, and what can be decided there. */
export const possibleOutcomes = {
  link: ['settle', 'deny', 'gopay', 'refuse'],
  unbind: ['settle', 'deny', 'gopay', 'refuse'],
  charge: ['settle', 'ask-pin', 'deny', 'gopay', 'refuse'],
  capture: ['settle', 'gopay', 'refuse'],
  cancel: ['settle', 'gopay', 'refuse'],
  refund: ['settle', 'deny', 'gopay', 'refuse'],
} as const satisfies Readonly<Record<string, readonly Outcome['kind'][]>>

export type Decidable = keyof typeof possibleOutcomes

/** Whether something can be decided for an operation. Fraud detection (4060) knows links and charges alone. */
export function isPossible(outcome: Outcome, operation: Decidable): boolean {
  if (outcome.kind === 'gopay' && outcome.code === '4060') return operation === 'link' || operation === 'charge'
  // It speaks of a refund.
  if (outcome.kind === 'refuse' && outcome.statusCode === '414') return operation === 'refund'
  return possibleOutcomes[operation].some((kind) => kind === outcome.kind)
}

/** What refuses with a status_code: the same for all operations, or what is usual for accounts and for payments. */
const refusals = {
  '300': 'listed',
  '400': 'invalid-parameters',
  '401': 'unknown-key',
  '402': 'no-access-to-payment-type',
  '403': 'listed',
  '404': { account: 'account-not-found', payment: 'transaction-not-found' },
  '405': 'method-not-allowed',
  '406': 'order-id-taken',
  '408': 'listed',
  '409': 'listed',
  '411': 'listed',
  '412': { account: 'account-status', payment: 'transaction-status' },
  '413': 'malformed-body',
  '414': 'refund-amount',
  '429': 'rate-limit',
  '500': 'failure',
  '502': 'listed',
  '503': 'bank-connection',
  '504': 'listed',
  '505': 'listed',
} as const

const forms: Readonly<Record<Outcome['kind'], string>> = {
  settle: '200 or settle',
  'ask-pin': '201 or ask-pin',
  deny: '202, deny or 202:<channel code>, e.g. 202:201',
  gopay: 'gopay:<code>, e.g. gopay:1703',
  refuse: `the status_code of a refusal: ${Object.keys(refusals).join(', ')}`,
}

/** How outcomes of an operation are written, for people. */
export const outcomeForms = (operation: Decidable): string =>
  possibleOutcomes[operation].map((kind) => forms[kind]).join('; ')

/** Channel codes of denials whose texts were seen. */
const seenDenials = ['201', '105', '1001'] as const

/** The outcomes of an operation, as they are written; those that hand on a code of GoPay have more. */
export function outcomesOf(operation: Decidable): readonly string[] {
  const all = [
    'settle',
    'ask-pin',
    'deny',
    // A refund that is denied tells no channel code.
    ...(operation === 'refund' ? [] : seenDenials.map((code) => `deny:${code}`)),
    ...gopayErrorCodes.map((code) => `gopay:${code}`),
    ...Object.keys(refusals),
  ]
  return all.filter((text) => {
    const outcome = parseOutcome(text)
    return outcome !== undefined && isPossible(outcome, operation)
  })
}

/** The outcome of "200", "settle", "201", "ask-pin", "202", "deny:112", "gopay:112", "412"; undefined: it is none. */
export function parseOutcome(text: string): Outcome | undefined {
  const [, word = '', code] = /^(\d{3}|[a-z-]+)(?::(\d{1,5}))?$/.exec(text) ?? []
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
    case '410':
      // Midtrans's word for GoPay's own error.
      return code === undefined ? { kind: 'gopay', code: '112' } : undefined
    case 'gopay':
      return code === undefined ? undefined : ofGopay(code)
    default:
      return code === undefined && isRefusal(word) ? { kind: 'refuse', statusCode: word } : undefined
  }
}

const isRefusal = (word: string): word is RefusalCode => Object.hasOwn(refusals, word)

/** Codes for which Midtrans has no answer of its own are handed on. */
function ofGopay(code: string): Outcome {
  const known = gopayErrorCodes.find((each) => each === code)
  return known ? { kind: 'gopay', code: known } : { kind: 'deny', channelResponse: channelResponse(code) }
}

/**
 * The refusal that an outcome is for an operation; undefined: it is none. To be returned and not thrown, so that the
 * step is kept, and the rule that wanted it used up.
 */
export function refusalFor(outcome: Outcome | undefined, operation: Decidable): GatewayError | undefined {
  if (outcome?.kind === 'gopay') return gopayError(outcome.code)
  if (outcome?.kind !== 'refuse') return undefined
  const { statusCode } = outcome
  const refusal = refusals[statusCode]
  const subject = operation === 'link' || operation === 'unbind' ? 'account' : 'payment'
  const code = typeof refusal === 'string' ? refusal : refusal[subject]
  if (code === 'order-id-taken' && operation === 'refund') return new GatewayError('refund-key-taken')
  return new GatewayError(code, code === 'listed' ? { statusCode } : {})
}
