import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { pause } from '../engine/time/pause.ts'

/** Something to listen to: `until` is told of its changes. */
interface Watched {
  until(check: () => boolean, ms: number, signal: AbortSignal): Promise<boolean>
}

/** What listeners are told. */
export interface Feed {
  readonly of: Watched
  /** How long a client waits before it comes back. */
  readonly retryMs: number
  /** The least time between two looks; without it there is none. */
  readonly msBetween?: number
  /** Whether there is something to tell; asked after changes. */
  readonly isNews: () => boolean
  /** All that is new, as messages: at once, and whenever there is news. */
  readonly tell: () => Iterable<string>
  readonly isOver: () => boolean
}

/** Of real time: proxies cut off who is silent for long. */
const heartbeatMs = 15_000

/** Server-sent events: one message. */
export const message = (data: unknown, { event, id }: { readonly event?: string; readonly id?: string } = {}): string =>
  [...(event === undefined ? [] : [`event: ${event}`]), ...(id === undefined ? [] : [`id: ${id}`])]
    .concat(`data: ${JSON.stringify(data)}`, '', '')
    .join('\n')

/** Who listens just now, by what they listen to: of each at most so many, so that forgotten tabs cannot take all connections. */
export class Listeners {
  readonly #most: number
  readonly #open = new Map<string, number>()

  constructor(most: number) {
    this.#most = most
  }

  isFull(to: string): boolean {
    return this.#count(to) >= this.#most
  }

  /** The body of an answer that goes on until its feed is over, or the client has left. */
  listen(to: string, reply: FastifyReply, feed: Feed): Readable {
    this.#open.set(to, this.#count(to) + 1)
    const gone = new AbortController()
    reply.raw.once('close', () => {
      gone.abort()
      const left = this.#count(to) - 1
      if (left > 0) this.#open.set(to, left)
      else this.#open.delete(to)
    })
    reply.headers({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' })
    // One message ahead of the client: whoever reads slowly makes nothing pile up.
    return Readable.from(messages(feed, gone.signal), { highWaterMark: 1 })
  }

  #count(to: string): number {
    return this.#open.get(to) ?? 0
  }
}

async function* messages({ of, retryMs, msBetween, isNews, tell, isOver }: Feed, gone: AbortSignal) {
  yield `retry: ${retryMs}\n\n`
  yield* tell()
  while (!isOver()) {
    const hasNews = await of.until(isNews, heartbeatMs, gone)
    if (gone.aborted) return
    if (hasNews) yield* tell()
    else yield ':\n\n'
    if (msBetween !== undefined) await pause(msBetween, gone)
  }
}
