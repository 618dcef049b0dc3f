import { newUuid } from '../../../engine/ids.ts'
import type { Account } from '../../accounts/account.ts'
import { accountOf } from '../../accounts/operations.ts'
import { optionOfToken } from '../../accounts/payment-option-token.ts'
import { GatewayError, invalid } from '../../errors.ts'
import type { Rupiah } from '../../money.ts'
import { channelResponse, insufficientBalance, type Outcome } from '../../outcome.ts'
import { places } from '../../payers/ledger.ts'
import type { PaymentOption } from '../../payers/payer.ts'
import { isAllowedHost, isReturnUrl } from '../../return-url.ts'
import type { Locale, Settings } from '../../settings.ts'
import { openVerification } from '../../verifications/operations.ts'
import type { Verification } from '../../verifications/verification.ts'
import type { World } from '../../world.ts'
import type { CustomExpiry } from '../expiry.ts'
import { expiryTime } from '../expiry.ts'
import { transactionNotification } from '../notification.ts'
import {
  type CustomFields,
  isOver,
  type NotificationUrls,
  type Transaction,
  type TransactionEvent,
  transactionMachine,
} from '../transaction.ts'

/** From this amount on GoPay asks for the PIN (facts.md, A.4). */
export const pinFrom: Rupiah = 100_000
/** The most that the sandbox pre-authorizes (facts.md, A.4). */
const preAuthUpTo: Rupiah = 100_000

export interface GopayCharge {
  readonly orderId: string
  readonly amount: Rupiah
  readonly accountId: string
  readonly paymentOptionToken: string
  readonly preAuth: boolean
  readonly recurring: boolean
  readonly callbackUrl?: string | undefined
  readonly customExpiry?: CustomExpiry | undefined
  readonly notificationUrls: NotificationUrls
  readonly customFields?: CustomFields | undefined
  readonly metadata?: unknown
  readonly locale?: Locale | undefined
  /** From X-Emulator-Outcome; goes before all rules. */
  readonly outcome?: Outcome | undefined
}

export interface Charged {
  readonly transaction: Transaction
  /** Present when the payer has to confirm on a page. */
  readonly verification?: Verification
}

/** Charges a linked GoPay account. */
export function chargeGopay(world: World, input: GopayCharge): Charged {
  const { state, settings } = world
  const returnUrl = input.callbackUrl || settings.finishRedirectUrl
  refuseTerms(input, returnUrl, settings)
  const expiresAt = expiryTime(world.now, input.customExpiry)
  const last = state.transactionOf.latest(input.orderId)
  if (last && !isOver(last)) throw new GatewayError('order-id-taken')
  const { account, option } = paymentOptionOf(world, input)

  const created: Transaction = {
    id: newUuid(),
    orderId: input.orderId,
    amount: input.amount,
    status: 'pending',
    accountId: account.id,
    phone: account.phone,
    option: option.name,
    preAuth: input.preAuth,
    createdAt: world.now,
    expiresAt,
    notificationUrls: input.notificationUrls,
    ...(input.customFields && { customFields: input.customFields }),
    ...(input.metadata !== undefined && { metadata: input.metadata }),
  }

  const facts = { operation: 'charge', phone: account.phone, order_id: input.orderId, amount: input.amount }
  const outcome = input.outcome ?? world.decide(facts, ['settle', 'ask-pin', 'deny']) ?? defaultOutcome(input)
  const transaction = begin(world, created, outcome)
  if (transaction.status === 'pending' || transaction.status === 'authorize') {
    world.timers.start('transaction-expiry', transaction.id, expiresAt)
  }
  world.notify(transactionNotification(world, transaction))
  if (transaction.status !== 'pending') return { transaction }

  const verification = openVerification(world, {
    kind: 'payment',
    subject: transaction.id,
    phone: account.phone,
    locale: input.locale ?? settings.locale,
    returnUrl,
  })
  return { transaction, verification }
}

/** Refuses what no account could make good. */
function refuseTerms({ preAuth, amount, callbackUrl }: GopayCharge, returnUrl: string, settings: Settings): void {
  if (returnUrl && !isReturnUrl(returnUrl)) throw invalid('gopay.callback_url is invalid')
  // UNCERTAIN: what a host that is not whitelisted gets is not documented for the Core API.
  if (!isAllowedHost(callbackUrl, settings.callbackHosts)) throw invalid('gopay.callback_url is not whitelisted')
  if (preAuth && amount > preAuthUpTo) {
    // UNCERTAIN: the limit is documented, the text of the refusal is not.
    throw invalid(
      `transaction_details.gross_amount must be less than or equal to ${preAuthUpTo} for pre_auth in the sandbox`,
    )
  }
}

/** What the token stands for (facts.md, section 10, code 153; section 12 for accounts that are not enabled). */
function paymentOptionOf(world: World, input: GopayCharge): { account: Account; option: PaymentOption } {
  const account = accountOf(world, input.accountId)
  const payer = world.state.payers.get(account.phone)
  const option = payer && optionOfToken(account, payer, input.paymentOptionToken)
  if (account.status !== 'ENABLED' || !option?.active) throw invalid('GoPay token is invalid for the payment')
  return { account, option }
}

/** What happens where no rule says otherwise: recurring and pre-authorized payments never ask (facts.md, A.4). */
function defaultOutcome({ amount, recurring, preAuth }: GopayCharge): Outcome {
  return { kind: amount < pinFrom || recurring || preAuth ? 'settle' : 'ask-pin' }
}

/** Puts the new transaction with the status that the outcome gives it. */
function begin(world: World, created: Transaction, outcome: Outcome): Transaction {
  const { event, changes } = first(world, created, outcome)
  const status = event === undefined ? created.status : transactionMachine.next(created.status, event)
  if (!status) throw new Error(`a new transaction cannot ${event}`)
  world.happened('transaction', created.id, { orderId: created.orderId, to: status })
  return world.state.transactions.put({ ...created, ...changes, status })
}

function first(world: World, created: Transaction, outcome: Outcome): Move {
  if (outcome.kind === 'deny') return deny(outcome.channelResponse)
  if (outcome.kind === 'settle') return chargeWallet(world, created)
  const canPay = world.state.ledger.balance(walletOf(created)) >= created.amount
  return canPay ? { event: undefined, changes: {} } : deny(insufficientBalance)
}

interface Move<Event = TransactionEvent | undefined> {
  readonly event: Event
  readonly changes: Partial<Transaction>
}

/** Takes the money from the payer's wallet: for good, or as a hold. Denies where there is not enough. */
export function chargeWallet(world: World, transaction: Transaction): Move<TransactionEvent> {
  const { id, amount, preAuth } = transaction
  const wallet = walletOf(transaction)
  if (world.state.ledger.balance(wallet) < amount) return deny(insufficientBalance)
  world.state.ledger.move({
    at: world.now,
    kind: preAuth ? 'hold' : 'charge',
    from: wallet,
    to: preAuth ? places.hold(id) : places.merchant,
    amount,
    transactionId: id,
  })
  return preAuth
    ? { event: 'authorize', changes: { channelResponse: channelResponse('0') } }
    : { event: 'settle', changes: { settledAt: world.now } }
}

const walletOf = ({ phone, option }: Transaction) => places.wallet(phone, option)

const deny = (response: Transaction['channelResponse'] & {}): Move<TransactionEvent> => ({
  event: 'deny',
  changes: { channelResponse: response },
})
