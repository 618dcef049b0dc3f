import { paymentOptions } from '../../midtrans/accounts/wire.ts'
import { waitingPage } from '../../midtrans/pages/walk-operations.ts'
import { refundedAmount } from '../../midtrans/payments/transaction.ts'
import { accountOf, call, happen, type Stage, transactionOf } from './stage.ts'

/** One thing that merchant, payer or GoPay does. */
export type Act = (stage: Stage) => Promise<void> | void

/** Begins to link the wallet; whoever walks by themselves has finished it then. */
export const link: Act = async (stage) => {
  const { phone, sandbox, wish, orderId } = stage
  // The number as it is, whatever country it is of.
  const gopay_partner = { phone_number: phone, country_code: phone.slice(0, 2) }
  const headers = orderId === undefined ? wish.headers : undefined
  await call(stage, '/v2/pay/account', { body: { payment_type: 'gopay', gopay_partner }, ...(headers && { headers }) })
  // Not from the answer, which a rule may have broken.
  const { enabledAccountOf, pendingAccountOf } = sandbox.state
  stage.accountId = (enabledAccountOf.latest(phone) ?? pendingAccountOf.latest(phone))?.id
}

export const finishLink: Act = (stage) => happen(stage, 'confirm', stage.accountId)

export const endLink: Act = (stage) => {
  const { accountId = '', wish } = stage
  if (wish.by === 'merchant') return call(stage, `/v2/pay/account/${encodeURIComponent(accountId)}/unbind`)
  return happen(stage, wish.by === 'new-number' ? 'change-number' : 'unlink', accountId)
}

interface Terms {
  /** Where nobody wishes another one. */
  readonly amount: number
  readonly gopay?: object
  readonly headers?: Readonly<Record<string, string>>
}

export const charge =
  ({ amount, gopay, headers }: Terms): Act =>
  async (stage) => {
    const { wish, orderId } = stage
    const account = accountOf(stage)
    const body = {
      payment_type: 'gopay',
      transaction_details: { order_id: orderId, gross_amount: wish.amount ?? amount },
      gopay: { account_id: account?.id, payment_option_token: tokenOf(stage), ...gopay },
    }
    await call(stage, '/v2/charge', { body, headers: { ...headers, ...wish.headers } })
  }

/** What the linked wallet is charged by. */
function tokenOf(stage: Stage): string | undefined {
  const account = accountOf(stage)
  const options = account ? stage.sandbox.perform((world) => paymentOptions(account, world), undefined) : []
  return (options.find(({ active }) => active) ?? options[0])?.token
}

/** Each month, for ever. */
export const subscribe: Act = async (stage) => {
  const { sandbox, wish, accountId } = stage
  const before = sandbox.state.subscriptions.size
  const body = {
    name: 'trigger',
    amount: String(wish.amount ?? 50_000),
    currency: 'IDR',
    payment_type: 'gopay',
    token: tokenOf(stage),
    schedule: { interval: 1, interval_unit: 'month' },
    gopay: { account_id: accountId },
  }
  await call(stage, '/v1/subscriptions', { body, ...(wish.headers && { headers: wish.headers }) })
  // Not from the answer, which a rule may have broken.
  const all = [...sandbox.state.subscriptions.values()]
  if (all.length > before) stage.subscriptionId = all.at(-1)?.id
}

export const chargeSubscription: Act = (stage) => happen(stage, 'charge-now', stage.subscriptionId)

/** What no wallet has to be too empty for. */
export const denied: Act = (stage) => {
  const { code } = stage.wish
  const outcome = code === undefined ? 'deny' : code === '4060' ? 'gopay:4060' : `deny:${code}`
  return charge({ amount: 50_000, headers: { 'x-emulator-outcome': outcome } })(stage)
}

/** The payer confirms on the page or, where that is over, GoPay takes the money. */
export const pay: Act = (stage) => {
  const transaction = transactionOf(stage)
  const hasPage = transaction && waitingPage(stage.sandbox, transaction.id) !== undefined
  // Of plain GoPay it is open who pays.
  const phone = transaction?.accountId === undefined ? { phone: stage.phone } : {}
  happen(stage, hasPage ? 'confirm' : 'settle', transaction?.id, phone)
}

export const capture: Act = (stage) => {
  const transaction = transactionOf(stage)
  return call(stage, '/v2/capture', {
    body: { transaction_id: transaction?.id, gross_amount: transaction?.amount },
  })
}

/** By the id, which is a good part of any path: an order_id may be "..". */
const ofOrder = (stage: Stage, verb: string): string => `/v2/${transactionOf(stage)?.id}/${verb}`

export const cancel: Act = (stage) => call(stage, ofOrder(stage, 'cancel'))

export const expire: Act = (stage) => happen(stage, 'expire-transaction', transactionOf(stage)?.id)

export const deny: Act = (stage) => {
  const { code } = stage.wish
  happen(stage, 'deny', transactionOf(stage)?.id, code === undefined ? {} : { code })
}

export const refund: Act = (stage) => call(stage, ofOrder(stage, 'refund/online/direct'), { body: {} })

export const refundPart: Act = (stage) => {
  const transaction = transactionOf(stage)
  const left = transaction ? transaction.amount - refundedAmount(transaction) : 0
  const amount = stage.wish.refund_amount ?? Math.max(1, Math.floor(left / 2))
  return call(stage, ofOrder(stage, 'refund/online/direct'), { body: { amount } })
}

export const confirmRefund: Act = (stage) => happen(stage, 'confirm-refund', transactionOf(stage)?.id)
