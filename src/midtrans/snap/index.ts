import type { FastifyInstance } from 'fastify'
import type { Dialect } from '../merchant-api/dialect.ts'
import { type MerchantApiOptions, merchantApi } from '../merchant-api/index.ts'
import type { MerchantApi } from '../merchant-api/request.ts'
import { cancel } from './cancel.ts'
import { create } from './create.ts'
import { preferencesDialect, snapDialect } from './dialect.ts'
import { preferences } from './preferences.ts'
import { userAccount } from './user-account.ts'

/** The Snap API: sessions on the hosted page, linked accounts of its customers, and how the page is set up. */
export function snapApi(app: FastifyInstance, options: MerchantApiOptions, done: () => void): void {
  inDialect(app, options, snapDialect, [create, cancel, userAccount])
  inDialect(app, options, preferencesDialect, [preferences])
  done()
}

type Endpoint = (api: MerchantApi) => void

function inDialect(
  app: FastifyInstance,
  options: MerchantApiOptions,
  dialect: Dialect,
  endpoints: readonly Endpoint[],
): void {
  app.register((scope, _options, done) => {
    const api = merchantApi(scope, options, dialect)
    api.addHook('preValidation', (request, _reply, next) => {
      // A body that says nothing lacks whatever is required.
      if (request.method !== 'GET') request.body ??= {}
      next()
    })
    for (const endpoint of endpoints) endpoint(api)
    done()
  })
}
