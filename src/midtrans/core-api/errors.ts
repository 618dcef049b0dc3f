import { newUuid } from '../../engine/ids.ts'
import type { GatewayError, GatewayErrorCode } from '../errors.ts'
import type { CoreBody } from './answer.ts'

interface Refusal {
  readonly statusCode: string
  readonly message: string
  /** Some old messages carry no id (facts.md, section 0). */
  readonly withoutId?: true
}

/** Sources: facts.md, sections 0, 5 and 12; recordings.md, "401 (all of /v2)". */
const refusals: Readonly<Record<Exclude<GatewayErrorCode, 'unexpected-body'>, Refusal>> = {
  // Newest logs of 2024-26; the documentation still prints an older text.
  'unknown-key': { statusCode: '401', message: 'Unknown Merchant server_key/id' },
  // UNCERTAIN: recorded in 2019; nothing newer was seen for an empty key.
  'empty-key': { statusCode: '401', message: 'Operation is not allowed due to unauthorized payload.' },
  'invalid-parameters': { statusCode: '400', message: 'One or more parameters in the payload is invalid.' },
  'no-access-to-payment-type': { statusCode: '402', message: "Merchant doesn't have access for this payment type" },
  'account-not-found': { statusCode: '404', message: "Account doesn't exist." },
  'transaction-not-found': { statusCode: '404', message: "Transaction doesn't exist." },
  'order-id-taken': {
    statusCode: '406',
    message:
      'The request could not be completed due to a conflict with the current state of the target resource, please try again',
  },
  'payer-blocked': { statusCode: '410', message: 'GoPay user is blocked' },
  'account-status': { statusCode: '412', message: 'Account status cannot be updated.' },
  'transaction-status': { statusCode: '412', message: 'Transaction status cannot be updated.' },
  'malformed-body': {
    statusCode: '413',
    message: 'The request cannot be processed due to malformed syntax in the request body',
    withoutId: true,
  },
  'not-emulated': { statusCode: '501', message: 'midtrans-emulator does not have this yet' },
}

/** The Core API's body for a refusal. */
export function refusalBody({ code, details }: GatewayError): CoreBody {
  if (code === 'unexpected-body') throw new Error('unexpected-body is answered by the gateway, without a status_code')
  const { statusCode, message, withoutId } = refusals[code]
  return {
    status_code: statusCode,
    status_message: details.feature ? `${message}: ${details.feature}` : message,
    ...(details.messages && { validation_messages: details.messages }),
    ...(!withoutId && { id: newUuid() }),
  }
}

/** Midtrans's own failure (facts.md, section 5, code 500). */
export const failureBody = () => ({
  status_code: '500',
  status_message: 'Sorry. Our system is recovering from unexpected issues. Please retry.',
  id: newUuid(),
})

/** UNCERTAIN: what Midtrans answers for a path that it does not have was not seen. */
export const unknownPathBody = (asked: string): CoreBody => ({
  status_code: '404',
  status_message: `midtrans-emulator has no ${asked}`,
})
