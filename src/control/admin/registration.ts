import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import type { Sandbox } from '../../sandbox.ts'
import type { Sandboxes } from '../../sandboxes.ts'
import type { About, AdminApi, Call, Handler, Method, ProcessApi, Query } from './admin-api.ts'
import { whichSandbox } from './which-sandbox.ts'

/** An endpoint as it was registered. */
export interface RegisteredEndpoint {
  readonly method: Method
  readonly url: string
  readonly about: About<TSchema>
  /** Whether it works on one sandbox. */
  readonly isOfSandbox: boolean
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const satisfies readonly Method[]

/** How the nouns of the admin API become routes, which are noted in `endpoints`. */
export function registration(
  app: FastifyInstance,
  sandboxes: Sandboxes,
  endpoints: RegisteredEndpoint[],
): { api: AdminApi; ofAll: ProcessApi } {
  const registerIn =
    <Scope>(isOfSandbox: boolean, scopeOf: (request: FastifyRequest) => Scope, safe: (scope: Scope) => unknown) =>
    (method: Method) =>
    (url: string, about: About<TSchema>, handler: Handler<Scope, never>) => {
      endpoints.push({ method, url, about, isOfSandbox })
      app.route({
        method,
        url,
        ...(about.body && { schema: { body: about.body } }),
        ...(about.bodyLimit !== undefined && { bodyLimit: about.bodyLimit }),
        handler: async (request, reply) => {
          const scope = scopeOf(request)
          const gone = new AbortController()
          reply.raw.once('close', () => gone.abort())
          const answer = await handler(scope, {
            // The schema above has checked the body.
            body: request.body as never,
            // Fastify's own: texts by name, but lists where a name comes twice.
            query: request.query as Query,
            params: request.params as Call['params'],
            sandboxes,
            reply,
            signal: gone.signal,
          })
          await safe(scope)
          return answer
        },
      })
    }

  const ofSandbox = registerIn<Sandbox>(
    true,
    (request) => {
      const sandbox = whichSandbox(sandboxes, request)
      sandbox.time.catchUp()
      return sandbox
    },
    (sandbox) => sandbox.settled(),
  )
  const ofProcess = registerIn<Sandboxes>(
    false,
    () => sandboxes,
    () => sandboxes.settled(),
  )
  const each = <Register>(register: (method: Method) => Register) =>
    Object.fromEntries(methods.map((method) => [method, register(method)])) as Record<Method, Register>
  return { api: each(ofSandbox), ofAll: each(ofProcess) }
}
