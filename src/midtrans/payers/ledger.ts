import { newId } from '../../engine/ids.ts'
import type { Collection } from '../../engine/store/collection.ts'
import type { Rupiah } from '../money.ts'
import type { PaymentOptionName } from './payer.ts'

/** One movement of money. It leaves one place and enters another, so all balances always sum to zero. */
export interface LedgerEntry {
  readonly id: string
  readonly at: number
  readonly kind: 'opening' | 'adjustment' | 'charge' | 'hold' | 'capture' | 'release' | 'promotion' | 'refund'
  readonly from: string
  readonly to: string
  readonly amount: Rupiah
  readonly transactionId?: string
}

/** The places where money can be. */
export const places = {
  /** Where a payer's money comes from, and goes to when it is taken away. */
  issuer: 'issuer',
  merchant: 'merchant',
  /** What GoPay gives away. */
  promotions: 'promotions',
  wallet: (phone: string, option: PaymentOptionName) => `wallet:${phone}:${option}`,
  hold: (transactionId: string) => `hold:${transactionId}`,
}

/** Balances are sums over the entries, kept up with each entry. */
export class Ledger {
  readonly #entries: Collection<LedgerEntry>
  readonly #balances = new Map<string, Rupiah>()

  constructor(entries: Collection<LedgerEntry>) {
    this.#entries = entries
    entries.observe((before, after) => {
      if (before) this.#add(before, -before.amount)
      if (after) this.#add(after, after.amount)
    })
  }

  balance(place: string): Rupiah {
    return this.#balances.get(place) ?? 0
  }

  /** All places that hold or owe money. */
  balances(): ReadonlyMap<string, Rupiah> {
    return this.#balances
  }

  /** Inside a step. The caller has made sure that the money is there. */
  move(entry: Omit<LedgerEntry, 'id'>): void {
    this.#entries.put({ id: newId(), ...entry })
  }

  #add({ from, to }: LedgerEntry, amount: Rupiah): void {
    for (const [place, change] of [
      [from, -amount],
      [to, amount],
    ] as const) {
      const balance = this.balance(place) + change
      // Places that were emptied are let go: there is one hold for every pre-authorization ever made.
      if (balance === 0) this.#balances.delete(place)
      else this.#balances.set(place, balance)
    }
  }
}
