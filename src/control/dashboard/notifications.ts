import type { Notification } from '../../engine/outbox/notification.ts'
import { notificationStates, stateOf } from '../admin/notifications.ts'
import { gateOf, subjectOf } from './gate.ts'
import { listed } from './list.ts'
import type { View, Visit } from './visit.ts'

/** All that was told to the merchant, the latest first, and the gate before it. */
export function notifications(visit: Visit): View {
  const { sandbox, query } = visit
  const { accounts, subscriptions } = sandbox.state
  const all = [...sandbox.state.notifications.values()].reverse()
  const { rows, list } = listed(visit, {
    all,
    textOf: ({ id, event, reference, subject, accountId = '' }) =>
      [reference, event, id, subject, accountId, accounts.get(subject)?.phone, subscriptions.get(subject)?.name].join(
        ' ',
      ),
    filters: { event: ({ event }) => event, state: (each) => stateOf(sandbox, each) },
  })
  const events = [...new Set(all.map(({ event }) => event))].sort()
  return {
    title: 'Notifications',
    gate: gateOf(visit),
    list,
    filters: [
      { name: 'event', label: 'Event', options: events, value: query.event ?? '' },
      { name: 'state', label: 'State', options: notificationStates, value: query.state ?? '' },
    ],
    rows: rows.map((row) => notificationRow(visit, row)),
  }
}

/** A notification as a row of a table. */
function notificationRow({ sandbox, base }: Visit, notification: Notification) {
  const { id, event, createdAt } = notification
  const ways = sandbox.outbox.deliveriesOf(id)
  const tries = ways.flatMap(({ attempts }) => attempts).sort((one, other) => one.realAt - other.realAt)
  const last = tries.at(-1)
  return {
    href: `${base}/notifications/${id}`,
    event,
    about: subjectOf(sandbox, base, notification),
    status: stateOf(sandbox, notification),
    tries: tries.length,
    last: last && (last.answer === undefined ? last.error : `HTTP ${last.answer}`),
    createdAt,
  }
}
