import type { FastifyRequest } from 'fastify'
import { pathOf } from '../../pages/address.ts'

/** What an address of the Snap page keeps; what GoPay's pages have put there on the way back is not. */
const kept = ['lang', 'frame', 'client_key', 'sandbox'] as const

/**
 * Parameters for one look only. waiting: the page asks by itself how it stands. onward: it leads on to GoPay's page, once
 * it has told the merchant's page that a payment was begun.
 */
type Once = 'waiting' | 'onward'

/** The address of the Snap page that a request stands on. */
export function snapAddress(request: FastifyRequest, once?: Once): string {
  const query = request.query as Readonly<Record<string, unknown>>
  const parameters = new URLSearchParams()
  for (const name of kept) {
    const value = query[name]
    if (typeof value === 'string') parameters.set(name, value)
  }
  if (once) parameters.set(once, '')
  return parameters.size === 0 ? pathOf(request) : `${pathOf(request)}?${parameters}`
}

/** Where the page is followed. */
export const eventsAddress = (request: FastifyRequest): string =>
  snapAddress(request).replace(pathOf(request), `${pathOf(request)}/events`)

const has = ({ query }: FastifyRequest, name: string): boolean =>
  typeof (query as Readonly<Record<string, unknown>>)[name] === 'string'

/** Whether it stands in a frame of snap.js. */
export const isFramed = (request: FastifyRequest): boolean => has(request, 'frame')

export const leadsOnward = (request: FastifyRequest): boolean => has(request, 'onward')

/** The client key of the page that has loaded snap.js; empty: it named none, or it is no frame of snap.js. */
export function namedClientKey({ query }: FastifyRequest): string {
  const { client_key } = query as { readonly client_key?: unknown }
  return typeof client_key === 'string' ? client_key.slice(0, 255) : ''
}
