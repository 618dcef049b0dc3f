import { originOf } from '../../midtrans/merchant-api/request.ts'
import type { Sandbox } from '../../sandbox.ts'
import { ownUrl } from '../own-url.ts'
import { TriggerBody } from '../trigger/body.ts'
import type { Triggered } from '../trigger/index.ts'
import type { AdminApi } from './admin-api.ts'
import { stateOf, wireNotification } from './notifications.ts'
import { linksOf } from './shown.ts'

/**
 * GET /__admin/trigger: what can be triggered.
 * POST /__admin/trigger {"event", "order_id", ...}: makes it really happen: links, charges and walks the pages as far as
 * that is needed, and answers with what the merchant was told, once the first tries have ended or two seconds are over.
 */
export function trigger(api: AdminApi): void {
  api.get('/__admin/trigger', { summary: 'The events that can be triggered' }, async () => {
    const { triggers } = await import('../trigger/events.ts')
    return Object.entries(triggers).map(([event, { summary, of, takes = [] }]) => ({ event, summary, of, takes }))
  })

  const about = {
    summary: 'Makes an event really happen, from the link to the signed notification; `overrides` change its fields',
    body: TriggerBody,
    example: { event: 'settlement', order_id: 'order-4', amount: 50_000 },
  }
  api.post('/__admin/trigger', about, async (sandbox, { body, reply, signal }) => {
    // Only who triggers something pays for it.
    const tools = await import('../trigger/index.ts')
    const triggered = await tools.trigger(sandbox, body, { url: ownUrl(reply.request), signal })
    return wire(sandbox, body, triggered, originOf(reply.request, sandbox.settings))
  })
}

function wire(
  sandbox: Sandbox,
  { event }: TriggerBody,
  { account, transaction, subscription, notifications, told }: Triggered,
  origin: string,
) {
  const subject = transaction ?? account
  const hint = hintOf(sandbox, told)
  return {
    event,
    status: (subscription ?? subject)?.status,
    order_id: transaction?.orderId,
    transaction_id: transaction?.id,
    subscription_id: subscription?.id,
    account_id: account?.id,
    phone: account?.phone ?? transaction?.phone,
    notification_id: told.id,
    notifications: notifications.map((each) =>
      wireNotification(sandbox, sandbox.state.notifications.get(each.id) ?? each),
    ),
    actions: subject && linksOf(sandbox, subject, origin),
    ...(hint !== undefined && { hint }),
  }
}

const urlNames: Readonly<Record<string, string>> = {
  account: 'pay_account_notification_url',
  subscription: 'recurring_notification_url',
}

/** Why it has not reached anybody. */
function hintOf(sandbox: Sandbox, told: Triggered['told']): string | undefined {
  switch (stateOf(sandbox, told)) {
    case 'nowhere to go': {
      const name = urlNames[told.event.split('.')[0] ?? ''] ?? 'payment_notification_url'
      return `It happened, but nobody was told: set ${name} with PATCH /__admin/settings, or --${name.replaceAll('_', '-')}.`
    }
    case 'held':
      return 'The notification is held at the gate: POST /__admin/gate/release lets it go.'
    case 'dropped':
      return 'A rule wanted the notification to be dropped: GET /__admin/rules tells which.'
    default:
      return undefined
  }
}
