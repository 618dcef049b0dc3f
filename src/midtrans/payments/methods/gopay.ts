import { newUuid } from '../../../engine/ids.ts'
import type { Account } from '../../accounts/account.ts'
import { accountOf } from '../../accounts/operations.ts'
import { optionOfToken } from '../../accounts/payment-option-token.ts'
import { GatewayError, gopayError, invalid } from '../../errors.ts'
import type { Rupiah } from '../../money.ts'
import { type Outcome, refusalFor } from '../../outcome.ts'
import type { PaymentOption } from '../../payers/payer.ts'
import { offersTo } from '../../promotions/operations.ts'
import type { Quirks } from '../../quirks.ts'
import type { Locale } from '../../settings.ts'
import { openVerification } from '../../verifications/operations.ts'
import type { Verification } from '../../verifications/verification.ts'
import { walkByItself } from '../../verifications/walk-operations.ts'
import type { World } from '../../world.ts'
import { expiryTime } from '../expiry.ts'
import { canPay, chargeWallet, deny, denyWith, type Move } from '../money-operations.ts'
import { transactionNotification } from '../notification.ts'
import {
  type CustomFields,
  isOver,
  type NotificationUrls,
  type Transaction,
  transactionMachine,
} from '../transaction.ts'
import { type Terms, termFaults } from './gopay-terms.ts'

/** From this amount on GoPay asks for the PIN (facts.md, A.4). */
const pinFrom: Readonly<Record<Quirks['pin_at_100000'], Rupiah>> = { ask: 100_000, settle: 100_001 }

export interface GopayCharge extends Terms {
  readonly orderId: string
  readonly amount: Rupiah
  readonly notificationUrls: NotificationUrls
  readonly customFields?: CustomFields | undefined
  readonly metadata?: unknown
  readonly locale?: Locale | undefined
  /** From X-Emulator-Outcome; goes before all rules. */
  readonly outcome?: Outcome | undefined
  /** The subscription that it is a charge of: then there is nobody to ask for a PIN. */
  readonly subscriptionId?: string | undefined
}

export interface Charged {
  readonly transaction: Transaction
  /** Present when the payer has to confirm on a page. */
  readonly verification?: Verification
}

/** Charges a linked GoPay account or, where none is named, begins a payment that anybody can make with GoPay. */
export function chargeGopay(world: World, input: GopayCharge): Charged | GatewayError {
  const faults = termFaults(world, input)
  if (faults.length > 0) throw invalid(...faults)
  const last = world.state.transactionOf.latest(input.orderId)
  // UNCERTAIN: an order_id that is another payment's transaction_id could never be asked for.
  const isTaken = (last && !isOver(last)) || world.state.transactions.get(input.orderId) !== undefined
  if (isTaken) throw new GatewayError('order-id-taken')
  const created = input.accountId ? ofAccount(world, input, input.accountId) : newTransaction(world, input)
  const outcome = outcomeOf(world, input, created)
  const isRemembered = outcome.kind === 'gopay' && isDecline(outcome.code, world.settings.quirks)
  const refusal = isRemembered ? undefined : refusalFor(outcome, 'charge')
  if (refusal) return refusal

  const transaction = begin(world, created, outcome)
  if (transaction.status === 'pending' || transaction.status === 'authorize') {
    world.timers.start('transaction-expiry', transaction.id, transaction.expiresAt)
  }
  world.notify(transactionNotification(world, transaction))
  if (transaction.status !== 'pending') return { transaction }
  return { transaction, verification: askPayer(world, transaction, input) }
}

function newTransaction(world: World, input: GopayCharge): Transaction {
  return {
    id: newUuid(),
    orderId: input.orderId,
    amount: input.amount,
    status: 'pending',
    preAuth: input.preAuth ?? false,
    createdAt: world.now,
    expiresAt: expiryTime(world.now, input.customExpiry, world.settings.quirks.custom_expiry_above_maximum).at,
    notificationUrls: input.notificationUrls,
    ...(input.snapToken !== undefined && { snapToken: input.snapToken }),
    ...(input.customFields && { customFields: input.customFields }),
    ...(input.metadata !== undefined && { metadata: input.metadata }),
    ...(input.subscriptionId !== undefined && { subscriptionId: input.subscriptionId }),
  }
}

