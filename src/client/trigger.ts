/** The body of POST /__admin/trigger, without its event. */
export interface TriggerFields {
  /** Of a payment that is there; where none is called so, one is begun. */
  readonly order_id?: string
  /** Of the payment or the subscription that is begun, in rupiah. */
  readonly amount?: number
  readonly account_id?: string
  readonly phone?: string
  /** Of account.disabled. */
  readonly by?: 'payer' | 'merchant' | 'new-number'
  /** Of deny. */
  readonly code?: string
  /** Of subscription.charge: one that is there already; without it one is made. */
  readonly subscription_id?: string
  /** Of partial_refund. */
  readonly refund_amount?: number
  /** Fields of the event's notification, before it is signed and sent; null takes one away. */
  readonly overrides?: Readonly<Record<string, unknown>>
  /** Sent along with the charge, the link or the subscription that begins it. */
  readonly headers?: Readonly<Record<string, string>>
}

/** What was made to happen. */
export interface Triggered {
  readonly event: string
  /** Of the payment, the account or the subscription that the event is of. */
  readonly status: string
  readonly order_id?: string
  readonly transaction_id?: string
  readonly subscription_id?: string
  readonly account_id?: string
  readonly phone?: string
  /** The one of the notifications that tells of the event. */
  readonly notification_id: string
  /** All that the merchant was told of it, the oldest first. */
  readonly notifications: readonly {
    readonly id: string
    readonly event: string
    readonly state: string
    readonly deliveries: readonly {
      readonly url: string
      readonly status: string
      readonly attempts: readonly { readonly answer?: number; readonly error?: string }[]
    }[]
  }[]
  /** The links of a page that waits for the payer. */
  readonly actions?: readonly { readonly name: string; readonly url: string }[]
  /** Why nobody was told, and what to do. */
  readonly hint?: string
}
