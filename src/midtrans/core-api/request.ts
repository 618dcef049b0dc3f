import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SandboxDoor } from '../world.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The sandbox of the request's server key; undefined until it is authenticated. */
    sandbox: SandboxDoor | undefined
  }
}

/** A Fastify instance whose schemas give the types of their handlers. */
export type CoreApi = FastifyInstance<
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

/** Where the merchant reached us: links in answers begin with it. */
export const originOf = (request: FastifyRequest): string => `${request.protocol}://${request.host}`
