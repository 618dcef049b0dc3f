/** A Core API body: its code, and whatever else belongs to the answer. */
export type CoreBody = { readonly status_code: string } & Readonly<Record<string, unknown>>

/** The answer to a request with an Idempotency-Key. A key that comes again later gets another one. */
export interface KeptAnswer {
  readonly id: string
  readonly key: string
  readonly at: number
  readonly body: CoreBody
}
