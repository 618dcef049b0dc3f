import { type Static, Type } from 'typebox'
import { factsOf } from '../../engine/outbox/facts.ts'
import type { Delivery, Notification } from '../../engine/outbox/notification.ts'
import { isMeant } from '../../engine/scenarios/rule.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { AdminApi } from './admin-api.ts'
import { filterOf, NotificationFilter } from './notification-filter.ts'
import { wireDelivery } from './notifications.ts'
import { Problem } from './problem.ts'
import { signedAs } from './signature.ts'

const Hold = Type.Object({ filter: Type.Optional(NotificationFilter) }, { additionalProperties: false })
/** One of the three. */
const Chosen = {
  ids: Type.Optional(
    Type.Array(Type.String({ maxLength: 100 }), {
      minItems: 1,
      maxItems: 1_000,
      description: 'Ids of deliveries, in the order in which they shall leave.',
    }),
  ),
  filter: Type.Optional(NotificationFilter),
  first: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, description: 'So many of the oldest.' })),
}
const Release = Type.Object(
  { ...Chosen, twice: Type.Optional(Type.Boolean({ description: 'Each arrives twice.' })) },
  { additionalProperties: false },
)
const Drop = Type.Object(Chosen, { additionalProperties: false })
const Edit = Type.Object(
  {
    id: Type.String({ description: 'Of the delivery.' }),
    fields: Type.Record(Type.String(), Type.Unknown(), { description: 'Fields to set; null takes one away.' }),
    sign: Type.Optional(Type.Boolean({ description: 'Signs the changed fields anew.' })),
  },
  { additionalProperties: false },
)

/**
 * A step debugger for notifications.
 * GET /__admin/gate: what is to be held, and the first 100 of what is held, with what would be sent.
 * POST /__admin/gate/hold {"filter"}: holds all, or what the filter means, from now on.
 * POST /__admin/gate/release {"ids" | "filter" | "first", "twice"}: lets go, in the order of the ids.
 * POST /__admin/gate/drop {"ids" | "filter" | "first"}: they shall never arrive.
 * POST /__admin/gate/edit {"id", "fields", "sign"}: changes what would be sent.
 * POST /__admin/gate/resume: holds nothing any more, and lets all go.
 */
export function gate(api: AdminApi): void {
  api.get('/__admin/gate', { summary: 'Which notifications are held, and which are to be' }, wireGate)

  const holding = {
    summary: 'Holds notifications from now on: all, or those that the filter means',
    body: Hold,
    example: { filter: { transaction_status: 'settlement' } },
  }
  api.post('/__admin/gate/hold', holding, (sandbox, { body }) => {
    const { filter = {} } = body
    sandbox.perform(() => sandbox.gate.hold(sandbox.outbox, filterOf(filter)), undefined)
    return wireGate(sandbox)
  })

  const release = {
    summary: 'Lets held notifications go, in this order',
    body: Release,
    example: { first: 1, twice: true },
  }
  api.post('/__admin/gate/release', release, (sandbox, { body: wish }) => {
    const released = sandbox.perform(({ now }) => {
      const chosen = choose(sandbox, wish)
      for (const { notification, delivery } of chosen) {
        const { url, body } = sandbox.outbox.release(delivery, now)
        if (!wish.twice) continue
        const again = sandbox.outbox.resend(
          notification,
          url,
          { because: 'twice', ...(body !== undefined && { body }) },
          now,
        )
        // The gate would hold the second one as well.
        if (again.status === 'held') sandbox.outbox.release(again, now)
      }
      return chosen.length
    }, undefined)
    return { released, ...wireGate(sandbox) }
  })

  api.post(
    '/__admin/gate/drop',
    { summary: 'Held notifications shall never arrive', body: Drop, example: { filter: { order_id: 'held-*' } } },
    (sandbox, { body }) => {
      const dropped = sandbox.perform(
        () => choose(sandbox, body).map(({ delivery }) => sandbox.outbox.drop(delivery)),
        undefined,
      )
      return { dropped: dropped.length, ...wireGate(sandbox) }
    },
  )

  const editing = {
    summary: 'Changes what would be sent',
    body: Edit,
    example: { id: 'DELIVERY_ID', fields: { gross_amount: '1.00' }, sign: true },
  }
  api.post('/__admin/gate/edit', editing, (sandbox, { body }) => {
    sandbox.perform(() => edit(sandbox, byId(sandbox.gate.held, body.id), body), undefined)
    return wireGate(sandbox)
  })

  api.post('/__admin/gate/resume', { summary: 'Holds nothing any more, and lets all go' }, (sandbox) => {
    const released = sandbox.perform(({ now }) => sandbox.gate.resume(sandbox.outbox, now), undefined)
    return { released: released.length, ...wireGate(sandbox) }
  })
}

type Held = { readonly notification: Notification; readonly delivery: Delivery }

function choose({ gate: { held } }: Sandbox, { ids, filter, first }: Static<typeof Drop>): readonly Held[] {
  if ([ids, filter, first].filter((choice) => choice !== undefined).length !== 1) {
    throw new Problem(
      400,
      'Which ones?',
      'Expected one of ids, filter and first',
      'All: {"filter": {}}. One: {"first": 1}.',
    )
  }
  if (ids) return [...new Set(ids)].map((id) => byId(held, id))
  if (first !== undefined) return held.slice(0, first)
  return held.filter(({ notification, delivery }) => isMeant(filterOf(filter ?? {}), factsOf(notification, delivery)))
}

function byId(held: readonly Held[], id: string): Held {
  const found = held.find(({ delivery }) => delivery.id === id)
  if (found) return found
  throw new Problem(
    404,
    'Not held',
    `Found the id ${id}, which is that of no held delivery`,
    'GET /__admin/gate lists them.',
  )
}

/** Inside a step: sets fields of what would be sent, and takes away those that are null. */
export function edit(
  { outbox, serverKey }: Sandbox,
  { notification, delivery }: Held,
  { fields, sign }: Pick<Static<typeof Edit>, 'fields' | 'sign'>,
): void {
  const sent = delivery.body ?? notification.body
  const before = bodyOf(sent, delivery.id)
  const changed = Object.entries({ ...before, ...fields }).filter(([, value]) => value !== null)
  const body = Object.fromEntries(changed)
  outbox.edit(delivery, sent, JSON.stringify(sign ? signedAs(body, serverKey) : body))
}

function bodyOf(text: string, id: string): object {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem(409, 'Not editable', `The body of ${id} is no JSON: a rule has cut it`)
  }
}

/** More than this in one answer helps nobody. */
const mostShown = 100

const wireGate = ({ gate: { holds, held } }: Sandbox) => ({
  holds: holds.map(({ filter }) => filter),
  held_total: held.length,
  held: held.slice(0, mostShown).map(({ notification, delivery }) => ({
    notification_id: notification.id,
    event: notification.event,
    reference: notification.reference,
    ...wireDelivery(delivery, notification.body),
  })),
})
