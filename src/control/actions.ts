import { type Static, Type } from 'typebox'
import { type Account, accountMachine } from '../midtrans/accounts/account.ts'
import { changePhone, expireAccount, unlink } from '../midtrans/accounts/operations.ts'
import { declinePage, leavePage } from '../midtrans/pages/walk-operations.ts'
import { meetPayer, pinOf, topUp } from '../midtrans/payers/operations.ts'
import { denyPending, lapse, settle } from '../midtrans/payments/operations.ts'
import { confirmRefund } from '../midtrans/payments/refund-operations.ts'
import {
  doneRefunds,
  type Transaction,
  type TransactionEvent,
  transactionMachine,
} from '../midtrans/payments/transaction.ts'
import { lapseSession } from '../midtrans/snap/operations.ts'
import { sessionMachine } from '../midtrans/snap/session.ts'
import { chargeNow } from '../midtrans/subscriptions/charge-operations.ts'
import { expireVerification } from '../midtrans/verifications/operations.ts'
import type { World } from '../midtrans/world.ts'
import { Problem } from './admin/problem.ts'
import { asksForOtp, asksForPin, goOn, goWrong } from './page-visits.ts'
import { PhoneText } from './payers.ts'
import { type Target, whoPays } from './target.ts'

const closed = { additionalProperties: false }
const Extras = {
  phone: Type.Optional({ ...PhoneText, description: 'Who pays plain GoPay, where that is open.' }),
  amount: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000_000, description: 'Of top-up.' })),
  code: Type.Optional(Type.String({ pattern: '^[0-9]{1,5}$', description: 'Channel code of deny.' })),
  refund_key: Type.Optional(Type.String({ maxLength: 255, description: 'Of confirm-refund.' })),
  times: Type.Optional(Type.Integer({ minimum: 1, maximum: 3, description: 'Of wrong-pin and wrong-otp.' })),
}

export const SimulateBody = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'order_id, transaction_id, account_id, subscription_id, token of Snap, or phone.',
      }),
    ),
    ...Extras,
  },
  closed,
)
export type SimulateBody = Static<typeof SimulateBody>
export type More = Omit<SimulateBody, 'id'>

export interface Action {
  readonly summary: string
  /** The state that it needs, in words. */
  readonly needs: string
  /** What it takes besides the id. */
  readonly takes?: readonly (keyof More)[]
  /** What it does in this state; undefined: the state does not allow it. */
  readonly ready: (world: World, target: Target) => ((more: More) => void) | undefined
}

const waiting = 'a link or payment whose page waits for the payer'

