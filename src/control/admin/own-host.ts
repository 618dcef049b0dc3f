import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { Problem } from './problem.ts'

/**
 * Why a request may come from a page of another site that is open in the developer's browser; undefined where it may
 * not. Such a page sends its own Origin; or, with a name that it makes point to this machine (DNS rebinding), its own
 * Host. The admin API asks for no key, so it answers only under names that no such site can have.
 */
export function foreignRequest(request: FastifyRequest, ownHosts: readonly string[]): Problem | undefined {
  const { method, headers } = request
  const url = URL.parse(`http://${headers.host}`)
  const host = url?.hostname ?? ''
  if (!isOwnHost(host) && !ownHosts.includes(host) && !ownHosts.includes(url?.host ?? '')) {
    const hint = `To reach the admin API under this name, start with --admin-hosts ${host}.`
    return new Problem(
      403,
      'Another host',
      `Found the host ${host}, expected localhost, an address or a local name`,
      hint,
    )
  }
  const { origin } = headers
  if (method === 'GET' || origin === undefined || URL.parse(origin)?.host === headers.host) return undefined
  return new Problem(403, 'Another origin', `Found a request from a page of ${origin}, expected one of ${headers.host}`)
}

/** Addresses, localhost, and names without a dot or below .internal: those of containers and their hosts. */
function isOwnHost(host: string): boolean {
  if (isIP(host.replace(/^\[|\]$/g, '')) > 0) return true
  return host !== '' && (!host.includes('.') || host.endsWith('.localhost') || host.endsWith('.internal'))
}
