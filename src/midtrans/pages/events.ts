import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
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
  const listeners = new PageListeners()
  app.get('/gopay/:via/:id/events', (request: FastifyRequest<{ Params: SessionPath }>, reply) => {
    const find = verificationAt(request.params)
    const place = sandboxes.where(find)
    if (!place) return reply.code(404).send()
    return listeners.answer(place.found.id, reply, () => feedOf(place.sandbox, () => standingOf(find(place.sandbox))))
  })
}

/** Those who follow pages of one kind. */
export class PageListeners extends Listeners {
  constructor() {
    super(mostStreams)
  }

  /** Answers with a stream of news of this page, unless too many follow it. */
  answer(id: string, reply: FastifyReply, feed: () => Feed): FastifyReply {
    if (this.isFull(id)) return reply.code(429).header('retry-after', '5').send()
    return reply.send(this.listen(id, reply, feed()))
  }
}

/** How what a page is about stands. */
export interface Standing {
  readonly asks: string
  readonly isOver: boolean
  readonly expiresAt: number
}

const standingOf = (verification: Verification | undefined): Standing => ({
  asks: verification?.status ?? '',
  isOver: !verification || verificationMachine.isFinal(verification.status),
  expiresAt: verification?.expiresAt ?? 0,
})

/** News of a page, as soon as it stands otherwise, or time jumps. */
export function feedOf(sandbox: SandboxDoor, standing: () => Standing): Feed {
  const look = () => newsOf(sandbox, standing())
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

function newsOf({ clock, isGone }: SandboxDoor, { asks, isOver, expiresAt }: Standing): News {
  return {
    asks,
    isOver: isGone || isOver,
    leftMs: Math.max(0, expiresAt - clock.now()),
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
