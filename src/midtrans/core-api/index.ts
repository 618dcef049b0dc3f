import type { FastifyInstance } from 'fastify'
import { accountEndpoints } from '../accounts/index.ts'
import { type MerchantApiOptions, merchantApi } from '../merchant-api/index.ts'
import { paymentEndpoints } from '../payments/index.ts'
import { promotionEndpoints } from '../promotions/index.ts'
import { coreDialect } from './dialect.ts'
import { notEmulated } from './not-emulated.ts'

/** The Core API: all endpoints of /v2. */
export function coreApi(app: FastifyInstance, options: MerchantApiOptions, done: () => void): void {
  const api = merchantApi(app, options, coreDialect)
  accountEndpoints(api)
  promotionEndpoints(api)
  paymentEndpoints(api)
  notEmulated(api, options.routes)
  done()
}
