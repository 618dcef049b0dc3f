import type { FastifyRequest } from 'fastify'

/** What rules, the journal and people call the endpoints of the Core API, by method and route. */
export const operationNames = {
  'POST /v2/pay/account': 'link',
  'GET /v2/pay/account/:account_id': 'account',
  'POST /v2/pay/account/:account_id/unbind': 'unbind',
  'GET /v2/gopay/promo/:account_id': 'promo',
  'POST /v2/charge': 'charge',
  'POST /v2/capture': 'capture',
  'POST /v2/:id/cancel': 'cancel',
  'POST /v2/:id/expire': 'expire',
  'POST /v2/:id/refund': 'refund',
  'POST /v2/:id/refund/online/direct': 'refund',
  'POST /v2/:id/approve': 'approve',
  'POST /v2/:id/deny': 'deny',
  'GET /v2/:id/status': 'status',
  'GET /v2/:id/status/b2b': 'b2b',
} as const

export type OperationName = (typeof operationNames)[keyof typeof operationNames]

const byRoute: Readonly<Record<string, OperationName>> = operationNames

/** Undefined: no endpoint of ours was asked. */
export const operationOf = ({ method, routeOptions }: FastifyRequest): OperationName | undefined =>
  byRoute[`${method} ${routeOptions.url}`]
