import type { Draft, Way } from '../engine/outbox/outbox.ts'
import { seededNumber } from '../engine/seed.ts'
import type { Disturbance } from './disturbance.ts'
import { numberSeed } from './settings.ts'
import { isSigned, type SignedFields, signed } from './signature.ts'
import type { World } from './world.ts'

/** A stale message comes a moment after the one that it contradicts. */
const staleAfterMs = 1_000

/** A notification as a rule wants it to travel; without a rule, as it is. */
export function disturbed(world: World, draft: Draft): Draft {
  const facts = () => {
    const { order_id, gross_amount, account_id } = bodyOf(draft)
    const amount = Number(gross_amount ?? Number.NaN)
    return { event: draft.event, order_id, amount, account_id: account_id ?? draft.accountId }
  }
  // What is not signed cannot be signed wrongly: the rule waits for one that is.
  const disturbance = world.disturb(facts, ({ name }) => name !== 'wrong-signature' || isSigned(bodyOf(draft)))
  return disturbance ? { ...draft, ways: waysOf(world, draft, disturbance) } : draft
}

function waysOf(world: World, draft: Draft, disturbance: Disturbance): readonly Way[] {
  const body = bodyOf(draft)
  const because = disturbance.name
  switch (disturbance.name) {
    case 'duplicate':
      return [{}, { because }]
    case 'delay':
      return [{ because, delayMs: disturbance.ms }]
    case 'drop':
      return [{ because, isDropped: true }]
    case 'shuffle':
      return [{ because, delayMs: Math.floor(disturbance.ms * random(world)) }]
    case 'cut':
      return [{ because, body: draft.body.slice(0, disturbance.characters ?? draft.body.length / 2) }]
    case 'wrong-signature':
      return [{ because, body: JSON.stringify(signed(body, `${world.serverKey}-wrong`)) }]
    case 'stale':
      return [{}, { because, delayMs: staleAfterMs, body: staleBody(world, draft, body) }]
  }
}

/** Notifications are JSON objects of texts, but for what is deeper inside. */
const bodyOf = ({ body }: Draft): SignedFields => JSON.parse(body)

/** Each notification has a number of its own; the same seed gives the same numbers in the same order. */
const random = ({ settings, nextNotification }: World): number =>
  seededNumber(numberSeed(settings), 'shuffle', nextNotification)

/** What was told before of the same thing; or that it still waits, where nothing was. */
function staleBody({ state, serverKey }: World, draft: Draft, body: SignedFields): string {
  const before = state.notificationOf.latest(draft.subject)
  if (before) return before.body
  // An account that was just linked was told of as nothing else before, and neither was a new subscription.
  if (body.account_status !== undefined || !isSigned(body)) return draft.body
  const { settlement_time: _, ...pending } = {
    settlement_time: '',
    ...body,
    transaction_status: 'pending',
    status_code: '201',
  }
  return JSON.stringify(signed(pending, serverKey))
}
