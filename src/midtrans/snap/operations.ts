import { newUuid } from '../../engine/ids.ts'
import { GatewayError, invalidAll } from '../errors.ts'
import { fullPhone } from '../payers/phone.ts'
import { leastLeftMs, longestMs } from '../payments/expiry.ts'
import { isOver, isPaid, type Transaction } from '../payments/transaction.ts'
import { isReturnUrl } from '../return-url.ts'
import type { State } from '../state.ts'
import { transition, type World } from '../world.ts'
import { type SnapGopay, type SnapSession, sessionMachine } from './session.ts'

/** How long something may take, from a time on or from now. */
export interface Lifetime {
  readonly startAt?: number | undefined
  readonly durationMs: number
}

type Given = 'orderId' | 'amount' | 'items' | 'userId' | 'enabledPayments' | 'callbacks' | 'notificationUrls'

/** What a merchant asks for; the number to link as it was written. */
export interface NewSession extends Pick<SnapSession, Given | 'customFields' | 'metadata'> {
  readonly gopay: SnapGopay
  readonly countryCode?: string | undefined
  /** Of the page. */
  readonly pageExpiry?: Lifetime | undefined
  /** Of a payment that is begun on it. */
  readonly expiry?: Lifetime | undefined
}

/** Default of the page, and the least that a merchant may give it (facts.md, section 7; docs.midtrans.com, expire-a-snap-session). */
const pageLifeMs = 24 * 3_600_000
const leastPageMs = 5 * 60_000

/** Lets a customer pay for an order on the Snap page. Nothing is paid, and no payment begun, before the customer chooses. */
export function createSession(world: World, input: NewSession): SnapSession {
  const faults = sessionFaults(world, input)
  if (faults.length > 0) throw invalidAll(faults)
  refuseUsedOrder(world, input.orderId)
  const { pageExpiry, expiry, countryCode, gopay, ...terms } = input
  const { phone } = gopay
  const session = world.state.snapSessions.put({
    ...terms,
    id: newUuid(),
    status: 'open',
    gopay: { ...gopay, ...(phone !== undefined && { phone: fullPhone(phone, countryCode, world.payerBook) }) },
    createdAt: world.now,
    // facts.md, section 7: page_expiry goes before expiry.
    expiresAt: endOf(world, pageExpiry ?? expiry ?? { durationMs: pageLifeMs }),
    ...(expiry && { paymentExpiresAt: endOf(world, expiry) }),
  })
  world.happened('snap', session.id, { orderId: session.orderId, to: session.status })
  world.timers.start('snap-expiry', session.id, session.expiresAt)
  return session
}

const endOf = ({ now }: World, { startAt = now, durationMs }: Lifetime): number => startAt + durationMs

function* faultsOf(world: World, { gopay, userId, callbacks, expiry, pageExpiry }: NewSession) {
  // UNCERTAIN: that it is required is documented, the text is not.
  if (gopay.tokenization && userId === undefined) yield 'user_id is required'
  for (const [name, url] of Object.entries(callbacks)) {
    // UNCERTAIN: what Snap says of an address that is none was not seen; nor of a life that is too short or too long.
    if (url && !isReturnUrl(url)) yield `callbacks.${name} is invalid`
  }
  if (gopay.callbackUrl && !isReturnUrl(gopay.callbackUrl)) yield 'gopay.callback_url is invalid'
  yield* lifeFaults(world, 'expiry', expiry, leastLeftMs)
  yield* lifeFaults(world, 'page_expiry', pageExpiry, leastPageMs)
}

const sessionFaults = (world: World, input: NewSession): string[] => [...faultsOf(world, input)]

function* lifeFaults(world: World, name: string, lifetime: Lifetime | undefined, leastMs: number) {
  if (!lifetime) return
  const leftMs = endOf(world, lifetime) - world.now
  if (leftMs < leastMs) yield `${name} is below minimum threshold`
  if (leftMs > longestMs) yield `${name} is above maximum threshold`
}

/**
 * One order_id may be used again until it is paid (facts.md, section 7). UNCERTAIN: the documentation has a second
 * refusal, without telling when it comes; it is taken for that of a payment that the Core API has begun.
 */
function refuseUsedOrder({ state }: World, orderId: string): void {
  const payment = state.transactionOf.latest(orderId)
  if (!payment || isOver(payment)) return
  if (isPaid(payment)) throw new GatewayError('order-id-paid')
  if (payment.snapToken === undefined) throw new GatewayError('order-id-taken')
}

export function sessionOf({ state }: Pick<World, 'state'>, token: string): SnapSession {
  const session = state.snapSessions.get(token)
  if (!session) throw new GatewayError('session-not-found')
  return session
}

/** The latest payment that was begun of a session, whatever became of it. */
export const paymentOf = (state: State, { transactionId = '' }: SnapSession): Transaction | undefined =>
  state.transactions.get(transactionId)

/** The merchant ends the session before its time. */
export function cancelSession(world: World, token: string): SnapSession {
  const session = sessionOf(world, token)
  const payment = paymentOf(world.state, session)
  if (session.status === 'open' && payment && !isOver(payment)) throw new GatewayError('session-in-use')
  // UNCERTAIN: what is said of a page whose time is over was not seen.
  if (session.status === 'expired') throw new GatewayError('session-not-found')
  return end(world, session, 'cancel')
}

/** Its time is over. No notification tells of it; a payment that was begun goes on (docs.midtrans.com, expire-a-snap-session). */
export function lapseSession(world: World, token: string): void {
  end(world, sessionOf(world, token), 'expire')
}

function end(world: World, session: SnapSession, event: 'cancel' | 'expire'): SnapSession {
  const ended = transition(world, {
    what: 'snap',
    collection: world.state.snapSessions,
    machine: sessionMachine,
    entity: session,
    event,
    changes: { endedAt: world.now },
    details: { orderId: session.orderId },
  })
  world.timers.stop('snap-expiry', session.id)
  return ended
}
