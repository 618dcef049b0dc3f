import type { FastifyInstance } from 'fastify'
import { type Feed, Listeners, message } from '../../midtrans/event-stream.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { Sandboxes } from '../../sandboxes.ts'
import { Problem } from '../admin/problem.ts'
import { visitOf } from './visit.ts'

const mostStreams = 200
/** Nobody sees more than this, however much happens. */
const msBetween = 250

/** GET /dashboard/{merchant_id}/events: tells, as server-sent events, that something has changed. What, the page asks itself. */
export function events(app: FastifyInstance, sandboxes: Sandboxes): void {
  const listeners = new Listeners(mostStreams)
  app.get('/dashboard/:sandbox/events', async (request, reply) => {
    const { sandbox } = visitOf(request, sandboxes)
    if (listeners.isFull('dashboard')) throw new Problem(503, 'Too many', `${mostStreams} pages are open already`)
    return reply.send(listeners.listen('dashboard', reply, feedOf(sandbox)))
  })
}

function feedOf(sandbox: Sandbox): Feed {
  const { watchers } = sandbox
  let seen = watchers.version
  const isNews = () => watchers.version !== seen
  return {
    of: sandbox,
    retryMs: 1_000,
    msBetween,
    isNews,
    *tell() {
      // The page has just been shown as it is.
      if (!isNews()) return
      seen = watchers.version
      yield message('now', { event: 'changed' })
    },
    isOver: () => sandbox.isGone,
  }
}
