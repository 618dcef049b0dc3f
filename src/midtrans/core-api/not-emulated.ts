import { GatewayError } from '../errors.ts'
import type { MerchantApi } from '../merchant-api/request.ts'
import { type Routes, routeName } from '../merchant-api/routes.ts'

/** What Midtrans's Core API has and this emulator does not: an honest 501 beats a faked success. */
const missing = [
  ['GET', '/v2/token'],
  ['GET', '/v2/card/register'],
  // The forms keep an order_id of such a name apart: GET /v2/bins/status is a status.
  ['GET', '/v2/point_inquiry/:token_id(^[\\w-]{20,}$)'],
  ['GET', '/v2/bins/:bin(^\\d+$)'],
  ['GET', '/v1/bins/:bin(^\\d+$)'],
  ['POST', '/v2/qris/acquirer-refund'],
] as const

export function notEmulated(api: MerchantApi, routes: Routes): void {
  for (const [method, url] of missing) {
    api.route({
      method,
      url,
      config: { isMissing: true },
      handler: () => {
        const feature = `${routeName({ method, url })}. It has ${routes.emulated.join(', ')}`
        throw new GatewayError('not-emulated', { feature })
      },
    })
  }
}
