import type { Account } from '../accounts/account.ts'
import { wireAmount } from '../money.ts'
import { places } from '../payers/ledger.ts'
import { partedPhone } from '../payers/phone.ts'
import type { Transaction } from '../payments/transaction.ts'
import { chargeAnswer, statusCodes } from '../payments/wire.ts'
import { withParameters } from '../return-url.ts'
import type { Settings } from '../settings.ts'
import type { World } from '../world.ts'
import type { SnapSession } from './session.ts'

/** The page of a token. Older texts have v3 (recordings.md, Snap). */
export const pagePath = (token: string): string => `/snap/v4/redirection/${token}`

/**
 * A linked account, as Snap tells of it (facts.md, section 7). UNCERTAIN: which balance it is where there are several
 * options (here that of the wallet), and what is told of an account that was just unlinked (here the same, DISABLED).
 */
export function accountAnswer({ state }: Pick<World, 'state'>, { id, userId, phone, status }: Account) {
  const { countryCode, number } = partedPhone(phone)
  return {
    user_id: userId,
    account_status: status,
    balance: wireAmount(state.ledger.balance(places.wallet(phone, 'GOPAY_WALLET'))),
    phone_number: number,
    country_code: countryCode,
    account_id: id,
  }
}

/** Where the customer goes in the end, with what became of the payment (facts.md, section 7); undefined: nowhere. */
export function finishAddress(
  { callbacks }: SnapSession,
  payment: Transaction,
  settings: Settings,
): string | undefined {
  return withOutcome(callbacks.finish ?? settings.finishRedirectUrl, payment, settings)
}

/** Where the customer goes after a failure; undefined: nowhere. */
export function errorAddress({ callbacks }: SnapSession, payment: Transaction, settings: Settings): string | undefined {
  return withOutcome(callbacks.error ?? settings.errorRedirectUrl, payment, settings)
}

function withOutcome(
  url: string,
  { orderId, status }: Transaction,
  { merchantId, quirks }: Settings,
): string | undefined {
  if (url === '') return undefined
  return withParameters(url, {
    ...(quirks.snap_finish_parameters === 'with-merchant-id' && { merchant_id: merchantId }),
    order_id: orderId,
    status_code: statusCodes[status],
    transaction_status: status,
  })
}

const resultKeys = [
  'status_code',
  'status_message',
  'transaction_id',
  'order_id',
  'gross_amount',
  'payment_type',
  'transaction_time',
  'transaction_status',
  'fraud_status',
] as const

/**
 * What snap.js hands to the merchant's callbacks, with the keys that all samples have in common. UNCERTAIN: none of GoPay
 * was seen, so its status_message is that of the answer to a charge.
 */
export function snapResult(session: SnapSession, payment: Transaction, settings: Settings) {
  const answer = chargeAnswer(payment, settings, undefined)
  return {
    ...Object.fromEntries(resultKeys.map((key) => [key, answer[key]])),
    finish_redirect_url: finishAddress(session, payment, settings),
  }
}
