import type { GopayErrorCode } from '../errors.ts'

/** How the Core API words a refusal. */
export interface Refusal {
  readonly statusCode: string
  readonly message: string
  /** validation_messages. */
  readonly messages?: readonly string[]
  /** Some old messages carry no id (facts.md, section 0). */
  readonly withoutId?: boolean
  /** Where it is not that of the status_code. */
  readonly httpStatus?: number
}

export const conflict: Refusal = {
  statusCode: '406',
  message:
    'The request could not be completed due to a conflict with the current state of the target resource, please try again',
}

const invalid = (message: string): Refusal => ({
  statusCode: '400',
  message: 'One or more parameters in the payload is invalid.',
  messages: [message],
})

const missingSetting: Refusal = { statusCode: '402', message: 'Missing GoPay merchant setting data' }

/**
 * What Midtrans makes of GoPay's errors (docs.midtrans.com, deployment, "GoPay Deny Error", December 2022; 112 since
 * January 2024). They send no notification. 4060 is a decline and not a refusal, and so is, by a quirk, 900.
 */
export const gopayRefusals: Readonly<Record<Exclude<GopayErrorCode, '4060'>, Refusal>> = {
  '101': { statusCode: '404', message: "GoPay Wallet doesn't exist." },
  '110': { statusCode: '402', message: 'GoPay merchant is unauthorized.' },
  '112': { statusCode: '410', message: 'GoPay user is blocked' },
  '132': conflict,
  '153': invalid('GoPay token is invalid for the payment'),
  '303': missingSetting,
  '310': invalid('Malformed data'),
  '900': {
    statusCode: '500',
    message: 'Sorry. Our system is recovering from unexpected issues. Please retry.',
    httpStatus: 200,
  },
  '902': {
    statusCode: '413',
    message: 'The request cannot be processed due to malformed syntax in the request body',
    withoutId: true,
  },
  '1703': { statusCode: '402', message: 'GoPay merchant is not active.' },
  '2701': invalid('The currency is not supported for the country'),
  '2901': conflict,
  '2903': missingSetting,
  '5009': invalid('GoPay challenge token is already expired'),
}
