import type { Notification } from '../../engine/outbox/notification.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { AdminApi } from './admin-api.ts'
import { wireRecord } from './wire.ts'

/** More than this in one answer helps nobody. */
const mostListed = 1_000

/**
 * GET /__admin/notifications?reference=: what was told to the merchant, the latest first; of one order_id or
 * account_id, if named. A notification without deliveries has nowhere to go: no URL was set when it was made.
 */
export function notifications(api: AdminApi): void {
  api.get('/__admin/notifications', (sandbox, query) => {
    const { reference } = query
    return [...sandbox.state.notifications.values()]
      .filter((notification) => reference === undefined || notification.reference === reference)
      .slice(-mostListed)
      .reverse()
      .map((notification) => wireNotification(sandbox, notification))
  })
}

function wireNotification({ outbox }: Sandbox, { body, ...notification }: Notification) {
  const deliveries = outbox.deliveriesOf(notification.id)
  return {
    ...wireRecord(notification),
    body: JSON.parse(body),
    state: stateOf(deliveries.map(({ status }) => status)),
    deliveries: deliveries.map(({ id: _id, notificationId: _of, attempts, ...delivery }) => ({
      ...wireRecord(delivery),
      attempts: attempts.map((attempt) => wireRecord({ ...attempt })),
    })),
  }
}

function stateOf(statuses: readonly string[]): string {
  if (statuses.length === 0) return 'nowhere to go'
  return ['planned', 'failed'].find((status) => statuses.includes(status)) ?? 'delivered'
}
