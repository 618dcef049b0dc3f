import type { ChannelResponse } from './errors.ts'

/** Texts that were seen in answers (facts.md, section 10). */
const seenMessages: Readonly<Record<string, string>> = {
  '0': 'Process service request successfully.',
  '105': 'User Not Found',
  '112': 'Wallet is Blocked',
  '201': 'Insufficient Balance',
  '1001': 'Caller authentication error.',
  '2903': 'invalid scheme',
}

/** GoPay's names for its codes (facts.md, section 10, gopay-response-codes; the stored list ends after 153). */
const names: Readonly<Record<string, string>> = {
  '101': 'WALLET_NOT_FOUND',
  '102': 'MERCHANT_NOT_AUTHORIZED',
  '103': 'ILLEGAL_KYC_TYPE',
  '104': 'ILLEGAL_USER_TYPE',
  '106': 'RESERVATION_NOT_FOUND',
  '107': 'VOUCHER_BATCH_NOT_FOUND',
  '108': 'SPONSOR_NOT_FOUND',
  '109': 'CURRENTLY_NOT_ALLOWED',
  '110': 'UNAUTHORIZED',
  '111': 'PIN_ALREADY_SETUP',
  '113': 'INVALID_PIN_FORMAT',
  '114': 'PHONE_NUMBER_NOT_FOUND',
  '115': 'WALLET_PHONE_NUMBER_NOT_MATCHED',
  '116': 'MERCHANT_NOT_FOUND',
  '117': 'KYC_NOT_AVAILABLE',
  '118': 'WALLET_RULESET_NOT_FOUND',
  '119': 'INCORRECT_PIN',
  '120': 'PIN_NOT_SETUP',
  '121': 'NEW_PIN_SAME_AS_OLD_PIN',
  '122': 'ILLEGAL_RECEIVER',
  '123': 'KYC_NOT_APPROVED',
  '124': 'KYC_PENDING',
  '125': 'PIN_IS_REQUIRED',
  '126': 'CUSTOMER_WALLET_BLOCKED',
  '127': 'SERVICE_PROVIDER_WALLET_BLOCKED',
  '128': 'LEDGER_WALLET_NOT_FOUND',
  '129': 'WALLET_ALREADY_EXISTS',
  '130': 'SERVICE_BLOCKED',
  '131': 'LINKED_WALLET_NOT_FOUND',
  '132': 'TRANSACTION_IN_PROGRESS',
  '133': 'SETTLEMENT_FAILED',
  '134': 'MERCHANT_INFORMATION_CACHE_STORE_FAILED',
  '135': 'TRANSACTION_NOT_FOUND',
  '142': 'INVALID_MERCHANT_IDENTIFIER',
  '151': 'AMEND_RESERVATION_INVALID_AMOUNT',
  '153': 'INVALID_PAYMENT_OPTION',
  '900': 'GENERIC_SERVICE_ERROR',
  '901': 'ATTRIBUTE_NOT_AVAILABLE_ERROR',
  '902': 'MALFORMED_JSON',
  '903': 'FORBIDDEN_OPERATION',
}

/**
 * What GoPay says, as Midtrans hands it on. UNCERTAIN: where no answer with a code was seen, its text is unknown; GoPay's
 * name for the code stands in for it.
 */
export const channelResponse = (code: string): ChannelResponse => ({
  code,
  message: seenMessages[code] ?? names[code] ?? `GoPay error ${code}`,
})

export const insufficientBalance = channelResponse('201')
