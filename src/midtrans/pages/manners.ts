import formbody from '@fastify/formbody'
import type { FastifyError, FastifyInstance } from 'fastify'
import { watch } from '../merchant-api/request-log.ts'
import { isForeign, pageHeaders } from './headers.ts'
import { endingView } from './view.ts'

/** What all pages of payers share: forms, headers, the journal, and what is shown where something is wrong. */
export function pageManners(app: FastifyInstance): void {
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
}
