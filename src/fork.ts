import { idOf, uuidOf } from './engine/ids.ts'
import type { Delivery, Notification } from './engine/outbox/notification.ts'
import type { StoredRecord } from './engine/store/store.ts'
import type { KeptAnswer } from './midtrans/kept-answer.ts'
import { type SignedFields, signatureOf, signed } from './midtrans/signature.ts'
import type { ChangedSettings } from './midtrans/state.ts'
import type { Verification } from './midtrans/verifications/verification.ts'
import type { Snapshot } from './snapshots.ts'

/** Who a sandbox is to those who get its messages: `merchantId` is that where no settings name one. */
interface Merchant {
  readonly serverKey: string
  readonly merchantId: string
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/**
 * A snapshot of one merchant as another one may go on from it: all ids stay, but for those of pages, which are found by
 * nothing else; messages are the other one's, and so is the name.
 */
export function forked({ now, records }: Snapshot, from: Merchant, to: Merchant): Snapshot {
  const valuesOf = <T>(collection: string) =>
    // Each collection of a snapshot holds what the state put into it.
    records.flatMap((record) => (record.collection === collection ? [record.value as T] : []))
  const [byHand] = valuesOf<ChangedSettings>('settings')
  const fromId = byHand?.merchantId ?? from.merchantId
  const pages = new Map(valuesOf<Verification>('verifications').map(({ id }) => [id, uuidOf(to.serverKey, id)]))
  const withPages = <T>(value: T): T => JSON.parse(JSON.stringify(value).replace(uuid, (id) => pages.get(id) ?? id))
  const named = <T extends object>(body: T): T =>
    'merchant_id' in body && body.merchant_id === fromId ? { ...body, merchant_id: to.merchantId } : body
  /** What is told of a charge of a subscription has the merchant's name inside. */
  const adopted = <T extends { readonly subscription?: unknown }>(body: T): T =>
    typeof body.subscription === 'object' && body.subscription !== null
      ? { ...named(body), subscription: named(body.subscription) }
      : named(body)

  const message = (text: string): string => {
    const body: SignedFields & { signature_key?: string; subscription?: unknown } = JSON.parse(text)
    const isSigned = body.signature_key === signatureOf(body, from.serverKey)
    return JSON.stringify(isSigned ? signed(adopted(body), to.serverKey) : adopted(body))
  }
  const bodies = new Map(valuesOf<Notification>('notifications').map(({ id, body }) => [id, body]))
  /** A rule may have cut it: then it is the beginning of a body, and no JSON. */
  const sent = (text: string, { notificationId }: Delivery): string => {
    const whole = bodies.get(notificationId) ?? ''
    return whole.startsWith(text) ? message(whole).slice(0, text.length) : message(text)
  }

  const changes: Readonly<Record<string, (value: never) => unknown>> = {
    settings: ({ merchantId: _, clientKey: _key, ...settings }: ChangedSettings) => settings,
    timers: withPages,
    verifications: (verification: Verification) => {
      const { sessionId, ...rest } = withPages(verification)
      return sessionId === undefined ? rest : { ...rest, sessionId: idOf(to.serverKey, sessionId) }
    },
    'kept-answers': (answer: KeptAnswer) => ({ ...withPages(answer), body: adopted(withPages(answer.body)) }),
    notifications: (notification: Notification) => ({ ...notification, body: message(notification.body) }),
    deliveries: (delivery: Delivery) => ({
      ...delivery,
      ...(delivery.body !== undefined && { body: sent(delivery.body, delivery) }),
      attempts: delivery.attempts.map((attempt) =>
        attempt.body === undefined ? attempt : { ...attempt, body: sent(attempt.body, delivery) },
      ),
    }),
  }
  const changed = (record: StoredRecord): StoredRecord => {
    // The name of a collection says what its records are.
    const value = changes[record.collection]?.(record.value as never) as { id: string } | undefined
    return value ? { ...record, id: value.id, value } : record
  }
  return { now, records: records.map(changed) }
}
