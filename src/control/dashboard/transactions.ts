import type { Transaction, TransactionStatus } from '../../midtrans/payments/transaction.ts'
import type { Sandbox } from '../../sandbox.ts'
import { listed } from './list.ts'
import type { View, Visit } from './visit.ts'

const statuses: readonly TransactionStatus[] = [
  'pending',
  'authorize',
  'settlement',
  'partial_refund',
  'refund',
  'deny',
  'cancel',
  'expire',
]

/** All payments, the latest first. */
export function transactions(visit: Visit): View {
  const { sandbox, base, query } = visit
  const { rows, list } = listed(visit, {
    all: [...sandbox.state.transactions.values()].reverse(),
    textOf: ({ orderId, id, phone = '', accountId = '', amount }) => [orderId, id, phone, accountId, amount].join(' '),
    filters: { status: ({ status }) => status },
  })
  return {
    title: 'Transactions',
    list,
    filters: [{ name: 'status', label: 'Status', options: statuses, value: query.status ?? '' }],
    rows: rows.map((row) => transactionRow(sandbox, base, row)),
  }
}

/** A payment as a row of a table. */
export function transactionRow({ state }: Sandbox, base: string, transaction: Transaction) {
  const { id, orderId, status, amount, createdAt, phone, option, preAuth, subscriptionId, snapToken } = transaction
  return {
    href: `${base}/transactions/${id}`,
    id,
    orderId,
    status,
    amount,
    createdAt,
    phone,
    option,
    preAuth,
    cameFrom: subscriptionId ? 'subscription' : snapToken ? 'Snap' : undefined,
    told: state.notificationOf.all(id).length,
  }
}
