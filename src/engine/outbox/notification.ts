import { machine } from '../machine.ts'

/** A message to the merchant. Its body is frozen when the step that it tells of happens. */
export interface Notification {
  readonly id: string
  /** What it tells of, e.g. "transaction.settlement". */
  readonly event: string
  /** The entity it tells of, and the name under which the merchant knows it. */
  readonly subject: string
  readonly reference: string
  /** The account that it has to do with, where its body does not say so. */
  readonly accountId?: string
  readonly body: string
  /** How many there were, this one included, since the sandbox began: the same requests give the same numbers. */
  readonly number: number
  readonly createdAt: number
  /** How many deliveries it has or had; 0: it has nowhere to go. */
  readonly ways: number
}

/** What a merchant answered, as far as it is kept. */
export interface Answer {
  /** The HTTP status. */
  readonly answer: number
  readonly answerHeaders: Readonly<Record<string, string>>
  /** The first 16 KiB. */
  readonly answerBody: string
}

/** One try. `at` is the sandbox's time, `realAt` and `tookMs` real time. Either there was an answer, or an error. */
export interface Attempt {
  readonly at: number
  readonly realAt: number
  readonly tookMs: number
  /** Where it was sent in the end: redirects may have led elsewhere. */
  readonly url: string
  readonly answer?: number | undefined
  readonly answerHeaders?: Readonly<Record<string, string>>
  readonly answerBody?: string
  /** In plain words. */
  readonly error?: string | undefined
  /** What was sent, where something else would be sent now: somebody has edited it since. */
  readonly body?: string
  /** Why there is another try, or none. */
  readonly why: string
}

/** held: it waits for somebody's word. dropped: somebody, or a rule, wanted it never to arrive. */
export type DeliveryStatus = 'planned' | 'held' | 'delivered' | 'failed' | 'dropped'

/** The way of one notification to one URL. */
export interface Delivery {
  readonly id: string
  readonly notificationId: string
  readonly url: string
  readonly status: DeliveryStatus
  /** Where it is not the notification's own: somebody, or a rule, has changed it. */
  readonly body?: string
  /** Why it is not a plain delivery: "duplicate", "resend" ... */
  readonly because?: string
  readonly attempts: readonly Attempt[]
  readonly nextAttemptAt?: number | undefined
  /** While it is held: when it would have been due. */
  readonly dueAt?: number | undefined
}

export const deliveryMachine = machine<DeliveryStatus, 'arrive' | 'retry' | 'give_up' | 'hold' | 'release' | 'drop'>({
  planned: { arrive: 'delivered', retry: 'planned', give_up: 'failed', hold: 'held', drop: 'dropped' },
  held: { release: 'planned', drop: 'dropped' },
  delivered: {},
  failed: {},
  dropped: {},
})
