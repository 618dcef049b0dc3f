import { expect } from 'vitest'
import type { Account } from '../../src/midtrans/accounts/account.ts'
import { places } from '../../src/midtrans/payers/ledger.ts'
import { statusAnswer } from '../../src/midtrans/payments/status.ts'
import {
  doneRefunds,
  payableAmount,
  refundedAmount,
  type Transaction,
} from '../../src/midtrans/payments/transaction.ts'
import { accountSignature, transactionSignature } from '../../src/midtrans/signature.ts'
import { verificationMachine } from '../../src/midtrans/verifications/verification.ts'
import type { Sandbox } from '../../src/sandbox.ts'

const paid = new Set(['settlement', 'partial_refund', 'refund'])
const live = new Set(['pending', 'authorize', ...paid])
const byText = (one: string, other: string) => one.localeCompare(other)
const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0)

/** What the payer has paid and not got back, or has reserved. */
function outOfPocket(transaction: Transaction): number {
  if (transaction.status === 'authorize') return payableAmount(transaction)
  if (!paid.has(transaction.status)) return 0
  return Math.max(0, payableAmount(transaction) - refundedAmount(transaction))
}

/** What must hold between any two steps. */
export function checkBooks({ state, clock, serverKey }: Sandbox): void {
  const balances = state.ledger.balances()
  const transactions = [...state.transactions.values()]

  expect(sum(balances.values())).toBe(0)
  // The merchant has what was paid and not given back, each hold what its authorization reserved, each wallet the rest.
  const kept = transactions.filter(({ status }) => paid.has(status)).map((each) => each.amount - refundedAmount(each))
  expect(state.ledger.balance(places.merchant)).toBe(sum(kept))
  expect(state.ledger.balance(places.promotions)).toBeLessThanOrEqual(0)
  const holds = [...balances].filter(([place]) => place.startsWith('hold:'))
  const authorized = transactions.filter(({ status }) => status === 'authorize')
  expect(new Map(holds)).toEqual(new Map(authorized.map((each) => [places.hold(each.id), payableAmount(each)])))
  for (const { id: phone, options } of state.payers.values()) {
    for (const { name } of options) {
      const wallet = places.wallet(phone, name)
      const own = transactions.filter((each) => each.phone === phone && each.option === name)
      const given = [...state.ledgerEntries.values()].filter(({ kind }) => kind === 'opening' || kind === 'adjustment')
      const put = given.filter(({ to }) => to === wallet).map((entry) => entry.amount)
      const taken = given.filter(({ from }) => from === wallet).map((entry) => entry.amount)
      expect(balances.get(wallet) ?? 0).toBeGreaterThanOrEqual(0)
      expect(balances.get(wallet) ?? 0).toBe(sum(put) - sum(taken) - sum(own.map(outOfPocket)))
    }
  }

  // One order_id, one live transaction; nothing waits beyond its time; nothing is given back that was not paid.
  const alive = transactions.filter(({ status }) => live.has(status))
  expect(new Set(alive.map(({ orderId }) => orderId)).size).toBe(alive.length)
  for (const transaction of transactions) {
    const { id, status, expiresAt } = transaction
    const waits = status === 'pending' || status === 'authorize'
    expect(state.timers.get(`transaction-expiry:${id}`)?.dueAt).toBe(waits ? expiresAt : undefined)
    if (waits) expect(expiresAt).toBeGreaterThanOrEqual(clock.now())
    expect(refundedAmount(transaction)).toBeLessThanOrEqual(paid.has(status) ? transaction.amount : 0)
    expect(status === 'refund').toBe(refundedAmount(transaction) === transaction.amount)
  }
  // A walk is under way as long as its page waits, and its next visit is planned.
  const visits = [...state.timers.values()].filter(({ kind }) => kind === 'payer-walk')
  expect(visits.map(({ subject }) => subject).toSorted(byText)).toEqual(
    Array.from(state.walks.values(), ({ id }) => id).toSorted(byText),
  )
  for (const { id } of state.walks.values()) {
    expect(verificationMachine.isFinal(state.verifications.get(id)?.status ?? 'closed')).toBe(false)
  }
  for (const { event, body } of state.notifications.values()) {
    if (event.startsWith('subscription.')) expect(JSON.parse(body)).not.toHaveProperty('signature_key')
    else checkSignature(JSON.parse(body), serverKey)
  }
}

/** Whoever asks for the status learns what the last notification told. The codes differ: facts.md, section 3. */
export function checkStatusAgrees(sandbox: Sandbox): void {
  const last = new Map([...sandbox.state.notifications.values()].map(({ subject, body }) => [subject, body]))
  for (const { id } of sandbox.state.transactions.values()) {
    const told = JSON.parse(last.get(id) ?? '{}')
    const asked = JSON.parse(JSON.stringify(sandbox.perform((world) => statusAnswer(world, id), undefined)))
    for (const each of [told, asked]) {
      for (const key of ['status_code', 'status_message', 'signature_key']) delete each[key]
    }
    // Not every notification has it; what it tells is never another option.
    expect(told.payment_option_type ?? asked.payment_option_type).toBe(asked.payment_option_type)
    delete told.payment_option_type
    delete asked.payment_option_type
    expect(told).toEqual(asked)
  }
}

function checkSignature(body: Readonly<Record<string, string>>, key: string): void {
  const { order_id = '', status_code = '', gross_amount = '', account_id = '', account_status } = body
  expect(body.signature_key).toBe(
    account_status === undefined
      ? transactionSignature(order_id, status_code, gross_amount, key)
      : accountSignature(account_id, account_status, status_code, key),
  )
}

type Watched = Account | Transaction
type Known = { readonly status: string; readonly refunds: number; readonly confirmed: number }

/**
 * What the merchant should have been told, found out by comparing: each change of a transaction once, each refund and
 * its confirmation, an account's link and its end (facts.md, A.7, sections 2 and 3); for each of them in its order.
 */
export class Told {
  readonly #changes: { readonly before: Watched | undefined; readonly after: Watched | undefined }[] = []

  constructor({ state }: Sandbox) {
    const see = (before: Watched | undefined, after: Watched | undefined) => {
      const last = this.#changes.at(-1)
      // What a step that failed takes back has not been told.
      if (last && last.before === after && last.after === before) this.#changes.pop()
      else this.#changes.push({ before, after })
    }
    state.accounts.observe(see)
    state.transactions.observe(see)
  }

  get expected(): ReadonlyMap<string, readonly string[]> {
    const told = new Map<string, string[]>()
    for (const { before, after } of this.#changes) {
      if (!after) continue
      const [then, now] = [before && knownOf(before), knownOf(after)]
      const refunds = now.refunds - (then?.refunds ?? 0)
      const others = refunds === 0 && now.status !== then?.status ? 1 : 0
      const count = refunds + others + now.confirmed - (then?.confirmed ?? 0)
      if (count === 0 || now.status === 'PENDING' || now.status === 'EXPIRED') continue
      told.set(after.id, [...(told.get(after.id) ?? []), ...Array.from({ length: count }, () => now.status)])
    }
    return told
  }
}

function knownOf(entity: Watched): Known {
  const refunds = 'orderId' in entity ? doneRefunds(entity) : []
  const confirmed = refunds.filter(({ confirmedAt }) => confirmedAt !== undefined)
  return { status: entity.status, refunds: refunds.length, confirmed: confirmed.length }
}
