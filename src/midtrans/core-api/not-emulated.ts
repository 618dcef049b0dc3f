import { GatewayError } from '../errors.ts'
import type { CoreApi } from './request.ts'

/** What Midtrans's Core API has and this emulator does not have yet: an honest 501 beats a faked success. */
const missing = [
  ['POST', '/v2/:id/refund'],
  ['POST', '/v2/:id/refund/online/direct'],
  ['POST', '/v2/:id/approve'],
  ['POST', '/v2/:id/deny'],
  ['GET', '/v2/:id/status/b2b'],
  ['GET', '/v2/gopay/promo/:accountId'],
  ['GET', '/v2/token'],
  ['GET', '/v2/card/register'],
  ['GET', '/v2/point_inquiry/:tokenId'],
] as const

export function notEmulated(api: CoreApi): void {
  for (const [method, url] of missing) {
    api.route({
      method,
      url,
      handler: () => {
        throw new GatewayError('not-emulated', { feature: `${method} ${url}` })
      },
    })
  }
}
