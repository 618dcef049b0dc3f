/** What was answered to a request. */
export type AnsweredBody = Readonly<Record<string, unknown>>

/** A Core API body: its code, and whatever else belongs to the answer. */
export type CoreBody = AnsweredBody & { readonly status_code: string }

/** The answer to a request with an Idempotency-Key. A key that comes again later gets another one. */
export interface KeptAnswer {
  readonly id: string
  readonly key: string
  readonly at: number
  readonly body: AnsweredBody
}
