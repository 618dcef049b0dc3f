import type { Account, AccountStatus } from '../../midtrans/accounts/account.ts'
import { listed } from './list.ts'
import type { View, Visit } from './visit.ts'

const statuses: readonly AccountStatus[] = ['PENDING', 'ENABLED', 'DISABLED', 'EXPIRED']

/** All linked accounts, the latest first. */
export function accounts(visit: Visit): View {
  const { sandbox, base, query } = visit
  const { rows, list } = listed(visit, {
    all: [...sandbox.state.accounts.values()].reverse(),
    textOf: ({ id, phone, referenceId }) => [id, phone, referenceId].join(' '),
    filters: { status: ({ status }) => status },
  })
  return {
    title: 'Accounts',
    list,
    filters: [{ name: 'status', label: 'Status', options: statuses, value: query.status ?? '' }],
    rows: rows.map((row) => accountRow(base, row)),
  }
}

/** An account as a row of a table. */
export const accountRow = (base: string, { id, phone, status, createdAt }: Account) => ({
  href: `${base}/accounts/${id}`,
  id,
  phone,
  status,
  createdAt,
})
