/** A Core API body: its code, and whatever else belongs to the answer. */
export type CoreBody = { readonly status_code: string } & Readonly<Record<string, unknown>>

/** The answer to a request with an Idempotency-Key, which is its id. */
export interface KeptAnswer {
  readonly id: string
  readonly at: number
  readonly body: CoreBody
}
