import type { Account } from '../../midtrans/accounts/account.ts'
import { places } from '../../midtrans/payers/ledger.ts'
import type { Transaction } from '../../midtrans/payments/transaction.ts'
import type { World } from '../../midtrans/world.ts'
import type { Target } from '../target.ts'
import { wireRecord } from './wire.ts'

/** What a target names, as the admin API shows it. */
export function shownTarget(world: World, { transaction, account, phone }: Target) {
  if (transaction) return { transaction: shownTransaction(transaction) }
  if (account) return { account: shownAccount(account) }
  return { payer: shownPayer(world, phone ?? '') }
}

export const shownAccount = ({ id, ...account }: Account) => ({
  account_id: id,
  ...wireRecord({ ...account }),
  app_page: `/gopay/accounts/${id}`,
})

export const shownTransaction = ({ id, refunds, ...transaction }: Transaction) => ({
  transaction_id: id,
  ...wireRecord({ ...transaction }),
  ...(refunds && { refunds: refunds.map((refund) => wireRecord({ ...refund })) }),
})

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
