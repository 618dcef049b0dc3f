import type { IdCount } from '../engine/ids.ts'
import type { Hold } from '../engine/outbox/gate.ts'
import type { Delivery, Notification } from '../engine/outbox/notification.ts'
import type { Rule } from '../engine/scenarios/rule.ts'
import { ChangeLog } from '../engine/store/change-log.ts'
import { Collection, type Entity } from '../engine/store/collection.ts'
import { indexBy } from '../engine/store/index-by.ts'
import type { StoredRecord } from '../engine/store/store.ts'
import type { ClockReading } from '../engine/time/clock.ts'
import type { Timer } from '../engine/time/timers.ts'
import type { Account } from './accounts/account.ts'
import type { KeptAnswer } from './kept-answer.ts'
import { Ledger, type LedgerEntry } from './payers/ledger.ts'
import type { GivenPayer, Payer } from './payers/payer.ts'
import type { WalkUnderWay } from './payers/walk.ts'
import { promotionUse, type Transaction } from './payments/transaction.ts'
import type { SettingsChange } from './settings.ts'
import type { Preferences, SnapSession } from './snap/session.ts'
import type { Subscription } from './subscriptions/subscription.ts'
import type { Verification } from './verifications/verification.ts'

/** The settings that were changed by hand, or by a scenario; all others are the configuration's. */
export type ChangedSettings = SettingsChange & { readonly id: 'settings' | 'scenario' }

/** Who a sandbox is, for ever. */
export interface Identity {
  readonly id: 'identity'
  readonly serverKey: string
  /** The merchant_id where the settings name none. */
  readonly merchantId: string
}

/** Everything a sandbox knows, and the ways to find it. */
export class State {
  readonly log = new ChangeLog()
  readonly #collections: Collection<Entity>[] = []

  readonly identity = this.#collection<Identity>('identity')
  readonly settings = this.#collection<ChangedSettings>('settings')
  readonly clock = this.#collection<ClockReading>('clock')
  readonly timers = this.#collection<Timer>('timers')
  readonly ids = this.#collection<IdCount>('ids')
  readonly rules = this.#collection<Rule>('rules')
  readonly givenPayers = this.#collection<GivenPayer>('given-payers')
  readonly payers = this.#collection<Payer>('payers')
  readonly ledgerEntries = this.#collection<LedgerEntry>('ledger')
  readonly accounts = this.#collection<Account>('accounts')
  readonly transactions = this.#collection<Transaction>('transactions')
  readonly subscriptions = this.#collection<Subscription>('subscriptions')
  readonly verifications = this.#collection<Verification>('verifications')
  readonly snapSessions = this.#collection<SnapSession>('snap-sessions')
  readonly snapPreferences = this.#collection<Preferences>('snap-preferences')
  readonly walks = this.#collection<WalkUnderWay>('walks')
  readonly keptAnswers = this.#collection<KeptAnswer>('kept-answers')
  readonly notifications = this.#collection<Notification>('notifications')
  readonly deliveries = this.#collection<Delivery>('deliveries')
  readonly holds = this.#collection<Hold>('holds')

  readonly ledger = new Ledger(this.ledgerEntries)
  readonly transactionOf = indexBy(this.transactions, (transaction) => transaction.orderId)
  readonly transactionsOfSubscription = indexBy(this.transactions, ({ subscriptionId }) => subscriptionId)
  readonly notificationOf = indexBy(this.notifications, (notification) => notification.subject)
  readonly keptAnswerOf = indexBy(this.keptAnswers, ({ key }) => key)
  readonly promotionUses = indexBy(this.transactions, promotionUse)
  readonly enabledAccountOf = indexBy(this.accounts, ({ status, phone }) => (status === 'ENABLED' ? phone : undefined))
  readonly pendingAccountOf = indexBy(this.accounts, ({ status, phone }) => (status === 'PENDING' ? phone : undefined))
  readonly enabledAccountOfUser = indexBy(this.accounts, ({ status, userId }) =>
    status === 'ENABLED' ? userId : undefined,
  )
  readonly sessionOfOrder = indexBy(this.snapSessions, ({ orderId }) => orderId)
  readonly verificationOf = indexBy(this.verifications, (verification) => verification.subject)
  readonly verificationOfSession = indexBy(this.verifications, (verification) => verification.sessionId)
  #lastRefundNumber = 0

  constructor() {
    this.transactions.observe((_before, after) => {
      // New ones stand last, and have the largest number.
      this.#lastRefundNumber = Math.max(this.#lastRefundNumber, after?.refunds?.at(-1)?.number ?? 0)
    })
  }

  /** The largest refund_chargeback_id so far, denied refunds included. */
  get lastRefundNumber(): number {
    return this.#lastRefundNumber
  }

  /** Inside a step: changes settings by hand, over those that were changed so before. */
  changeSettings(change: SettingsChange): void {
    const before = this.settings.get('settings')
    this.settings.put({ ...before, ...change, quirks: { ...before?.quirks, ...change.quirks }, id: 'settings' })
  }

  /** Fills an empty state from a store. Everything that observes a collection must stand before. */
  fill(records: readonly StoredRecord[]): void {
    const byCollection = Map.groupBy(records, (record) => record.collection)
    for (const collection of this.#collections) collection.fill(byCollection.get(collection.name) ?? [])
  }

  get names(): readonly string[] {
    return this.#collections.map(({ name }) => name)
  }

  /** All records, as a store gets them. */
  get records(): readonly StoredRecord[] {
    return this.#collections.flatMap((collection) => [...collection.records()])
  }

  /** Inside a step: these records instead of all there are, but for who the sandbox is. */
  replace(records: readonly StoredRecord[]): void {
    this.#lastRefundNumber = 0
    const byCollection = Map.groupBy(records, (record) => record.collection)
    for (const collection of this.#collections) {
      if (collection.name !== 'identity') collection.replace(byCollection.get(collection.name) ?? [])
    }
  }

  #collection<T extends Entity>(name: string): Collection<T> {
    const collection = new Collection<T>(name, this.log)
    // Held only to fill, to list and to replace, all of which go by id.
    this.#collections.push(collection as unknown as Collection<Entity>)
    return collection
  }
}
