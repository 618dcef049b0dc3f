import { newUuid } from '../../engine/ids.ts'
import {
  type GatewayError,
  type GatewayErrorCode,
  type GatewayErrorDetails,
  type GopayErrorCode,
  type OtherApiCode,
  otherApiCodes,
} from '../errors.ts'
import { type DialectAnswer, isOfTheGateway, type OfTheGateway, ofTheGateway } from '../merchant-api/dialect.ts'
import type { Quirks } from '../quirks.ts'
import { conflict, gopayRefusals, type Refusal } from './gopay-errors.ts'
import { httpStatusOf } from './http-status.ts'

/** Midtrans's own (facts.md, section 5). */
const failure: Refusal = {
  statusCode: '500',
  message: 'Sorry. Our system is recovering from unexpected issues. Please retry.',
}

/** Refusals whose text never changed. Sources: facts.md, sections 0, 5 and 12; recordings.md. */
const refusals: Readonly<Record<Exclude<CoreCode, 'gopay' | 'listed' | Changed>, Refusal>> = {
  // UNCERTAIN: recorded in 2019; nothing newer was seen for an empty key.
  'empty-key': { statusCode: '401', message: 'Operation is not allowed due to unauthorized payload.' },
  'invalid-parameters': { statusCode: '400', message: 'One or more parameters in the payload is invalid.' },
  'no-access-to-payment-type': { statusCode: '402', message: "Merchant doesn't have access for this payment type" },
  'account-not-found': { statusCode: '404', message: "Account doesn't exist." },
  // Another code and another text than everywhere else (facts.md, A.9).
  'promotion-account-not-found': { statusCode: '400', message: "Account doesn't exist" },
  'transaction-not-found': { statusCode: '404', message: "Transaction doesn't exist." },
  'order-id-taken': conflict,
  // The samples of the refund pages carry no id.
  'refund-key-taken': { statusCode: '406', message: 'Duplicate refund ID', withoutId: true },
  'refund-amount': {
    statusCode: '414',
    message: 'Refund request is rejected due to invalid amount',
    withoutId: true,
  },
  'account-status': { statusCode: '412', message: 'Account status cannot be updated.' },
  failure,
  'bank-connection': { statusCode: '503', message: 'Bank/partner is experiencing connection issue.' },
  'malformed-body': gopayRefusals['902'],
  // UNCERTAIN: the code is listed (facts.md, section 5), its text and HTTP status were not seen.
  'method-not-allowed': { statusCode: '405', message: 'HTTP method not allowed', httpStatus: 405 },
  'not-emulated': { statusCode: '501', message: 'midtrans-emulator does not have this' },
}

/**
 * What the code table lists and GoPay does not lead to by itself (facts.md, section 5). UNCERTAIN: but for 300 and 411
 * the texts are the table's own words, not those of an answer that was seen.
 */
const listed: Readonly<Record<string, string>> = {
  '300': 'Moved permanently, current and all future requests should be directed to the new URL',
  '403': 'Forbidden',
  '408': 'Wrong data type',
  '409': 'Too many transactions for the same card number',
  '411': 'Token id is missing, invalid, or timed out',
  '502': 'Bank connection problem',
  '504': 'Fraud detection unavailable',
  '505': 'Payment reference or VA unavailable',
}

/** Refusals of which several texts were seen. */
type Changed = 'unknown-key' | 'transaction-status'

const unauthorized: Readonly<Record<Quirks['unauthorized_text'], Refusal>> = {
  'unknown-merchant': { statusCode: '401', message: 'Unknown Merchant server_key/id' },
  'cannot-be-authorized': {
    statusCode: '401',
    message: 'Transaction cannot be authorized with the current client/server key.',
  },
  'access-denied': {
    statusCode: '401',
    message: 'Access denied due to unauthorized transaction, please check client or server key',
    withoutId: true,
    httpStatus: 200,
  },
}

const cannotUpdate: Readonly<Record<Quirks['cannot_update_text'], Refusal>> = {
  'cannot-be-updated': { statusCode: '412', message: 'Transaction status cannot be updated.' },
  'cannot-modify': {
    statusCode: '412',
    message: 'Merchant cannot modify the status of the transaction',
    withoutId: true,
  },
}

type CoreCode = Exclude<GatewayErrorCode, OfTheGateway | OtherApiCode>

const isOtherApis = (code: GatewayErrorCode): code is OtherApiCode => otherApiCodes.some((each) => each === code)

function refusalOf(code: CoreCode, details: GatewayErrorDetails, quirks: Quirks): Refusal {
  switch (code) {
    case 'unknown-key':
      return unauthorized[quirks.unauthorized_text]
    case 'transaction-status':
      return cannotUpdate[quirks.cannot_update_text]
    case 'listed':
      return { statusCode: details.statusCode ?? '', message: listed[details.statusCode ?? ''] ?? '' }
    case 'gopay':
      return ofGopay(details.gopayCode, quirks)
    default:
      return refusals[code]
  }
}

function ofGopay(code: GopayErrorCode | undefined, quirks: Quirks): Refusal {
  if (code === undefined || code === '4060') throw new Error(`GoPay's ${code} is no refusal`)
  const refusal = gopayRefusals[code]
  if (code === '112' && quirks.blocked_payer === 'status-402') return { ...refusal, statusCode: '402' }
  if (code === '1703' && quirks.gopay_1703_http === 'http-400') return { ...refusal, httpStatus: 400 }
  return refusal
}

/** The Core API's answer to a refusal. */
export function refusalAnswer(error: GatewayError, quirks: Quirks): DialectAnswer {
  if (isOfTheGateway(error.code)) return ofTheGateway[error.code]
  if (isOtherApis(error.code)) throw new Error(`the Core API does not refuse with ${error.code}`)
  const { statusCode, message, messages, withoutId, httpStatus } = refusalOf(error.code, error.details, quirks)
  const { details } = error
  const faults = messages ?? details.messages
  return {
    httpStatus: httpStatus ?? httpStatusOf(statusCode, quirks),
    body: {
      status_code: statusCode,
      status_message: details.feature ? `${message}: ${details.feature}` : message,
      ...(faults && { validation_messages: faults }),
      // Recorded in 2019: the id of a 412 is that of the transaction; everywhere else it is one of its own.
      ...(!withoutId && { id: details.transactionId ?? newUuid() }),
    },
  }
}

/** Midtrans's own failure (facts.md, section 5, code 500). */
export const failureBody = () => ({ status_code: failure.statusCode, status_message: failure.message, id: newUuid() })
