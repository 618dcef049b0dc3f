import formbody from '@fastify/formbody'
import type { FastifyError, FastifyInstance } from 'fastify'
import { watch } from '../core-api/request-log.ts'
import type { SandboxFinder } from '../world.ts'
import { accountPage } from './account.ts'
import { links } from './links.ts'
import { plainGopay } from './plain-gopay.ts'
import { sessions } from './sessions.ts'
import { endingView } from './view.ts'

/**
 * No scripts, no frames. form-action is left open on purpose: browsers apply it to the redirect after a form, too, and
 * that leads to the merchant.
 */
const contentSecurityPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"

const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

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
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode && error.statusCode < 500 ? error.statusCode : 500
    if (status === 500) request.log.error(error)
    return reply.code(status).view('pages/ending.eta', endingView('broken'))
  })
  links(app, sandboxes)
  sessions(app, sandboxes)
  plainGopay(app, sandboxes)
  accountPage(app, sandboxes)
  done()
}
