import type { FastifyInstance } from 'fastify'
import { pause } from '../../engine/time/pause.ts'
import type { Sandboxes } from '../../sandboxes.ts'
import { Problem } from '../admin/problem.ts'
import { visitOf } from './visit.ts'

/** So that forgotten tabs cannot take all connections. */
const mostStreams = 200
/** Nobody sees more than this, however much happens. */
const msBetween = 250
const heartbeatMs = 15_000

/** GET /dashboard/{merchant_id}/events: tells, as server-sent events, that something has changed. What, the page asks itself. */
export function events(app: FastifyInstance, sandboxes: Sandboxes): void {
  let open = 0
  app.get('/dashboard/:sandbox/events', async (request, reply) => {
    const { sandbox } = visitOf(request, sandboxes)
    if (open >= mostStreams) throw new Problem(503, 'Too many', `${mostStreams} pages are open already`)
    open++
    const gone = new AbortController()
    const { raw } = reply
    raw.once('close', () => {
      open--
      gone.abort()
    })
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value)
    raw.setHeader('content-type', 'text/event-stream')
    raw.write('retry: 1000\n\n')
    let seen = sandbox.watchers.version
    while (!gone.signal.aborted && !sandbox.isGone) {
      const hasChanged = await sandbox.watchers.until(() => sandbox.watchers.version !== seen, heartbeatMs, gone.signal)
      seen = sandbox.watchers.version
      // A tab that does not read does not fill the memory.
      if (!raw.writableNeedDrain) raw.write(hasChanged ? 'event: changed\ndata: now\n\n' : ': still here\n\n')
      await pause(msBetween, gone.signal)
    }
    raw.end()
  })
}
