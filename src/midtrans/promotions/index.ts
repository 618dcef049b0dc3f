import type { MerchantApi } from '../merchant-api/request.ts'
import { promo } from './promo.ts'

/** Chapter "GoPay promotions" of the Core API. */
export function promotionEndpoints(api: MerchantApi): void {
  promo(api)
}
