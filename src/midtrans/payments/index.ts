import type { CoreApi } from '../core-api/request.ts'
import { cancel } from './cancel.ts'
import { capture } from './capture.ts'
import { charge } from './charge.ts'
import { expire } from './expire.ts'
import { status } from './status.ts'

/** Chapter "Payments" of the Core API. */
export function paymentEndpoints(api: CoreApi): void {
  charge(api)
  capture(api)
  cancel(api)
  expire(api)
  status(api)
}
