import type { FastifyRequest } from 'fastify'
import { basicUser } from '../../midtrans/merchant-api/auth.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { Sandboxes } from '../../sandboxes.ts'
import { Problem } from './problem.ts'

/**
 * The sandbox that a request of the admin API speaks of: that of its server key (Basic auth, as for the Core API), that
 * of `?sandbox=` with a merchant_id, or the only one there is.
 */
export function whichSandbox(sandboxes: Sandboxes, { headers, query }: FastifyRequest): Sandbox {
  const { authorization } = headers
  // A bearer shows the admin token, and no key.
  if (authorization !== undefined && !/^Bearer /i.test(authorization)) return ofKey(sandboxes, authorization)
  const id = (query as { sandbox?: unknown }).sandbox
  if (Array.isArray(id)) throw new Problem(400, 'Which sandbox?', `Found sandbox= several times: ${id.join(', ')}`)
  const candidates = typeof id === 'string' ? sandboxes.ofMerchantId(id) : sandboxes.usual
  const [first, second] = candidates
  if (first && !second) return first
  const ids = sandboxes.usual.map(({ settings }) => settings.merchantId).slice(0, 20)
  const hint =
    'Name one by its server key as for the Core API (curl -u SERVER_KEY: ...), by ?sandbox=MERCHANT_ID, or in the command by --sandbox.'
  if (second) throw new Problem(409, 'Which sandbox?', `There are several: ${ids.join(', ')}`, hint)
  throw new Problem(
    404,
    'No such sandbox',
    ids.length === 0 ? 'No sandbox is open yet' : `Found ?sandbox=${id}, expected one of ${ids.join(', ')}`,
    ids.length === 0
      ? 'The first request with a server key opens one. Or name the key here: curl -u SERVER_KEY: ..., or in the command --sandbox SERVER_KEY.'
      : hint,
  )
}

function ofKey(sandboxes: Sandboxes, authorization: string): Sandbox {
  const key = basicUser(authorization)
  const sandbox = key ? sandboxes.ofServerKey(key) : undefined
  if (sandbox) return sandbox
  throw new Problem(
    401,
    'Unknown server key',
    'The user name in Authorization opens no sandbox',
    'Expected a server key such as SB-Mid-server-local as the user name of HTTP Basic, without password.',
  )
}
