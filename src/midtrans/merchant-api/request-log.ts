import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Arrival, bounded, type Exchange } from '../../engine/exchange.ts'
import { newId } from '../../engine/ids.ts'
import { realNow } from '../../engine/time/clock.ts'
import type { SandboxDoor, SandboxFinder } from '../world.ts'
import { basicUser } from './auth.ts'
import { headerText } from './headers.ts'
import { operationOf } from './operation.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Its place in the journal of a sandbox; undefined where it belongs to none. */
    noted: { readonly exchange: Exchange; readonly sandbox: SandboxDoor } | undefined
  }
}

/** Gives a request its id, and sees to it that its end is written down, whatever it is. */
export function watch(request: FastifyRequest, reply: FastifyReply): void {
  const response = reply.raw
  request.marks = { requestId: newId() }
  // Not a hook of Fastify's: those say nothing of a connection that breaks.
  response.once('close', () => {
    if (!request.noted) return
    const { exchange, sandbox } = request.noted
    const location = reply.getHeader('location')
    sandbox.noteEnd(exchange, {
      at: sandbox.clock.now(),
      status: response.headersSent ? response.statusCode : undefined,
      location: location === undefined ? undefined : bounded(String(location), mostOfLine),
      tookMs: realNow() - exchange.realAt,
      hasLeft: response.writableFinished,
    })
  })
}

/** Writes down a request that is watched: as it comes, it stands before all that it does. */
export function note(
  request: FastifyRequest,
  sandbox: SandboxDoor,
  from: Arrival['from'],
  about: Arrival['about'],
): void {
  const { method, url, headers, marks, routeOptions } = request
  const exchange = sandbox.note({
    id: marks.requestId,
    from,
    method,
    url: bounded(url, mostOfLine),
    operation: operationOf(method, routeOptions.url),
    headers: whatMatters(headers),
    about,
    marks,
  })
  request.noted = { exchange, sandbox }
}

/** Notes a request that opens no sandbox, where its key has one already. */
export function noteIfKnown(request: FastifyRequest, sandboxes: SandboxFinder): void {
  const key = basicUser(request.headers.authorization)
  const sandbox = key === undefined ? undefined : sandboxes.known(key)
  if (sandbox) note(request, sandbox, 'merchant', paramsOf(request))
}

/** What the path of a request names. All parameters are texts; where no route was found, there are none. */
export const paramsOf = ({ params }: FastifyRequest): Arrival['about'] => (params ?? {}) as Arrival['about']

/** Keeps the body of a request that is noted. */
export function keepBody({ noted }: FastifyRequest, text: string): void {
  if (noted && text !== '') noted.exchange.body = bounded(text)
}

/** Keeps the answer to a request, if it is noted, and hands it on. */
export function keptAnswer({ noted }: FastifyRequest, text: string): string {
  if (noted) noted.exchange.answer = bounded(text)
  return text
}

const mostOfLine = 2_000
const mattering = new Set([
  'content-type',
  'idempotency-key',
  'x-override-notification',
  'x-append-notification',
  'x-payment-locale',
  'user-agent',
])

/** The headers that change an answer, or tell who asks; none that lets anybody in. */
function whatMatters(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name in headers) {
    const isOurs = name.startsWith('x-emulator-') && name !== 'x-emulator-admin-token'
    if (isOurs || mattering.has(name)) kept[name] = bounded(headerText(headers, name), mostOfLine)
  }
  return kept
}
