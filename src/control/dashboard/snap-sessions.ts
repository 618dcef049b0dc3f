import { paymentOf } from '../../midtrans/snap/operations.ts'
import type { SessionStatus, SnapSession } from '../../midtrans/snap/session.ts'
import type { State } from '../../midtrans/state.ts'
import { listed } from './list.ts'
import type { View, Visit } from './visit.ts'

const statuses: readonly SessionStatus[] = ['open', 'canceled', 'expired']

/** All sessions of the Snap page, the latest first. */
export function snapSessions(visit: Visit): View {
  const { sandbox, base, query } = visit
  const { rows, list } = listed(visit, {
    all: [...sandbox.state.snapSessions.values()].reverse(),
    textOf: ({ id, orderId, userId = '', amount }) => [orderId, id, userId, amount].join(' '),
    filters: { status: ({ status }) => status },
  })
  return {
    title: 'Snap',
    list,
    filters: [{ name: 'status', label: 'Page', options: statuses, value: query.status ?? '' }],
    rows: rows.map((row) => snapRow(sandbox.state, base, row)),
  }
}

/** A session as a row of a table. */
function snapRow(state: State, base: string, session: SnapSession) {
  const { id, orderId, status, amount, userId, createdAt } = session
  return {
    href: `${base}/snap/${id}`,
    orderId,
    status,
    amount,
    userId,
    createdAt,
    payment: paymentOf(state, session)?.status,
  }
}
