import type { Account } from '../accounts/account.ts'
import { type Linking, link } from '../accounts/operations.ts'
import { paymentOptionToken } from '../accounts/payment-option-token.ts'
import { GatewayError } from '../errors.ts'
import type { PaymentOption } from '../payers/payer.ts'
import { leastLeftMs } from '../payments/expiry.ts'
import { type Charged, chargeGopay, type GopayCharge } from '../payments/methods/gopay.ts'
import { giveUp } from '../payments/operations.ts'
import { isPaid } from '../payments/transaction.ts'
import type { Locale } from '../settings.ts'
import type { State } from '../state.ts'
import type { World } from '../world.ts'
import { sessionOf } from './operations.ts'
import { preferencesOf } from './preference-operations.ts'
import type { SnapSession } from './session.ts'

/** What a customer does on the Snap page. */
export interface Visit {
  readonly token: string
  /** The address of the page, to which GoPay's pages lead back. */
  readonly returnUrl: string
  readonly locale: Locale
}

/** What the page offers, and nothing else is accepted: a page may be an old one. */
export interface Ways {
  /** The wallet that is linked to the customer. */
  readonly account?: Account | undefined
  readonly canLink: boolean
  readonly canScan: boolean
}

export function waysToPay(state: State, { enabledPayments, gopay, userId }: SnapSession): Ways {
  const hasGopay = preferencesOf({ state }).gopayEnabled && (enabledPayments?.includes('gopay') ?? true)
  const canLink = hasGopay && gopay.tokenization && userId !== undefined
  return {
    account: canLink ? state.enabledAccountOfUser.latest(userId) : undefined,
    canLink,
    canScan: hasGopay && !(gopay.tokenization && gopay.enforced),
  }
}

/** Begins to link a wallet to the customer. A number that the merchant has named is the only one. */
export function linkFromSnap(
  world: World,
  { token, returnUrl, locale, phone }: Visit & { readonly phone: string },
): Linking | GatewayError {
  const session = usableSession(world, token)
  const { gopay, userId } = session
  if (!waysToPay(world.state, session).canLink || userId === undefined) {
    throw new GatewayError('no-access-to-payment-type')
  }
  const linking = link(world, { phone: gopay.phone ?? phone, redirectUrl: returnUrl, locale, userId })
  if (!(linking instanceof GatewayError) && !linking.refused) {
    world.state.snapSessions.put({ ...session, accountId: linking.account.id })
  }
  return linking
}

/** Pays from the linked wallet, with one of its options; which is not told: with the wallet itself, or the first that can be used. */
export function payFromSnap(
  world: World,
  { option: name, returnUrl, ...visit }: Visit & { readonly option?: string | undefined },
): Charged | GatewayError {
  const session = usableSession(world, visit.token)
  const { account } = waysToPay(world.state, session)
  const payer = account && world.state.payers.get(account.phone)
  const option = payer && chosenOption(payer.options, name)
  if (!account || !option) throw new GatewayError('account-not-found')
  return begin(world, session, {
    accountId: account.id,
    paymentOptionToken: paymentOptionToken(account, payer, option),
    // facts.md, section 7: which customer it was, and which account.
    metadata: withExtraInfo(session.metadata, { user_id: session.userId, account_id: account.id }),
    sendsBack: true,
    callbackUrl: returnUrl,
    locale: visit.locale,
  })
}

function chosenOption(options: readonly PaymentOption[], name: string | undefined): PaymentOption | undefined {
  const usable = options.filter(({ active }) => active)
  return (
    usable.find((option) => option.name === (name ?? 'GOPAY_WALLET')) ?? (name === undefined ? usable[0] : undefined)
  )
}

const withExtraInfo = (metadata: unknown, extraInfo: object) => ({
  ...(typeof metadata === 'object' && metadata),
  extra_info: extraInfo,
})

/** Begins plain GoPay: whoever scans the code pays. */
export function payByQr(world: World, { token, locale, returnUrl }: Visit): Charged | GatewayError {
  const session = usableSession(world, token)
  if (!waysToPay(world.state, session).canScan) throw new GatewayError('no-access-to-payment-type')
  const { gopay, metadata } = session
  return begin(world, session, { metadata, locale, sendsBack: true, callbackUrl: gopay.callbackUrl ?? returnUrl })
}

/** The customer wants to pay another way. */
export function chooseAgain(world: World, { token }: Pick<Visit, 'token'>): void {
  giveUpWaiting(world, usableSession(world, token))
}

/**
 * UNCERTAIN: what becomes of a payment that still waits when the customer chooses again is not documented; here it is
 * cancelled, so that an order has one payment at a time.
 */
function giveUpWaiting(world: World, { orderId }: SnapSession): void {
  const waiting = world.state.transactionOf.latest(orderId)
  if (waiting?.status !== 'pending' || waiting.snapToken === undefined) return
  // No merchant has asked for it, so no rule is asked either.
  giveUp(world, waiting, 'cancel')
}

/** Begins a payment of a session's order. */
function begin(world: World, session: SnapSession, choice: Partial<GopayCharge>): Charged | GatewayError {
  const { orderId, amount, notificationUrls, customFields, paymentExpiresAt } = session
  giveUpWaiting(world, session)
  const charged = chargeGopay(world, {
    ...choice,
    orderId,
    amount,
    notificationUrls,
    customFields,
    snapToken: session.id,
    ...(paymentExpiresAt !== undefined && {
      customExpiry: { durationMs: Math.max(leastLeftMs, paymentExpiresAt - world.now) },
    }),
  })
  if (!(charged instanceof GatewayError)) {
    world.state.snapSessions.put({ ...session, transactionId: charged.transaction.id })
  }
  return charged
}

/** A session that something can still be paid in. */
function usableSession(world: World, token: string): SnapSession {
  const session = sessionOf(world, token)
  if (session.status !== 'open') throw new GatewayError('session-canceled')
  // Of this session, or of another one with the same order_id.
  const payment = world.state.transactionOf.latest(session.orderId)
  if (payment && isPaid(payment)) throw new GatewayError('order-id-paid')
  return session
}
