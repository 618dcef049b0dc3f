import type { FastifyReply } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { Sandbox } from '../../sandbox.ts'
import type { Sandboxes } from '../../sandboxes.ts'

export type Query = Readonly<Record<string, string | undefined>>
/** `signal` is aborted when the client has gone away. */
export type Handler<Body> = (sandbox: Sandbox, body: Body, sandboxes: Sandboxes, signal: AbortSignal) => unknown

/** Registers endpoints that work on one sandbox. What a handler returns is the answer, once it is safe. */
export interface AdminApi {
  get(url: string, handler: (sandbox: Sandbox, query: Query, reply: FastifyReply) => unknown): void
  post<Body extends TSchema>(url: string, body: Body, handler: Handler<Static<Body>>): void
  post(url: string, body: undefined, handler: Handler<unknown>): void
  put<Body extends TSchema>(url: string, body: Body, handler: Handler<Static<Body>>): void
  patch<Body extends TSchema>(url: string, body: Body, handler: Handler<Static<Body>>): void
}
