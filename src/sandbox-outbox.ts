import type { Gate } from './engine/outbox/gate.ts'
import type { Delivery } from './engine/outbox/notification.ts'
import { Outbox, type OutboxOptions } from './engine/outbox/outbox.ts'
import { seededNumber } from './engine/seed.ts'
import { objectionTo } from './midtrans/notification-hosts.ts'
import { notificationHeaders, retryAfter } from './midtrans/retry.ts'
import { withoutSecrets } from './midtrans/secrets.ts'
import { numberSeed, type Settings } from './midtrans/settings.ts'
import type { State } from './midtrans/state.ts'

type Given = 'clock' | 'sender' | 'step' | 'settled' | 'happened' | 'onError'

interface Parts extends Pick<OutboxOptions, Given> {
  readonly serverKey: string
  readonly state: State
  readonly gate: Gate
  readonly settings: () => Settings
}

/** The outbox of a sandbox that is made of these parts, with the manners of Midtrans. */
export function outboxOf({ serverKey, state, gate, settings, ...parts }: Parts): Outbox {
  const { notifications, deliveries } = state
  /** The same seed shifts the same try of the same notification in the same way. */
  const shift = ({ notificationId }: Delivery, tries: number): number | undefined => {
    const number = notifications.get(notificationId)?.number ?? 0
    return settings().retryShift === 'off' ? undefined : seededNumber(numberSeed(settings()), 'retry', number, tries)
  }
  return new Outbox({
    ...parts,
    notifications,
    deliveries,
    headers: notificationHeaders,
    retryAfter: (attempts, delivery) => retryAfter(attempts, shift(delivery, attempts.length)),
    objection: (url) => objectionTo(url, settings()),
    isHeld: (notification, delivery) => gate.isHeld(notification, delivery),
    masked: (text) => withoutSecrets(text, serverKey),
  })
}
