import type { FastifyInstance } from 'fastify'
import { type MerchantApiOptions, merchantApi } from '../merchant-api/index.ts'
import { cancel } from './cancel.ts'
import { create } from './create.ts'
import { subscriptionDialect } from './dialect.ts'
import { disable } from './disable.ts'
import { enable } from './enable.ts'
import { get } from './get.ts'
import { update } from './update.ts'

/** The Subscription API: all endpoints of /v1/subscriptions. */
export function subscriptionApi(app: FastifyInstance, options: MerchantApiOptions, done: () => void): void {
  const api = merchantApi(app, options, subscriptionDialect)
  create(api)
  get(api)
  disable(api)
  enable(api)
  cancel(api)
  update(api)
  done()
}
