import type { FastifyError, FastifyInstance } from 'fastify'
import type { TSchema } from 'typebox'
import type { Sandboxes } from '../../sandboxes.ts'
import { accounts } from './accounts.ts'
import type { AdminApi, Handler, Query } from './admin-api.ts'
import { clock } from './clock.ts'
import { expect } from './expect.ts'
import { gate } from './gate.ts'
import { ledger } from './ledger.ts'
import { notifications } from './notifications.ts'
import { foreignRequest } from './own-host.ts'
import { payers } from './payers.ts'
import { answerProblem, Problem } from './problem.ts'
import { quirks } from './quirks.ts'
import { reset } from './reset.ts'
import { rules } from './rules.ts'
import { listSandboxes } from './sandboxes.ts'
import { settings } from './settings.ts'
import { signature } from './signature.ts'
import { whichSandbox } from './which-sandbox.ts'

/** /__admin: how the emulator is driven. */
export function adminApi(
  app: FastifyInstance,
  { sandboxes, adminHosts }: { sandboxes: Sandboxes; adminHosts: readonly string[] },
  done: () => void,
): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, parsed) => {
    try {
      parsed(null, text === '' ? undefined : JSON.parse(String(text)))
    } catch {
      parsed(new Problem(400, 'Not JSON', 'The body is not JSON'))
    }
  })
  app.addHook('onRequest', (request, _reply, next) => next(foreignRequest(request, adminHosts)))
  app.setErrorHandler<FastifyError | Problem>(answerProblem)

  const endpoint = (method: string) => (url: string, body: TSchema | undefined, handler: Handler<never>) => {
    app.route({
      method,
      url,
      ...(body && { schema: { body } }),
      handler: async (request, reply) => {
        const sandbox = whichSandbox(sandboxes, request)
        const gone = new AbortController()
        reply.raw.once('close', () => gone.abort())
        // The schema above has checked the body.
        const answer = await handler(sandbox, request.body as never, sandboxes, gone.signal)
        await sandbox.settled()
        return answer
      },
    })
  }
  const api: AdminApi = {
    get: (url, handler) => {
      app.get(url, async (request, reply) => {
        const sandbox = whichSandbox(sandboxes, request)
        sandbox.catchUp()
        await sandbox.settled()
        return handler(sandbox, request.query as Query, reply)
      })
    },
    post: endpoint('POST'),
    put: endpoint('PUT'),
    patch: endpoint('PATCH'),
  }
  clock(api)
  settings(api)
  quirks(api)
  rules(api)
  notifications(api)
  gate(api)
  expect(api)
  signature(api)
  ledger(api)
  payers(api)
  accounts(api)
  reset(api)
  listSandboxes(app, sandboxes)
  done()
}
