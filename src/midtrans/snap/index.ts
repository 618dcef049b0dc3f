import type { FastifyInstance } from 'fastify'
import { type MerchantApiOptions, merchantApi } from '../merchant-api/index.ts'
import { cancel } from './cancel.ts'
import { create } from './create.ts'
import { snapDialect } from './dialect.ts'
import { preferences } from './preferences.ts'
import { userAccount } from './user-account.ts'

/** The Snap API: sessions on the hosted page, linked accounts of its customers, and how the page is set up. */
export function snapApi(app: FastifyInstance, options: MerchantApiOptions, done: () => void): void {
  const api = merchantApi(app, options, snapDialect)
  api.addHook('preValidation', (request, _reply, next) => {
    // A body that says nothing lacks whatever is required.
    if (request.method !== 'GET') request.body ??= {}
    next()
  })
  create(api)
  cancel(api)
  userAccount(api)
  preferences(api)
  done()
}
