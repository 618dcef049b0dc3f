/** A button: what it says, and the call of an API that it stands for. */
export interface Button {
  readonly label: string
  /** Its data-testid, part of the contract in docs/dashboard.md. */
  readonly testId: string
  readonly method: Method
  /** Under /__admin, or under an API for merchants: then the merchant calls. */
  readonly path: string
  /** What the form around it does not ask for. */
  readonly body?: object
  /** The page to go on to, in which `{name}` is a field of the answer. Without it: the page where the button stands. */
  readonly next?: string
  /** Why it cannot be pressed now. */
  readonly why?: string | undefined
  readonly tone?: 'primary' | 'danger'
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

const buttonOf =
  (api: string) =>
  (label: string, testId: string, path: string, more: Partial<Omit<Button, 'path'>> = {}): Button => ({
    label,
    testId,
    method: 'POST',
    path: path === '' ? api : `${api}/${path}`,
    ...more,
  })

/** One that calls the admin API. */
export const adminButton = buttonOf('/__admin')

/** One with which the merchant calls the Core API. */
export const merchantButton = buttonOf('/v2')

/** Those with which the merchant calls the other APIs. */
export const subscriptionButton = buttonOf('/v1/subscriptions')
export const snapButton = buttonOf('/snap/v1/transactions')
