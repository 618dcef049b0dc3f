import { uuidOf } from '../../engine/ids.ts'
import type { Payer, PaymentOption } from '../payers/payer.ts'
import type { Account } from './account.ts'

/**
 * The token of one option of one account, a UUID in looks (recordings.md, GET /v2/pay/account). It is derived from all
 * that it stands for, so it changes by itself with each change of the payer's options, and nobody else's can be it.
 */
export const paymentOptionToken = (account: Account, payer: Payer, option: PaymentOption): string =>
  uuidOf(account.id, account.referenceId, payer.optionChanges, option.name)

/** The tokens of an account are made once, and again when account or payer have changed: both are readonly data. */
const tokensOf = new WeakMap<Account, { readonly payer: Payer; readonly options: ReadonlyMap<string, PaymentOption> }>()

/** The option that a token stands for; undefined: it is somebody else's, or outdated. */
export function optionOfToken(account: Account, payer: Payer, token: string): PaymentOption | undefined {
  let known = tokensOf.get(account)
  if (known?.payer !== payer) {
    const options = payer.options.map((option) => [paymentOptionToken(account, payer, option), option] as const)
    known = { payer, options: new Map(options) }
    tokensOf.set(account, known)
  }
  return known.options.get(token) ?? known.options.get(tokenInside(token))
}

/** The token in the documented form, base64 of {"type": ..., "id": ...}; empty where it has another form. */
function tokenInside(token: string): string {
  if (token.includes('-')) return ''
  try {
    const { id }: { id?: unknown } = JSON.parse(Buffer.from(token, 'base64').toString('utf8'))
    return typeof id === 'string' ? id : ''
  } catch {
    return ''
  }
}
