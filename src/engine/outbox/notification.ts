import { machine } from '../machine.ts'

/** A message to the merchant. Its body is frozen when the step that it tells of happens. */
export interface Notification {
  readonly id: string
  /** What it tells of, e.g. "transaction.settlement". */
  readonly event: string
  /** The entity it tells of, and the name under which the merchant knows it. */
  readonly subject: string
  readonly reference: string
  readonly body: string
  readonly createdAt: number
  /** To how many URLs it goes; 0: it has nowhere to go. */
  readonly ways: number
}

/** One try. `at` is the sandbox's time, `tookMs` real time. Either the merchant answered, or there was an error. */
export interface Attempt {
  readonly at: number
  readonly tookMs: number
  readonly url: string
  readonly answer?: number
  readonly error?: string
}

export type DeliveryStatus = 'planned' | 'delivered' | 'failed'

/** The way of one notification to one URL. */
export interface Delivery {
  readonly id: string
  readonly notificationId: string
  readonly url: string
  readonly status: DeliveryStatus
  readonly attempts: readonly Attempt[]
  readonly nextAttemptAt?: number | undefined
}

export const deliveryMachine = machine<DeliveryStatus, 'arrive' | 'retry' | 'give_up'>({
  planned: { arrive: 'delivered', retry: 'planned', give_up: 'failed' },
  delivered: {},
  failed: {},
})