/** What happens outside of the merchant's API. */
export const actions: Readonly<Record<string, Action>> = {
  confirm: {
    summary: 'The payer gives the right answers to the end',
    needs: waiting,
    takes: ['phone'],
    ready: (world, target) => target.page && (({ phone }) => goOn(world, target, phone)),
  },
  decline: {
    summary: 'The payer presses Cancel on the page',
    needs: waiting,
    ready: (world, { page }) => page && (() => declinePage(world, page)),
  },
  'wrong-pin': {
    summary: 'The payer types a wrong PIN, once or several times; after the third the page gives up',
    needs: 'a link or payment whose page asks for the PIN, or will',
    takes: ['phone', 'times'],
    ready: (world, target) =>
      target.page && asksForPin(target.page) ? (more) => goWrong(world, target, 'pin', more) : undefined,
  },
  'wrong-otp': {
    summary: 'The payer types a wrong OTP, once or several times; after the third the page gives up',
    needs: 'a link whose page asks for the OTP, or will',
    takes: ['times'],
    ready: (world, target) =>
      target.page && asksForOtp(target.page) ? (more) => goWrong(world, target, 'otp', more) : undefined,
  },
  leave: {
    summary: 'The payer opens the page and closes it again, which uses up a web link',
    needs: waiting,
    ready: (world, { page }) => page && (() => leavePage(world, page)),
  },
  'expire-link': {
    summary: 'The five minutes of the page are over',
    needs: 'a link or a payment of a linked account whose page waits for the payer',
    ready: (world, { page, account, transaction }) =>
      page && (account ?? transaction?.accountId) ? () => expireVerification(world, page.id) : undefined,
  },
  'expire-account': {
    summary: 'Nobody has finished the link in time',
    needs: 'an account that is PENDING',
    ready: (world, { account }) =>
      account && accountMachine.next(account.status, 'expire') ? () => expireAccount(world, account.id) : undefined,
  },
  unlink: {
    summary: 'The payer ends the link in the app',
    needs: 'an account that is ENABLED',
    ready: (world, { account }) => (isLinked(account) ? () => unlink(world, account) : undefined),
  },
  'change-number': {
    summary: 'The payer gets another phone number, which ends the link',
    needs: 'an account that is ENABLED, or the phone of one',
    ready: (world, { account, transaction, phone = '' }) => {
      const linked = account ?? (transaction ? undefined : world.state.enabledAccountOf.latest(phone))
      return isLinked(linked) ? () => changePhone(world, phone) : undefined
    },
  },
  'expire-transaction': {
    summary: 'The time of a payment is over, or that of a reservation, which is released',
    needs: 'a transaction that is pending or authorize',
    ready: (world, { transaction }) => (can(transaction, 'lapse') ? () => lapse(world, transaction.id) : undefined),
  },
  settle: {
    summary: 'GoPay takes the money without the page, or reserves it where that was asked for; without money it denies',
    needs: 'a transaction that is pending',
    takes: ['phone'],
    ready: (world, target) => {
      const { transaction } = target
      return can(transaction, 'settle')
        ? ({ phone }) => settle(world, transaction, whoPays(world, target, phone))
        : undefined
    },
  },
  deny: {
    summary: 'GoPay denies a payment that waits: with a code of its own, or for want of money',
    needs: 'a transaction that is pending',
    takes: ['code'],
    ready: (world, { transaction }) =>
      can(transaction, 'deny') ? ({ code }) => denyPending(world, transaction, code) : undefined,
  },
  'confirm-refund': {
    summary: "The payer's bank confirms a refund: the one with the refund_key, or the first that is not confirmed",
    needs: 'a transaction with a refund that is not confirmed',
    takes: ['refund_key'],
    ready: (world, { transaction }) => {
      const open = transaction ? unconfirmed(transaction) : []
      return transaction && open[0]
        ? ({ refund_key = open[0]?.key }) => {
            if (!open.some(({ key }) => key === refund_key)) {
              const expected = open.map(({ key }) => key).join(', ')
              throw new Problem(409, 'No such refund', `refund_key: found ${refund_key}, expected one of ${expected}`)
            }
            confirmRefund(world, `${transaction.id}/${refund_key}`)
          }
        : undefined
    },
  },
  'charge-now': {
    summary: 'A subscription charges before its time, and its schedule goes on from now; or it tries again at once',
    needs: 'a subscription that is active, or that is about to try again',
    ready: (world, { subscription }) =>
      subscription && (subscription.status === 'active' || subscription.retries !== undefined)
        ? () => chargeNow(world, subscription.id)
        : undefined,
  },
  'expire-session': {
    summary: 'The time of a Snap page is over; a payment that was begun on it goes on',
    needs: 'a Snap session that is open',
    ready: (world, { session }) =>
      session && sessionMachine.next(session.status, 'expire') ? () => lapseSession(world, session.id) : undefined,
  },
  'top-up': {
    summary: 'Money comes into the wallet of the payer',
    needs: 'the phone or an account of a payer whom GoPay knows',
    takes: ['amount'],
    ready: (world, { phone, transaction }) => {
      if (transaction || phone === undefined || pinOf(world, phone) === undefined) return undefined
      return ({ amount }) => {
        if (amount === undefined)
          throw new Problem(400, 'How much?', 'amount: found none, expected rupiah such as 50000')
        meetPayer(world, phone)
        topUp(world, phone, amount)
      }
    },
  },
}

const isLinked = (account: Account | undefined): account is Account =>
  account !== undefined && accountMachine.next(account.status, 'disable') !== undefined

const can = (transaction: Transaction | undefined, event: TransactionEvent): transaction is Transaction =>
  transaction !== undefined && transactionMachine.next(transaction.status, event) !== undefined

const unconfirmed = (transaction: Transaction) =>
  doneRefunds(transaction).filter(({ confirmedAt }) => confirmedAt === undefined)
