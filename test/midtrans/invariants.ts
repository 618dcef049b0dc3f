import { expect } from 'vitest'
import { places } from '../../src/midtrans/payers/ledger.ts'
import { accountSignature, transactionSignature } from '../../src/midtrans/signature.ts'
import type { Sandbox } from '../../src/sandbox.ts'

/** What must hold between any two steps. */
export function checkBooks({ state, clock, serverKey }: Sandbox): void {
  const balances = state.ledger.balances()
  const transactions = [...state.transactions.values()]
  const owed = (status: string, of = transactions) =>
    of.filter((each) => each.status === status).reduce((sum, { amount }) => sum + amount, 0)

  expect([...balances.values()].reduce((sum, balance) => sum + balance, 0)).toBe(0)
  // The merchant has what was settled, each hold what its authorization reserved, and each wallet the rest.
  expect(state.ledger.balance(places.merchant)).toBe(owed('settlement'))
  const holds = [...balances].filter(([place]) => place.startsWith('hold:'))
  const authorized = transactions.filter(({ status }) => status === 'authorize')
  expect(new Map(holds)).toEqual(new Map(authorized.map(({ id, amount }) => [places.hold(id), amount])))
  for (const { id: phone, options } of state.payers.values()) {
    for (const { name } of options) {
      const wallet = places.wallet(phone, name)
      const own = transactions.filter((each) => each.phone === phone && each.option === name)
      const opening = [...state.ledgerEntries.values()].find(({ kind, to }) => kind === 'opening' && to === wallet)
      expect(balances.get(wallet) ?? 0).toBeGreaterThanOrEqual(0)
      expect(balances.get(wallet) ?? 0).toBe((opening?.amount ?? 0) - owed('settlement', own) - owed('authorize', own))
    }
  }

  // One order_id, one live transaction; and nothing waits beyond its time.
  const live = transactions.filter(({ status }) => ['pending', 'authorize', 'settlement'].includes(status))
  expect(new Set(live.map(({ orderId }) => orderId)).size).toBe(live.length)
  for (const { id, status, expiresAt } of live) {
    const timer = state.timers.get(`transaction-expiry:${id}`)
    expect(timer?.dueAt).toBe(status === 'settlement' ? undefined : expiresAt)
    if (status !== 'settlement') expect(expiresAt).toBeGreaterThanOrEqual(clock.now())
  }
  for (const { body } of state.notifications.values()) checkSignature(JSON.parse(body), serverKey)
}

function checkSignature(body: Readonly<Record<string, string>>, key: string): void {
  const { order_id = '', status_code = '', gross_amount = '', account_id = '', account_status } = body
  expect(body.signature_key).toBe(
    account_status === undefined
      ? transactionSignature(order_id, status_code, gross_amount, key)
      : accountSignature(account_id, account_status, status_code, key),
  )
}

/**
 * What the merchant should have been told, found out by comparing: each change of a transaction once, an account's
 * link and its end (facts.md, sections 2 and 3), in the order in which they happened.
 */
export class Told {
  readonly expected: [string, string][] = []
  readonly #sandbox: Sandbox
  readonly #known = new Map<string, string>()

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox
  }

  /** To be called after each step. */
  look(): void {
    const { accounts, transactions } = this.#sandbox.state
    const changed = [...accounts.values(), ...transactions.values()].filter(
      ({ id, status }) => this.#known.get(id) !== status,
    )
    // Within one jump of the clock several payments may expire: the earliest first.
    changed.sort((a, b) => ('expiresAt' in a && 'expiresAt' in b ? a.expiresAt - b.expiresAt : 0))
    for (const { id, status } of changed) {
      this.#known.set(id, status)
      if (status !== 'PENDING' && status !== 'EXPIRED') this.expected.push([id, status])
    }
  }
}
