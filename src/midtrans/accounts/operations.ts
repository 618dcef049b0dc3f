import { newUuid } from '../../engine/ids.ts'
import { type ChannelResponse, GatewayError, invalid } from '../errors.ts'
import { channelResponse, type Outcome } from '../outcome.ts'
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
export function link(world: World, input: LinkInput): Linking {
  const { state, payerBook, settings } = world
  const redirectUrl = input.redirectUrl || settings.finishRedirectUrl
  if (redirectUrl && !isReturnUrl(redirectUrl)) return { refused: channelResponse('2903') }
  // UNCERTAIN: what a host that is not whitelisted gets is not documented for the Core API.
  if (!isAllowedHost(input.redirectUrl, settings.callbackHosts))
    throw invalid('gopay_partner.redirect_url is not whitelisted')

  const phone = fullPhone(input.phone, input.countryCode, payerBook)
  const linking = payerBook.find(phone)?.linking
  if (linking?.refused === 'blocked') throw new GatewayError('payer-blocked')
  if (linking?.refused === 'channel') return { refused: linking.channelResponse }
  if (input.outcome && input.outcome.kind !== 'deny') {
    throw invalid('X-Emulator-Outcome: found 200 or 201 for a link, expected 202 or 202:<channel code>')
  }
  const outcome = input.outcome ?? world.decide({ operation: 'link', phone }, ['deny'])
  if (outcome?.kind === 'deny') return { refused: outcome.channelResponse }

  // UNCERTAIN: the exact answer for a number that is linked already (facts.md, section 12).
  const enabled = state.enabledAccountOf.latest(phone)
  if (enabled) return { account: enabled }

  const account = state.accounts.put({
    id: newUuid(),
    phone,
    status: 'PENDING',
    referenceId: newUuid(),
    createdAt: world.now,
  })
  world.timers.start('account-expiry', account.id, world.now + pendingLifeMs)
  const locale = input.locale ?? settings.locale
  return {
    account,
    verification: openVerification(world, {
      kind: 'link',
      subject: account.id,
      phone,
      locale,
      returnUrl: redirectUrl,
    }),
  }
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

/**
 * Ends the link at the merchant's wish. UNCERTAIN: a payment that waits for its PIN is left to the payer; what GoPay
 * does with it is not documented.
 */
export function unbind(world: World, accountId: string): Account {
  const disabled = move(world, accountOf(world, accountId), 'disable')
  world.notify(accountNotification(world, disabled))
  return disabled
}

/** Nobody finished the link in time. UNCERTAIN: no notification of it is documented, so none is sent. */
export function expireAccount(world: World, accountId: string): void {
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
