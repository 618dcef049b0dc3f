import type { FastifyInstance } from 'fastify'
import type { Sandboxes } from '../sandboxes.ts'

interface HealthOptions {
  readonly sandboxes: Sandboxes
  readonly hasDashboard: boolean
  readonly endpoints: () => readonly string[]
}

/** Whoever watches it may ask for no body. */
const about = (summary: string) => ({ config: { plain: { summary } }, exposeHeadRoute: true })

/**
 * GET /livez: the process answers. GET /readyz: everything kept is loaded. GET /: where to go from here; a browser is
 * taken to the dashboard.
 */
export function health(
  app: FastifyInstance,
  { sandboxes, hasDashboard, endpoints }: HealthOptions,
  done: () => void,
): void {
  app.get('/livez', about('Answers as long as the process does'), () => ({ status: 'ok' }))
  // The server listens only after all sandboxes have been loaded, so whoever gets an answer may go on.
  app.get(
    '/readyz',
    about('Whether everything that was kept is loaded, and can be written'),
    async (_request, reply) => {
      try {
        await sandboxes.settled()
        return { status: 'ok', sandboxes: sandboxes.all.length }
      } catch (error) {
        return reply.code(503).send({ status: 'failing', reason: `the data folder cannot be written: ${error}` })
      }
    },
  )
  app.get('/', about('Where to go from here; a browser is taken to the dashboard'), (request, reply) => {
    reply.header('vary', 'accept')
    if (hasDashboard && request.headers.accept?.includes('text/html')) return reply.redirect('/dashboard', 303)
    const origin = `${request.protocol}://${request.host}`
    return {
      name: 'midtrans-emulator',
      core_api: `${origin}/v2`,
      server_key: 'any that looks like one, e.g. SB-Mid-server-local',
      ...(hasDashboard && {
        admin_api: `${origin}/__admin`,
        dashboard: `${origin}/dashboard`,
        openapi: { core_api: `${origin}/__admin/core-api.openapi.json`, admin_api: `${origin}/__admin/openapi.json` },
      }),
      endpoints: endpoints(),
    }
  })
  done()
}
