import type { MerchantApi } from '../merchant-api/request.ts'
import { create } from './create.ts'
import { get } from './get.ts'
import { unbind } from './unbind.ts'

/** Chapter "GoPay Tokenization: linking" of the Core API. */
export function accountEndpoints(api: MerchantApi): void {
  create(api)
  get(api)
  unbind(api)
}
