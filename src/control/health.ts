import type { FastifyInstance } from 'fastify'
import type { Sandboxes } from '../sandboxes.ts'

/** GET /livez: the process answers. GET /readyz: everything kept is loaded. GET /: where to go from here. */
export function health(
  app: FastifyInstance,
  { sandboxes, endpoints }: { sandboxes: Sandboxes; endpoints: () => readonly string[] },
  done: () => void,
): void {
  app.get('/livez', () => ({ status: 'ok' }))
  // The server listens only after all sandboxes have been loaded, so whoever gets an answer may go on.
  app.get('/readyz', async (_request, reply) => {
    try {
      await sandboxes.settled()
      return { status: 'ok', sandboxes: sandboxes.all.length }
    } catch (error) {
      return reply.code(503).send({ status: 'failing', reason: `the data folder cannot be written: ${error}` })
    }
  })
  app.get('/', (request) => {
    const origin = `${request.protocol}://${request.host}`
    return {
      name: 'midtrans-emulator',
      core_api: `${origin}/v2`,
      server_key: 'any that looks like one, e.g. SB-Mid-server-local',
      admin_api: `${origin}/__admin`,
      endpoints: endpoints(),
    }
  })
  done()
}
