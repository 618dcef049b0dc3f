import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type GatewayError, invalidAll } from '../errors.ts'
import type { Settings } from '../settings.ts'
import type { SandboxDoor } from '../world.ts'
import { validationMessages } from './validation.ts'

/** What the emulator did to a request: told by its headers and its log. */
export interface Marks {
  /** Its id in the journal. */
  readonly requestId: string
  /** The sentence of the rule that decided. */
  rule?: string
  /** What broke the transport, and when. */
  fault?: string
}

declare module 'fastify' {
  interface FastifyRequest {
    marks: Marks
    /** Why the body could not be read. */
    bodyFault: GatewayError | undefined
    /** The sandbox of the request's server key; undefined until it is authenticated. */
    sandbox: SandboxDoor | undefined
  }
}

/** A Fastify instance whose schemas give the types of their handlers. */
export type MerchantApi = FastifyInstance<
  FastifyInstance['server'],
  FastifyRequest['raw'],
  FastifyReply['raw'],
  FastifyInstance['log'],
  TypeBoxTypeProvider
>

/** The sandbox of a request that has passed authentication. */
export function sandboxOf({ sandbox }: FastifyRequest): SandboxDoor {
  if (!sandbox) throw new Error('an endpoint was reached without authentication')
  return sandbox
}

/** The body of a request whose route lets faults pass, so that what goes before them (an Idempotency-Key) can. */
export function checkedBody<Body>({
  body,
  validationError,
}: {
  body: Body
  validationError?: FastifyRequest['validationError']
}): Body {
  if (validationError?.validation) throw invalidAll(validationMessages(validationError.validation))
  return body
}

/**
 * What links in answers begin with: what was set for it, or where the merchant reached us. What is no origin, in headers
 * of a proxy, is not used.
 */
export function originOf(request: FastifyRequest, { publicUrl }: Pick<Settings, 'publicUrl'>): string {
  if (publicUrl !== '') return publicUrl
  const claimed = `${request.protocol}://${request.host}`
  return /^https?:\/\/(?:[\w.-]{1,253}|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(claimed)
    ? claimed
    : `http://localhost:${request.socket.localPort}`
}
