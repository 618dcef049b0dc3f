import { channelFields } from '../channel-fields.ts'
import type { ChannelResponse } from '../errors.ts'
import { wireAmount } from '../money.ts'
import { places } from '../payers/ledger.ts'
import type { PaymentOption } from '../payers/payer.ts'
import type { Quirks } from '../quirks.ts'
import { linkPath, type Verification } from '../verifications/verification.ts'
import type { World } from '../world.ts'
import type { Account } from './account.ts'
import { paymentOptionToken } from './payment-option-token.ts'

/** The links that the payer opens. `origin` is that of the request, so they work from wherever the merchant is. */
export function linkActions(verification: Verification, origin: string, { link_answer, link_path }: Quirks) {
  const web = origin + linkPath(verification, link_path === 'account' ? 'recorded-web' : 'web')
  // The recordings have all three; the documentation calls the first deprecated.
  const deeplink = { name: 'activation-deeplink', method: 'GET', url: web }
  return [
    ...(link_answer === 'recorded' ? [deeplink] : []),
    { name: 'activation-link-url', method: 'GET', url: web },
    { name: 'activation-link-app', method: 'GET', url: origin + linkPath(verification, 'app') },
  ]
}

/** Answer to a link that has begun (recordings.md, POST /v2/pay/account). */
export const pendingLinkAnswer = (account: Account, verification: Verification, origin: string, quirks: Quirks) => ({
  ...accountAnswer(account),
  actions: linkActions(verification, origin, quirks),
  ...(quirks.link_answer === 'recorded' && { metadata: { reference_id: account.referenceId } }),
})

/** Answer to a link that GoPay refused: no account, no message, no id. */
export const refusedLinkAnswer = (response: ChannelResponse) => ({
  status_code: '202',
  payment_type: 'gopay',
  ...channelFields(response),
})

/** Answer to an unbind that GoPay refused: the account's status is not told. */
export const refusedUnbindAnswer = ({ id }: Account, response: ChannelResponse) => ({
  status_code: '202',
  payment_type: 'gopay',
  account_id: id,
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
export function paymentOptions(account: Account, { state: { payers, ledger }, settings: { quirks } }: World) {
  const payer = payers.get(account.phone)
  return (payer?.options ?? []).map((option) => ({
    name: option.name,
    active: option.active,
    balance: { value: wireAmount(ledger.balance(places.wallet(account.phone, option.name))), currency: 'IDR' },
    metadata: {},
    token: payer && wireToken(paymentOptionToken(account, payer, option), option, quirks),
  }))
}

/** The documented form holds the token that is recorded, so that both stand for the same. */
const wireToken = (token: string, { name }: PaymentOption, { payment_option_token: form }: Quirks): string =>
  form === 'uuid' ? token : Buffer.from(JSON.stringify({ type: name, id: token })).toString('base64')
