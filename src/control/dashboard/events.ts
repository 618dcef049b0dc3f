import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { pause } from '../../engine/time/pause.ts'
import type { Sandbox } from '../../sandbox.ts'
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
  // A HEAD request would wait for the end of a stream.
  const options = { exposeHeadRoute: false }
  app.get('/dashboard/:sandbox/events', options, async (request, reply) => {
    const { sandbox } = visitOf(request, sandboxes)
    if (open >= mostStreams) throw new Problem(503, 'Too many', `${mostStreams} pages are open already`)
    open++
    const gone = new AbortController()
    reply.raw.once('close', () => {
      open--
      gone.abort()
    })
    reply.headers({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' })
    return reply.send(Readable.from(messages(sandbox, gone.signal)))
  })
}

async function* messages(sandbox: Sandbox, gone: AbortSignal) {
  const { watchers } = sandbox
  yield 'retry: 1000\n\n'
  let seen = watchers.version
  while (!gone.aborted && !sandbox.isGone) {
    const hasChanged = await watchers.until(() => watchers.version !== seen, heartbeatMs, gone)
    seen = watchers.version
    yield hasChanged ? 'event: changed\ndata: now\n\n' : ':\n\n'
    await pause(msBetween, gone)
  }
}
