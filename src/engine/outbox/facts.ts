import type { Facts } from '../scenarios/rule.ts'
import type { Delivery, Notification } from './notification.ts'

/** What is known of a notification on one of its ways: the plain fields of its body, and what the outbox knows. */
export function factsOf(notification: Notification, delivery?: Delivery): Facts {
  const about = delivery ?? notification
  const known = read.get(about)
  if (known) return known
  const facts = readFacts(notification, delivery)
  read.set(about, facts)
  return facts
}

/** Both are readonly data: a change makes another one. Reading bodies again and again would cost whoever waits dearly. */
const read = new WeakMap<Delivery | Notification, Facts>()

function readFacts(notification: Notification, delivery: Delivery | undefined): Facts {
  return {
    ...(notification.accountId !== undefined && { account_id: notification.accountId }),
    // A body that was cut or edited is still found by what it was.
    ...plainFields(notification.body),
    ...(delivery?.body !== undefined && plainFields(delivery.body)),
    id: notification.id,
    event: notification.event,
    reference: notification.reference,
    url: delivery?.url,
    state: delivery?.status ?? 'nowhere to go',
    because: delivery?.because,
  }
}

/** The texts and numbers of a JSON object; nothing where the text is none. */
export function plainFields(text: string): Facts {
  try {
    const body: unknown = JSON.parse(text)
    const fields = Object.entries(typeof body === 'object' && body !== null ? body : {})
    return Object.fromEntries(fields.filter(([, value]) => typeof value === 'string' || typeof value === 'number'))
  } catch {
    // A rule has cut it.
    return {}
  }
}
