import type { Facts } from '../../engine/scenarios/rule.ts'

export type Party = 'merchant' | 'payer' | 'emulator' | 'clock'

/** One line of a story. `at` is the sandbox's time, `realAt` real time. */
export interface Entry {
  /** Its place in the order of all that happened. */
  readonly seq: number
  readonly at: number
  readonly realAt?: number
  readonly from: Party
  /** The same as `from`: it happened there. */
  readonly to: Party
  readonly kind: 'call' | 'answer' | 'page' | 'change' | 'rule' | 'notification' | 'clock' | 'settings' | 'reset'
  /** In plain words. */
  readonly title: string
  readonly details: Facts
}

export interface Story {
  /** The id that was asked for. */
  readonly subject: string
  readonly ids: {
    readonly account_ids: string[]
    readonly order_ids: string[]
    readonly transaction_ids: string[]
    readonly subscription_ids: string[]
    readonly snap_tokens: string[]
  }
  /** In order, the latest 1,000. */
  readonly entries: readonly Entry[]
  /** What may be missing: of all requests and happenings of the sandbox, and of the entries themselves. */
  readonly dropped: { readonly requests: number; readonly happenings: number; readonly entries: number }
}
