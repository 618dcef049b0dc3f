import { accountMachine } from '../../midtrans/accounts/account.ts'
import { paymentOptions } from '../../midtrans/accounts/wire.ts'
import { Problem } from '../admin/problem.ts'
import { linksOf, shownAccount } from '../admin/shown.ts'
import { merchantButton } from './button.ts'
import { copiesOf } from './copies/index.ts'
import { possibleFor } from './happen.ts'
import { pictureOf } from './picture.ts'
import { subscriptionRow } from './subscriptions.ts'
import { transactionRow } from './transactions.ts'
import type { View, Visit } from './visit.ts'

const happenings = [
  'confirm',
  'wrong-otp',
  'wrong-pin',
  'decline',
  'leave',
  'expire-link',
  'expire-account',
  'unlink',
  'change-number',
] as const

const mostPayments = 20

/** One linked account: what it can pay with, what can be done with it, and all that happened to it. */
export async function account(visit: Visit): Promise<View> {
  const { sandbox, base, origin, params } = visit
  const { state } = sandbox
  const found = state.accounts.get(params.id ?? '')
  if (!found) throw new Problem(404, 'No such account', `No account of this sandbox is called ${params.id}.`)
  const isLinked = accountMachine.next(found.status, 'disable') !== undefined
  const payments = [...state.transactions.values()].filter(({ accountId }) => accountId === found.id)
  return {
    title: `Account of +${found.phone}`,
    account: found,
    options: isLinked ? sandbox.perform((world) => paymentOptions(found, world), undefined) : [],
    appPage: origin + shownAccount(state, found).app_page,
    payerPages: linksOf(sandbox, found, origin) ?? [],
    merchant: [
      merchantButton('Unbind', 'unbind', `pay/account/${found.id}/unbind`, {
        why: isLinked ? undefined : `needs a linked account (ENABLED), and it is ${found.status}`,
        tone: 'danger',
      }),
      merchantButton('Ask for account', 'get-account', `pay/account/${found.id}`, { method: 'GET' }),
    ],
    possible: possibleFor(sandbox, found.id, happenings),
    subscriptions: [...state.subscriptions.values()]
      .filter(({ accountId }) => accountId === found.id)
      .slice(-mostPayments)
      .reverse()
      .map((each) => subscriptionRow(state, base, each)),
    payments: payments
      .slice(-mostPayments)
      .reverse()
      .map((each) => transactionRow(sandbox, base, each)),
    morePayments: Math.max(0, payments.length - mostPayments),
    picture: pictureOf(sandbox, base, found.id),
    copies: await copiesOf(visit, found.id, `An account that ends as ${found.status}`),
  }
}
