import type { Delivery, Notification } from '../../engine/outbox/notification.ts'
import { withoutPassword } from '../../midtrans/secrets.ts'
import type { Sandbox } from '../../sandbox.ts'
import { aboutOf } from './about.ts'
import { adminButton, type Button } from './button.ts'
import type { Visit } from './visit.ts'

const mostShown = 50

/** The gate: what it holds back, in order, and the buttons for all of it. */
export function gateOf({ sandbox, base }: Visit) {
  const { holds, held } = sandbox.gate
  const holdsAll = holds.some(({ filter }) => Object.keys(filter).length === 0)
  const whyNone = held.length === 0 ? 'nothing is held' : undefined
  return {
    holds: holds.map(({ filter }) =>
      Object.entries(filter)
        .map(([name, value]) => `${name} ${value}`)
        .join(' and '),
    ),
    hold: adminButton('Hold all from now on', 'hold-all', 'gate/hold', {
      body: { filter: {} },
      why: holdsAll ? 'all are held already' : undefined,
    }),
    holdSome: adminButton('Hold these', 'hold-some', 'gate/hold', { body: { filter: {} } }),
    resume: adminButton('Hold nothing any more', 'resume', 'gate/resume', {
      why: holds.length + held.length === 0 ? 'nothing is held' : undefined,
    }),
    releaseAll: adminButton('Release all', 'release-all', 'gate/release', { body: { filter: {} }, why: whyNone }),
    dropAll: adminButton('Drop all', 'drop-all', 'gate/drop', { body: { filter: {} }, why: whyNone, tone: 'danger' }),
    held: held.slice(0, mostShown).map(({ notification, delivery }) => ({
      href: `${base}/notifications/${notification.id}`,
      editHref: `${base}/notifications/${notification.id}#edit-${delivery.id}`,
      event: notification.event,
      about: subjectOf(sandbox, base, notification),
      url: withoutPassword(delivery.url),
      because: delivery.because,
      buttons: heldButtons(delivery),
    })),
    more: Math.max(0, held.length - mostShown),
  }
}

/** What can be done with one that is held. */
export const heldButtons = ({ id }: Delivery): readonly Button[] => [
  adminButton('Release', 'release', 'gate/release', { body: { ids: [id] }, tone: 'primary' }),
  adminButton('Release twice', 'release-twice', 'gate/release', { body: { ids: [id], twice: true } }),
  adminButton('Drop', 'drop', 'gate/drop', { body: { ids: [id] }, tone: 'danger' }),
]

/** What a notification tells of. */
export function subjectOf(sandbox: Sandbox, base: string, { subject, reference }: Notification) {
  const { state } = sandbox
  const isSubscription = state.subscriptions.get(subject) !== undefined
  const name = isSubscription ? 'subscription_id' : state.transactions.get(subject) ? 'transaction_id' : 'account_id'
  return aboutOf(sandbox, base, { [name]: subject }) ?? { label: reference }
}
