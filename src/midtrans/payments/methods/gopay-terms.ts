import type { Rupiah } from '../../money.ts'
import { isAllowedHost, isReturnUrl } from '../../return-url.ts'
import type { World } from '../../world.ts'
import { type CustomExpiry, expiryTime } from '../expiry.ts'

/** The most that the sandbox pre-authorizes (facts.md, A.4). */
const preAuthUpTo: Rupiah = 100_000

/** What a charge asks for, as far as no account is needed to judge it. What could not be read is missing. */
export interface Terms {
  readonly orderId?: string | undefined
  readonly amount?: Rupiah | undefined
  /** Sum of price times quantity. */
  readonly itemsAmount?: Rupiah | undefined
  readonly accountId?: string | undefined
  readonly paymentOptionToken?: string | undefined
  readonly promotionId?: string | undefined
  readonly preAuth?: boolean | undefined
  readonly recurring?: boolean | undefined
  /** Whether the payer goes back to the merchant at all. */
  readonly sendsBack?: boolean | undefined
  /** Absent or empty: the finish redirect URL is the way back. */
  readonly callbackUrl?: string | undefined
  readonly customExpiry?: CustomExpiry | undefined
  /** Present where it is made on the Snap page, to which the payer goes back. */
  readonly snapToken?: string | undefined
}

/** All that is wrong with the terms of a charge, one message a fault. */
export function termFaults(world: World, terms: Terms): string[] {
  const { quirks } = world.settings
  return [
    ...orderIdFaults(terms, quirks.order_id_symbols),
    ...amountFaults(terms),
    ...accountFaults(terms),
    ...callbackFaults(world, terms),
    expiryTime(world.now, terms.customExpiry, quirks.custom_expiry_above_maximum).fault ?? [],
  ].flat()
}

function* orderIdFaults({ orderId = '' }: Terms, symbols: 'accept' | 'reject') {
  // UNCERTAIN: the text of this refusal was not seen.
  if (symbols === 'reject' && /[^\w~.-]/.test(orderId)) yield 'transaction_details.order_id contains invalid characters'
}

function* amountFaults({ amount, itemsAmount, preAuth }: Terms) {
  if (amount === undefined) return
  if (itemsAmount !== undefined && itemsAmount !== amount) {
    yield 'transaction_details.gross_amount is not equal to the sum of item_details'
  }
  if (preAuth && amount > preAuthUpTo) {
    // UNCERTAIN: the limit is documented, the text of the refusal is not.
    yield `transaction_details.gross_amount must be less than or equal to ${preAuthUpTo} for pre_auth in the sandbox`
  }
}

/** Without an account it is plain GoPay, which has neither token nor promotion, and does not go without its payer. */
function* accountFaults({ accountId, paymentOptionToken, promotionId, preAuth, recurring }: Terms) {
  const needsAccount = paymentOptionToken || promotionId || preAuth || recurring
  // The capital G stands in Midtrans's own sample (facts.md, section 3).
  if (!accountId && needsAccount) yield 'Gopay.account_id is required'
  // UNCERTAIN: documented as required for tokenization; the text follows that of account_id.
  if (accountId && !paymentOptionToken) yield 'Gopay.payment_option_token is required'
}

function* callbackFaults({ settings }: World, { accountId, sendsBack, callbackUrl, snapToken }: Terms) {
  if (snapToken !== undefined) return
  const url = callbackUrl || (sendsBack ? settings.finishRedirectUrl : '')
  // UNCERTAIN: the texts of these refusals were not seen, nor what a host that is not whitelisted gets.
  if (url && !isReturnUrl(url)) yield 'gopay.callback_url is invalid'
  if (!isAllowedHost(callbackUrl, settings.callbackHosts)) yield 'gopay.callback_url is not whitelisted'
  // facts.md, section 11: plain GoPay adds a parameter of that name itself.
  if (!accountId && URL.parse(callbackUrl ?? '')?.searchParams.has('result'))
    yield 'gopay.callback_url has a parameter "result"'
}
