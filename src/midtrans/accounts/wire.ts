import { channelFields } from '../channel-fields.ts'
import type { ChannelResponse } from '../errors.ts'
import { wireAmount } from '../money.ts'
import { places } from '../payers/ledger.ts'
import type { State } from '../state.ts'
import { linkPath, type Verification } from '../verifications/verification.ts'
import type { Account } from './account.ts'
import { paymentOptionToken } from './payment-option-token.ts'

/** The links that the payer opens. `origin` is that of the request, so they work from wherever the merchant is. */
function linkActions(verification: Verification, origin: string) {
  const web = origin + linkPath(verification, 'web')
  // The recordings have all three; the documentation calls the first deprecated, and has the paths.
  return [
    { name: 'activation-deeplink', method: 'GET', url: web },
    { name: 'activation-link-url', method: 'GET', url: web },
    { name: 'activation-link-app', method: 'GET', url: origin + linkPath(verification, 'app') },
  ]
}

/** Answer to a link that has begun (recordings.md, POST /v2/pay/account). */
export const pendingLinkAnswer = (account: Account, verification: Verification, origin: string) => ({
  ...accountAnswer(account),
  actions: linkActions(verification, origin),
  metadata: { reference_id: account.referenceId },
})

/** Answer to a link that GoPay refused: no account, no message, no id. */
export const refusedLinkAnswer = (response: ChannelResponse) => ({
  status_code: '202',
  payment_type: 'gopay',
  ...channelFields(response),
})

const statusCodes = { PENDING: '201', ENABLED: '200', EXPIRED: '204', DISABLED: '204' } as const

/** The account as it stands, without payment options. */
export const accountAnswer = (account: Account) => ({
  status_code: statusCodes[account.status],
  payment_type: 'gopay',
  account_id: account.id,
  account_status: account.status,
})

/** The options of an enabled account with balance and token (facts.md, section 1). */
export function paymentOptions(account: Account, { payers, ledger }: State) {
  const payer = payers.get(account.phone)
  return (payer?.options ?? []).map((option) => ({
    name: option.name,
    active: option.active,
    balance: { value: wireAmount(ledger.balance(places.wallet(account.phone, option.name))), currency: 'IDR' },
    metadata: {},
    token: payer && paymentOptionToken(account, payer, option),
  }))
}
