import { type Static, Type } from 'typebox'
import { factsOf } from '../../engine/outbox/facts.ts'
import type { Attempt, Delivery, Notification } from '../../engine/outbox/notification.ts'
import { isMeant, type Match } from '../../engine/scenarios/rule.ts'
import { notificationHeaders } from '../../midtrans/retry.ts'
import { withoutPassword } from '../../midtrans/secrets.ts'
import { isNotificationUrl } from '../../midtrans/settings.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { AdminApi } from './admin-api.ts'
import { listing, pageParameters } from './listing.ts'
import { filterOf, NotificationFilter } from './notification-filter.ts'
import { Problem } from './problem.ts'
import { signedAs } from './signature.ts'
import { parseTime } from './time.ts'
import { wireRecord } from './wire.ts'

const Resend = Type.Object(
  {
    filter: NotificationFilter,
    since: Type.Optional(Type.String({ description: 'Only what was told at or after this time of the sandbox.' })),
    url: Type.Optional(Type.String({ maxLength: 2_000, description: 'Instead of where it went before.' })),
    sign: Type.Optional(Type.Boolean({ description: "Signs anew, with the sandbox's own key." })),
  },
  { additionalProperties: false },
)

/**
 * GET /__admin/notifications: what was told to the merchant, the latest first, with every try. Each parameter is a
 * filter (order_id=, account_id=, event=, url=, state=, or any field of the body; `*` stands for any characters), but
 * for page and per_page; the header x-total-count says how many there are. One without deliveries has nowhere to go: no
 * URL was set when it was made.
 * GET /__admin/notifications/{id}: one of them.
 * POST /__admin/notifications/resend: sends those that a filter means once more.
 */
export function notifications(api: AdminApi): void {
  const list = {
    summary: 'What was told to the merchant, the latest first, with every try',
    query: {
      ...pageParameters,
      'any other':
        'A filter: order_id, account_id, event, url, state, or any field of the body; `*` for any characters.',
    },
  }
  api.get('/__admin/notifications', list, (sandbox, { query, reply }) => {
    const { filter, pageOf } = listing(query)
    const meant = [...sandbox.state.notifications.values()].filter((each) => isMeantAnyway(sandbox, filter, each))
    reply.header('x-total-count', meant.length)
    return pageOf(meant.reverse()).map((notification) => wireNotification(sandbox, notification))
  })

  const one = {
    summary: 'One notification, with every try and its answer',
    params: { id: ['As GET /__admin/notifications tells it.', 'NOTIFICATION_ID'] },
  } as const
  api.get('/__admin/notifications/:id', one, (sandbox, { params: { id = '' } }) => {
    const found = sandbox.state.notifications.get(id)
    if (found) return wireNotification(sandbox, found)
    const hint = 'GET /__admin/notifications lists them; ?order_id= finds those of an order.'
    throw new Problem(404, 'No such notification', `Found the id ${id}, which no notification has`, hint)
  })

  api.post(
    '/__admin/notifications/resend',
    { summary: 'Sends notifications once more', body: Resend, example: { filter: { order_id: 'order-1' } } },
    (sandbox, { body }) => {
      const resent = resend(sandbox, body)
      return { resent: resent.length, notifications: resent.map((each) => wireNotification(sandbox, each)) }
    },
  )
}

/** One of its ways is meant or, where it has none, the notification itself. */
export function isMeantAnyway({ outbox }: Sandbox, filter: Match, notification: Notification): boolean {
  const ways = outbox.deliveriesOf(notification.id)
  if (ways.length === 0) return isMeant(filter, factsOf(notification))
  return ways.some((delivery) => isMeant(filter, factsOf(notification, delivery)))
}

function resend(sandbox: Sandbox, { filter, since, url, sign }: Static<typeof Resend>): readonly Notification[] {
  if (url !== undefined && (url === '' || !isNotificationUrl(url))) {
    throw new Problem(400, 'Bad URL', `url: found "${url}", expected an http or https address`)
  }
  const sinceAt = since === undefined ? 0 : parseTime(since)
  if (sinceAt === undefined) {
    throw new Problem(400, 'Bad time', `since: found "${since}", expected e.g. "2026-12-01T09:00:00+07:00"`)
  }
  const { state, outbox, serverKey } = sandbox
  return sandbox.perform(({ now }) => {
    const meant = [...state.notifications.values()].filter((each) => each.createdAt >= sinceAt)
    return meant.flatMap((notification) => {
      const ways = outbox.deliveriesOf(notification.id)
      const wanted = ways.filter((delivery) => isMeant(filterOf(filter), factsOf(notification, delivery)))
      const isMeantBare = ways.length === 0 && isMeant(filterOf(filter), factsOf(notification))
      if (wanted.length === 0 && !(isMeantBare && url)) return []
      const body = sign ? JSON.stringify(signedAs(JSON.parse(notification.body), serverKey)) : undefined
      const urls = url === undefined ? new Set(wanted.map((delivery) => delivery.url)) : [url]
      for (const each of urls) outbox.resend(notification, each, body === undefined ? {} : { body }, now)
      return state.notifications.get(notification.id) ?? []
    })
  }, undefined)
}

export function wireNotification(sandbox: Sandbox, { body, ...notification }: Notification) {
  const deliveries = sandbox.outbox.deliveriesOf(notification.id)
  return {
    ...wireRecord(notification),
    body: JSON.parse(body),
    state: stateOf(sandbox, notification),
    deliveries: deliveries.map((delivery) => wireDelivery(delivery, body)),
  }
}

/** `body` is that of the notification, which is sent unless the delivery has one of its own. */
export function wireDelivery({ notificationId: _of, attempts, body: own, ...delivery }: Delivery, body: string) {
  return {
    ...wireRecord(delivery),
    url: withoutPassword(delivery.url),
    request: requestOf(delivery.url, own ?? body),
    attempts: attempts.map(({ body: sent = own ?? body, ...attempt }: Attempt) => ({
      ...wireRecord({ ...attempt }),
      request: requestOf(delivery.url, sent),
    })),
  }
}

const requestOf = (url: string, body: string) => ({
  method: 'POST',
  url: withoutPassword(url),
  headers: notificationHeaders,
  body,
})

/** The first of them that one of its ways is in is that of a notification. */
export const notificationStates = ['held', 'planned', 'failed', 'dropped', 'delivered', 'nowhere to go'] as const

export type NotificationState = (typeof notificationStates)[number]

/** How far it has come on the least finished of its ways. */
export function stateOf({ outbox }: Sandbox, { id }: Pick<Notification, 'id'>): NotificationState {
  const statuses = outbox.deliveriesOf(id).map(({ status }) => status)
  if (statuses.length === 0) return 'nowhere to go'
  return notificationStates.find((status) => statuses.some((each) => each === status)) ?? 'delivered'
}
