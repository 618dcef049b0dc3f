import type { FastifyInstance, FastifyRequest } from 'fastify'
import { realNow } from '../../engine/time/clock.ts'
import { type Feed, Listeners, message } from '../event-stream.ts'
import { type Verification, verificationMachine } from '../verifications/verification.ts'
import type { SandboxDoor, SandboxFinder } from '../world.ts'
import { type SessionPath, verificationAt } from './place.ts'

/** What a page is told. */
interface News {
  /** What the payer is asked for. */
  readonly asks: string
  /** The page has ended. */
  readonly isOver: boolean
  readonly leftMs: number
  readonly isRunning: boolean
  /** Sandbox time for real time. */
  readonly speed: number
}

const mostStreams = 8
/** Of real time: a script counts on by itself, and a jump that nobody sees is no news. */
const noticeableMs = 250

/**
 * GET /gopay/{via}/{id}/events: server-sent events for whoever has a page open. They tell the time that is left, and
 * that the page has moved on: by another tab, by the test panel, by the clock. It is the page that asks, and not the
 * payer, so no journal has it.
 */
export function events(app: FastifyInstance, sandboxes: SandboxFinder): void {
  const listeners = new Listeners(mostStreams)
  // A HEAD request would wait for the end of a stream.
  const options = { exposeHeadRoute: false }
  app.get('/gopay/:via/:id/events', options, (request: FastifyRequest<{ Params: SessionPath }>, reply) => {
    const find = verificationAt(request.params)
    const place = sandboxes.where(find)
    if (!place) return reply.code(404).send()
    const { id } = place.found
    if (listeners.isFull(id)) return reply.code(429).header('retry-after', '5').send()
    return reply.send(
      listeners.listen(
        id,
        reply,
        feedOf(place.sandbox, () => find(place.sandbox)),
      ),
    )
  })
}

function feedOf(sandbox: SandboxDoor, find: () => Verification | undefined): Feed {
  const look = () => newsOf(sandbox, find())
  let told: News | undefined
  let toldAt = 0
  return {
    of: sandbox,
    retryMs: 2_000,
    isNews: () => told === undefined || differs(told, look(), realNow() - toldAt),
    *tell() {
      told = look()
      toldAt = realNow()
      yield message(told)
    },
    isOver: () => told?.isOver === true,
  }
}

function newsOf({ clock, isGone }: SandboxDoor, verification: Verification | undefined): News {
  return {
    asks: verification?.status ?? '',
    isOver: isGone || !verification || verificationMachine.isFinal(verification.status),
    leftMs: Math.max(0, (verification?.expiresAt ?? 0) - clock.now()),
    isRunning: clock.mode === 'running',
    speed: clock.speed,
  }
}

function differs(told: News, now: News, realMs: number): boolean {
  const { asks, isOver, isRunning, speed } = told
  if (asks !== now.asks || isOver !== now.isOver || isRunning !== now.isRunning || speed !== now.speed) return true
  const expected = Math.max(0, told.leftMs - (isRunning ? realMs * speed : 0))
  return Math.abs(expected - now.leftMs) > (isRunning ? noticeableMs * speed : 0)
}