function ofAccount(world: World, input: GopayCharge, accountId: string): Transaction {
  const { account, option } = paymentOptionOf(world, accountId, input.paymentOptionToken)
  const promotion = promotionOf(world, account, input)
  return {
    ...newTransaction(world, input),
    accountId: account.id,
    phone: account.phone,
    option: option.name,
    ...(promotion && { promotion }),
  }
}

/** What the token stands for (facts.md, section 10, code 153; section 12 for accounts that are not enabled). */
function paymentOptionOf(world: World, accountId: string, token = ''): { account: Account; option: PaymentOption } {
  const account = accountOf(world, accountId)
  const payer = world.state.payers.get(account.phone)
  const option = payer && optionOfToken(account, payer, token)
  if (account.status !== 'ENABLED' || !option?.active) throw gopayError('153')
  return { account, option }
}

function promotionOf(world: World, { phone }: Account, { amount, promotionId }: GopayCharge): Transaction['promotion'] {
  if (!promotionId) return undefined
  const offer = offersTo(world, phone, amount).find(({ id }) => id === promotionId)
  // UNCERTAIN: what a promotion that does not apply gets is not documented.
  if (!offer) throw invalid('gopay.promotion_ids is invalid')
  return { id: offer.id, amount: offer.amount }
}

function outcomeOf(world: World, input: GopayCharge, { accountId, phone, orderId, amount }: Transaction): Outcome {
  const isPlain = accountId === undefined
  if (isPlain && input.outcome?.kind === 'settle') {
    throw invalid('X-Emulator-Outcome: found 200 for a charge without account_id, expected 201, 202 or gopay:<code>')
  }
  const facts = { phone, order_id: orderId, amount, account_id: accountId }
  // Nobody has scanned the code of plain GoPay yet, so nobody can have paid.
  const impossible = isPlain ? 'settle' : input.subscriptionId === undefined ? undefined : 'ask-pin'
  const decided = input.outcome ?? world.decide('charge', facts, ({ kind }) => kind !== impossible)
  return decided ?? defaultOutcome(world, input)
}

/** What happens where no rule says otherwise: recurring and pre-authorized payments never ask (facts.md, A.4). */
function defaultOutcome({ settings }: World, { accountId, amount, recurring, preAuth }: GopayCharge): Outcome {
  const isFree = amount < pinFrom[settings.quirks.pin_at_100000] || recurring || preAuth
  return { kind: accountId && isFree ? 'settle' : 'ask-pin' }
}

/** Errors of GoPay that Midtrans remembers as a denied payment. */
const isDecline = (code: string, quirks: Quirks): boolean =>
  code === '4060' ||
  (code === '900' && quirks.gopay_900 === 'denied') ||
  (code === '112' && quirks.blocked_payer === 'status-202')

/** Puts the new transaction with the status that the outcome gives it. */
function begin(world: World, created: Transaction, outcome: Outcome): Transaction {
  const { event, changes } = first(world, created, outcome)
  const status = event === undefined ? created.status : transactionMachine.next(created.status, event)
  if (!status) throw new Error(`a new transaction cannot ${event}`)
  world.happened('transaction', created.id, { orderId: created.orderId, to: status })
  return world.state.transactions.put({ ...created, ...changes, status })
}

function first(world: World, created: Transaction, outcome: Outcome): Move | { event: undefined; changes: object } {
  switch (outcome.kind) {
    case 'deny':
      return deny(outcome.channelResponse)
    case 'gopay':
      return denyWith(outcome.code)
    case 'settle':
      return chargeWallet(world, created)
    case 'refuse':
      throw new Error('a charge that is refused does not begin')
    case 'ask-pin':
      return canPay(world, created) ? { event: undefined, changes: {} } : deny()
  }
}

function askPayer(world: World, { id, phone, expiresAt }: Transaction, input: GopayCharge): Verification {
  const locale = input.locale ?? world.settings.locale
  const returnUrl = input.sendsBack ? input.callbackUrl || world.settings.finishRedirectUrl : ''
  // A QR code can be scanned, and a deeplink followed, for as long as the payment waits.
  const payer = phone === undefined ? ({ phone: '', flow: 'app', expiresAt } as const) : { phone }
  const inSnap = input.snapToken !== undefined
  const verification = openVerification(world, { kind: 'payment', subject: id, locale, returnUrl, inSnap, ...payer })
  walkByItself(world, verification)
  return verification
}
