import type { MerchantApi } from '../merchant-api/request.ts'
import { approve } from './approve.ts'
import { b2b } from './b2b.ts'
import { cancel } from './cancel.ts'
import { capture } from './capture.ts'
import { charge } from './charge.ts'
import { deny } from './deny.ts'
import { expire } from './expire.ts'
import { refund } from './refund.ts'
import { status } from './status.ts'

/** Chapter "Payments" of the Core API. */
export function paymentEndpoints(api: MerchantApi): void {
  charge(api)
  capture(api)
  cancel(api)
  expire(api)
  refund(api)
  approve(api)
  deny(api)
  status(api)
  b2b(api)
}
