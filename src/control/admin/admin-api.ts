import type { FastifyReply } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { Sandbox } from '../../sandbox.ts'
import type { Sandboxes } from '../../sandboxes.ts'

export type Query = Readonly<Record<string, string | undefined>>

/** One request of the admin API. */
export interface Call<Body = unknown> {
  readonly body: Body
  readonly query: Query
  readonly params: Readonly<Record<string, string>>
  readonly sandboxes: Sandboxes
  readonly reply: FastifyReply
  /** Aborted when the client has gone away. */
  readonly signal: AbortSignal
}

/** What an endpoint says of itself; `GET /__admin/openapi.json` is made of it. */
export interface About<Body extends TSchema> {
  /** One sentence that tells a stranger when to use it. */
  readonly summary: string
  /**
   * A body that does something in the sandbox of scripts/docs/prepared.ts, where order-1 is paid and order-2 waits for
   * the payer. A text in capitals stands for what an earlier answer has told.
   */
  readonly example?: unknown
  /** What stands in the place of each `:name` of the address, and an example. */
  readonly params?: Readonly<Record<string, readonly [about: string, example: string]>>
  /** Checked before the handler; absent: the body is not looked at. */
  readonly body?: Body
  /** The longest body, in bytes, where it is another one than everywhere else. */
  readonly bodyLimit?: number
  /** What it answers with, where that is no JSON. */
  readonly type?: string
  /** What each query parameter means, besides `sandbox`. */
  readonly query?: Readonly<Record<string, string>>
}

/** What a handler returns is the answer, once it is safe. A Problem that it throws is one, too. */
export type Handler<Scope, Body> = (scope: Scope, call: Call<Body>) => unknown

type Register<Scope> = <Body extends TSchema>(
  url: string,
  about: About<Body>,
  handler: Handler<Scope, Static<Body>>,
) => void

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** Registers endpoints that work on one sandbox: that of the server key, of `?sandbox=`, or the only one. */
export type AdminApi = Readonly<Record<Method, Register<Sandbox>>>

/** Registers endpoints that work on all sandboxes. */
export type ProcessApi = Readonly<Record<Method, Register<Sandboxes>>>
