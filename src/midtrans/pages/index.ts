import formbody from '@fastify/formbody'
import type { FastifyError, FastifyInstance } from 'fastify'
import { watch } from '../merchant-api/request-log.ts'
import type { SandboxFinder } from '../world.ts'
import { accountPage } from './account.ts'
import { events } from './events.ts'
import { isForeign, pageHeaders } from './headers.ts'
import { links } from './links.ts'
import { plainGopay } from './plain-gopay.ts'
import { sessions } from './sessions.ts'
import { endingView } from './view.ts'

/** What the payer sees: the links in the merchant's answers, and the pages behind them. */
export function pages(app: FastifyInstance, { sandboxes }: { sandboxes: SandboxFinder }, done: () => void): void {
  app.register(formbody, { bodyLimit: 16_384 })
  app.decorateRequest('marks')
  app.decorateRequest('noted')
  app.addHook('onRequest', (request, reply, next) => {
    watch(request, reply)
    reply.headers(pageHeaders)
    next()
  })
  app.addHook('onRequest', async (request, reply) => {
    if (!isForeign(request)) return
    return reply.code(403).view('pages/ending.eta', endingView(request, 'foreign'))
  })
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode && error.statusCode < 500 ? error.statusCode : 500
    if (status === 500) request.log.error(error)
    return reply.code(status).view('pages/ending.eta', endingView(request, 'broken'))
  })
  links(app, sandboxes)
  sessions(app, sandboxes)
  plainGopay(app, sandboxes)
  events(app, sandboxes)
  accountPage(app, sandboxes)
  done()
}
