import type { CoreApi } from '../core-api/request.ts'
import { promo } from './promo.ts'

/** Chapter "GoPay promotions" of the Core API. */
export function promotionEndpoints(api: CoreApi): void {
  promo(api)
}
