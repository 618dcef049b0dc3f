import type { FastifyRequest } from 'fastify'
import { addressOf } from '../../pages/address.ts'

/** What an address of the Snap page keeps; what GoPay's pages have put there on the way back is not. */
const kept = new Set(['lang', 'frame', 'client_key'])

/** The address of the Snap page that a request stands on. */
export function snapAddress(request: FastifyRequest, more: Parameters<typeof addressOf>[1] = {}): string {
  const [path = '', query = ''] = addressOf(request, more).split('?')
  const parameters = [...new URLSearchParams(query)].filter(([name]) => kept.has(name) || name in more)
  return parameters.length === 0 ? path : `${path}?${new URLSearchParams(parameters)}`
}

/** Whether it stands in a frame of snap.js. */
export const isFramed = ({ query }: FastifyRequest): boolean => typeof (query as Query).frame === 'string'

/** The client key of the page that has loaded snap.js; undefined: it named none, or it was no frame of snap.js. */
export function clientKeyOf({ query }: FastifyRequest): string | undefined {
  const { client_key } = query as Query
  return typeof client_key === 'string' && client_key !== '' ? client_key : undefined
}

interface Query {
  readonly frame?: unknown
  readonly client_key?: unknown
}
