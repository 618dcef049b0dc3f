import { within } from '../engine/time/deadline.ts'
import { basicAuth, type HttpAnswer, readJson, type Target } from './http.ts'

/** A message of the stream of a sandbox. */
export interface StreamEvent {
  /** To go on after it later; absent where nothing has happened. */
  readonly id?: string
  readonly type: string
  readonly data: unknown
}

export interface EventsRequest {
  /** Path and query: "/__admin/events?follow=false". */
  readonly path: string
  /** The id of the last event that is known already. */
  readonly after?: string | undefined
}

/** Three heartbeats: whoever says nothing for so long is gone. */
const longestSilenceMs = 45_000
/** More than any event has. */
const longestMessage = 1_048_576

/** An answer that is no stream. */
export class NoStream extends Error {
  override readonly name = 'NoStream'
  readonly answer: HttpAnswer

  constructor(answer: HttpAnswer) {
    super(`HTTP ${answer.status}`)
    this.answer = answer
  }
}

/** Server-sent events, until the emulator ends the stream. Throws where it is not there, or goes away in the midst of it. */
export async function* listen(
  { url, serverKey, adminToken, signal }: Target,
  { path, after }: EventsRequest,
): AsyncGenerator<StreamEvent, void> {
  const headers = new Headers({ accept: 'text/event-stream' })
  if (serverKey !== undefined) headers.set('authorization', basicAuth(serverKey))
  if (adminToken) headers.set('x-emulator-admin-token', adminToken)
  if (after !== undefined) headers.set('last-event-id', after)
  const response = await fetch(new URL(path, url), { headers, ...(signal && { signal }) })
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (!response.ok || !response.body || !isStream) {
    throw new NoStream({ status: response.status, body: readJson(await response.text()) })
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  try {
    let text = ''
    for (;;) {
      const silence = () => new Error(`nothing came for ${longestSilenceMs / 1_000} s`)
      const { done, value } = await within(reader.read(), longestSilenceMs, silence)
      if (done) return
      text += value
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      if (text.length > longestMessage) throw new Error('found a message without an end')
      for (const block of blocks) {
        const event = eventOf(block)
        if (event) yield event
      }
    }
  } finally {
    // Whoever has had enough, or has lost patience, lets go of the connection.
    await reader.cancel().catch(() => {})
  }
}

/** Undefined: a heartbeat, or a word to browsers. */
function eventOf(block: string): StreamEvent | undefined {
  const fields = new Map(
    block.split('\n').map((line) => {
      const [name = '', value = ''] = line.split(/: ?(.*)/s)
      return [name, value]
    }),
  )
  const data = fields.get('data')
  if (data === undefined) return undefined
  const id = fields.get('id')
  return { type: fields.get('event') ?? 'message', data: readJson(data), ...(id !== undefined && { id }) }
}
