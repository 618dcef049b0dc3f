import { timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { Problem } from './problem.ts'

/** Who may drive the emulator. */
export interface AdminAccess {
  /** Names, besides local ones, under which the admin API answers. */
  readonly hosts: readonly string[]
  /** What every request has to show; empty: nothing. */
  readonly token: string
}

/** Why a request may not drive the emulator; undefined: it may. */
export const refusalOf = (request: FastifyRequest, { hosts, token }: AdminAccess): Problem | undefined =>
  foreignRequest(request, hosts) ?? withoutToken(request, token)

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
export function isOwnHost(name: string): boolean {
  // "localhost." is the same name.
  const host = name.replace(/\.$/, '')
  if (isIP(host.replace(/^\[|\]$/g, '')) > 0) return true
  return host !== '' && (!host.includes('.') || host.endsWith('.localhost') || host.endsWith('.internal'))
}

/** The token that a request shows. */
export function shownToken({ authorization, 'x-emulator-admin-token': own }: FastifyRequest['headers']) {
  return typeof own === 'string' ? own : /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
}

/** Basic auth names a sandbox, so a token that goes along with it needs a header of its own. */
function withoutToken({ headers }: FastifyRequest, token: string): Problem | undefined {
  if (token === '') return undefined
  const shown = shownToken(headers)
  if (shown !== undefined && isSame(shown, token)) return undefined
  return new Problem(
    401,
    'No admin token',
    `Found ${shown === undefined ? 'no token' : 'another token'}, expected the one that the emulator was started with`,
    'Send it as X-Emulator-Admin-Token, or as Authorization: Bearer where no server key is needed.',
  )
}

/** Takes the same time wherever they differ. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
