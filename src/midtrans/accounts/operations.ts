import { newUuid } from '../../engine/ids.ts'
import { type ChannelResponse, GatewayError, type GopayErrorCode, gopayError, invalid } from '../errors.ts'
import { channelResponse } from '../gopay-codes.ts'
import { type Outcome, refusalFor } from '../outcome.ts'
import { meetPayer } from '../payers/operations.ts'
import { fullPhone } from '../payers/phone.ts'
import { isAllowedHost, isReturnUrl } from '../return-url.ts'
import type { Locale } from '../settings.ts'
import {
  type AnswerResult,
  closeVerification,
  openVerification,
  type PageVisit,
  takeAnswer,
} from '../verifications/operations.ts'
import type { Verification } from '../verifications/verification.ts'
import { walkByItself } from '../verifications/walk-operations.ts'
import { transition, type World } from '../world.ts'
import { type Account, accountMachine, pendingLifeMs } from './account.ts'
import { accountNotification } from './notification.ts'

export interface LinkInput {
  readonly phone: string
  readonly countryCode?: string | undefined
  readonly redirectUrl?: string | undefined
  readonly locale?: Locale | undefined
  /** From X-Emulator-Outcome; goes before all rules. */
  readonly outcome?: Outcome | undefined
  /** Present where the Snap page begins it: then redirectUrl is that page. */
  readonly userId?: string | undefined
}

/** A link that GoPay refused is an answer of the step, and no error of it: the rule that wanted it is used up. */
export type Linking =
  | { readonly refused: ChannelResponse }
  | {
      readonly refused?: undefined
      readonly account: Account
      /** Absent: the number is linked already, and there is nothing to verify. */
      readonly verification?: Verification
    }

/** Begins to link a wallet; the payer finishes it on the page. */
export function link(world: World, input: LinkInput): Linking | GatewayError {
  const { state, payerBook, settings } = world
  const redirectUrl = input.redirectUrl || settings.finishRedirectUrl
  if (redirectUrl && !isReturnUrl(redirectUrl)) return { refused: channelResponse('2903') }
  // UNCERTAIN: what a host that is not whitelisted gets is not documented for the Core API.
  if (input.userId === undefined && !isAllowedHost(input.redirectUrl, settings.callbackHosts))
    throw invalid('gopay_partner.redirect_url is not whitelisted')

  const phone = fullPhone(input.phone, input.countryCode, payerBook)
  const outcome = input.outcome ?? world.decide('link', { phone }) ?? standardOutcome(world, phone)
  if (outcome?.kind === 'gopay') return refusedByGopay(world, outcome.code)
  if (outcome?.kind === 'deny') return { refused: outcome.channelResponse ?? channelResponse('105') }
  const refusal = refusalFor(outcome, 'link')
  if (refusal) return refusal

  // UNCERTAIN: the exact answer for a number that is linked already (facts.md, section 12).
  const enabled = state.enabledAccountOf.latest(phone)
  // On the Snap page anybody can type any number: it is theirs once they have shown the PIN.
  if (enabled && input.userId === undefined) return { account: enabled }

  const account = state.accounts.put({
    id: newUuid(),
    phone,
    status: 'PENDING',
    referenceId: newUuid(),
    createdAt: world.now,
    ...(input.userId !== undefined && { userId: input.userId }),
  })
  world.happened('account', account.id, { phone, to: account.status })
  world.timers.start('account-expiry', account.id, world.now + pendingLifeMs)
  const locale = input.locale ?? settings.locale
  const inSnap = input.userId !== undefined
  const opening = { kind: 'link', subject: account.id, phone, locale, returnUrl: redirectUrl, inSnap } as const
  const verification = openVerification(world, opening)
  walkByItself(world, verification)
  return { account, verification }
}

/** What happens where nobody says otherwise: the payer decides. */
function standardOutcome({ payerBook }: World, phone: string): Outcome | undefined {
  const linking = payerBook.find(phone)?.linking
  if (linking?.refused === 'blocked') return { kind: 'gopay', code: '112' }
  return linking && { kind: 'deny', channelResponse: linking.channelResponse }
}

