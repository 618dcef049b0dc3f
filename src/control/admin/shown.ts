import type { Account } from '../../midtrans/accounts/account.ts'
import { linkActions } from '../../midtrans/accounts/wire.ts'
import { places } from '../../midtrans/payers/ledger.ts'
import type { Transaction } from '../../midtrans/payments/transaction.ts'
import { chargeActions } from '../../midtrans/payments/wire.ts'
import type { State } from '../../midtrans/state.ts'
import { verificationMachine } from '../../midtrans/verifications/verification.ts'
import type { World } from '../../midtrans/world.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { Target } from '../target.ts'
import { shownSession, shownSubscription } from './shown-sales.ts'
import { wireRecord, withSandbox } from './wire.ts'

/** What a target names, as the admin API shows it. */
export function shownTarget(world: World, { transaction, account, subscription, session, phone }: Target) {
  if (transaction) return { transaction: shownTransaction(transaction) }
  if (account) return { account: shownAccount(world.state, account) }
  if (subscription) return { subscription: shownSubscription(world.state, subscription) }
  if (session) return { snap: shownSession(world.state, session) }
  return { payer: shownPayer(world, phone ?? '') }
}

export const shownAccount = (state: State, { id, ...account }: Account) => ({
  account_id: id,
  ...wireRecord({ ...account }),
  app_page: withSandbox(`/gopay/accounts/${id}`, state),
})

export const shownTransaction = ({
  id,
  refunds,
  notificationUrls: _urls,
  customFields: _fields,
  metadata: _metadata,
  ...transaction
}: Transaction) => ({
  transaction_id: id,
  ...wireRecord(transaction),
  ...(refunds && { refunds: refunds.map((refund) => wireRecord({ ...refund })) }),
})

/** The links of a payer's page that waits. */
export function linksOf({ state, settings }: Sandbox, subject: Account | Transaction, origin: string) {
  const verification = state.verificationOf.latest(subject.id)
  const waits = subject.status === 'PENDING' || subject.status === 'pending'
  if (!waits || !verification || verificationMachine.isFinal(verification.status)) return undefined
  if (!('orderId' in subject)) return linkActions(verification, origin, settings.quirks)
  return chargeActions(subject, verification, origin).map((action) =>
    // Found by the payment's id, which a fork has as well.
    action.name === 'generate-qr-code' ? { ...action, url: withSandbox(action.url, state) } : action,
  )
}

/** Somebody with a phone, whether the sandbox has met them or not. */
export function shownPayer({ state, payerBook }: World, phone: string) {
  const met = state.payers.get(phone)
  const known = payerBook.find(phone) ?? payerBook.newPayer
  const name = met?.name ?? known.name
  return {
    phone,
    persona: known.persona,
    ...(name !== undefined && { name }),
    met: met !== undefined,
    options: met
      ? met.options.map((option) => ({ ...option, balance: state.ledger.balance(places.wallet(phone, option.name)) }))
      : known.options.map(({ name, balance, active = true }) => ({ name, active, balance })),
    accounts: state.enabledAccountOf.all(phone).map(({ id }) => id),
  }
}
