import type { FastifyInstance } from 'fastify'
import type { Sandboxes } from '../../sandboxes.ts'
import { Problem } from '../admin/problem.ts'
import { keyProblem, shownSandbox } from '../admin/sandboxes.ts'
import { show } from './frame.ts'
import type { Told } from './told.ts'
import { baseOf, textsOf } from './visit.ts'

const mostListed = 200

/**
 * GET /dashboard: all sandboxes. POST /dashboard/open {server_key}: opens one, as the first request with its key would.
 */
export function home(app: FastifyInstance, sandboxes: Sandboxes, told: Told): void {
  app.get('/dashboard', async (request, reply) => {
    const { usual } = sandboxes
    return reply.view('dashboard/home.eta', {
      show,
      title: 'Sandboxes',
      note: told.get(textsOf(request.query).told),
      origin: `${request.protocol}://${request.host}`,
      total: usual.length,
      sandboxes: usual.slice(0, mostListed).map((sandbox) => ({
        ...shownSandbox(sandbox),
        href: baseOf(sandbox),
        now: sandbox.clock.now(),
        mode: sandbox.clock.mode,
      })),
    })
  })

  app.post('/dashboard/open', async (request, reply) => {
    const key = textsOf(request.body).server_key?.trim() ?? ''
    if (key === '') throw new Problem(400, 'Which key?', 'Found no server key.', 'Take any, e.g. SB-Mid-server-local.')
    const sandbox = sandboxes.ofServerKey(key)
    if (!sandbox) throw keyProblem(sandboxes.objectionTo([key]))
    await sandbox.settled()
    return reply.redirect(baseOf(sandbox), 303)
  })
}