/** Midtrans's own answer to an error of GoPay, or GoPay's where Midtrans hands it on. */
function refusedByGopay({ settings }: World, code: GopayErrorCode): Linking | GatewayError {
  // 2903 is that of a bad redirect_url here (facts.md, section 11), and a link knows no fraud detection.
  const isHandedOn =
    code === '2903' || code === '4060' || (code === '112' && settings.quirks.blocked_payer === 'status-202')
  return isHandedOn ? { refused: channelResponse(code) } : gopayError(code)
}

/** Takes the payer's answer on a linking page; the last right one enables the account. */
export function answerLink(world: World, input: PageVisit): AnswerResult {
  const result = takeAnswer(world, input)
  if (result.hasConfirmed) {
    meetPayer(world, result.verification.phone, result.signUp)
    enable(world, accountOf(world, result.verification.subject))
  }
  return result
}

/** An unbind that GoPay refused leaves the account as it is (facts.md, section 2). */
export interface Unbinding {
  readonly account: Account
  readonly refused?: ChannelResponse
}

/** Ends the link at the merchant's wish. */
export function unbind(
  world: World,
  input: { accountId: string; outcome?: Outcome | undefined },
): Unbinding | GatewayError {
  const account = accountOf(world, input.accountId)
  // A rule is asked, and used up, only where GoPay would be.
  if (account.status !== 'ENABLED') throw new GatewayError('account-status')
  const outcome = input.outcome ?? world.decide('unbind', { phone: account.phone, account_id: account.id })
  const refusal = refusalFor(outcome, 'unbind')
  if (refusal) return refusal
  if (outcome?.kind === 'deny') return { account, refused: outcome.channelResponse ?? channelResponse('1001') }
  return { account: unlink(world, account) }
}

/**
 * The payer ends the link in the app. UNCERTAIN: a payment that waits for its PIN is left to the payer, here as for
 * `unbind`; what GoPay does with it is not documented.
 */
export function unlink(world: World, account: Account): Account {
  const disabled = move(world, account, 'disable')
  world.notify(accountNotification(world, disabled))
  return disabled
}

/**
 * The payer changes the phone number in the app, which ends the link with the merchant (facts.md, section 11).
 * UNCERTAIN: what becomes of links that are not finished yet; they are left to the payer.
 */
export function changePhone(world: World, phone: string): readonly Account[] {
  return world.state.enabledAccountOf.all(phone).map((account) => unlink(world, account))
}

/** As `unlink`, where the link is still there when its time has come. */
export function unlinkLater(world: World, accountId: string): void {
  const account = accountOf(world, accountId)
  if (accountMachine.next(account.status, 'disable')) unlink(world, account)
}

/** Nobody finished the link in time. UNCERTAIN: no notification of it is documented, so none is sent. */
export function expireAccount(world: World, accountId: string): void {
  world.timers.stop('account-expiry', accountId)
  closeVerification(world, accountId, 'expire')
  move(world, accountOf(world, accountId), 'expire')
}

export function accountOf(world: World, accountId: string): Account {
  const account = world.state.accounts.get(accountId)
  if (!account) throw new GatewayError('account-not-found')
  return account
}

function enable(world: World, account: Account): void {
  world.timers.stop('account-expiry', account.id)
  // UNCERTAIN: what becomes of other links begun for the number is not documented. One number, one enabled account:
  // their pages end, and they expire.
  for (const other of world.state.pendingAccountOf.all(account.phone)) {
    if (other.id !== account.id) closeVerification(world, other.id)
  }
  const enabled = move(world, account, 'enable')
  world.notify(accountNotification(world, enabled))
}

function move(world: World, account: Account, event: Parameters<typeof accountMachine.next>[1]): Account {
  return transition(world, {
    what: 'account',
    collection: world.state.accounts,
    machine: accountMachine,
    entity: account,
    event,
    details: {},
  })
}
