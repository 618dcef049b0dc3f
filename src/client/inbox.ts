import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { within } from '../engine/time/deadline.ts'
import { signatureOf } from '../midtrans/signature.ts'

/** A notification as it arrived. */
export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Readonly<Record<string, string>>
  readonly text: string
}

/** How the merchant answers: an HTTP status, or that with headers and body; "down" breaks the connection off; nothing answers 200. */
export type InboxAnswer =
  | number
  | 'down'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }

/** A merchant's notification handler, for tests. */
export interface Inbox {
  readonly url: string
  /** All that arrived, in order. */
  readonly received: readonly Received[]
  /** Decides the answers from now on; may call the emulator. */
  answer(decide: (received: Received) => InboxAnswer | undefined | Promise<InboxAnswer | undefined>): void
  /** Resolves with the first `count` notifications once they are there; rejects after `ms` with what is there. */
  waitFor(count: number, ms?: number): Promise<readonly Received[]>
  /** True when the body was signed with this server key. */
  isSigned(received: Received, serverKey: string): boolean
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** More than any notification has: whoever sends it is cut off. */
const mostBytes = 1_048_576

/** Listens for notifications on a free port of this machine. */
export async function openInbox(): Promise<Inbox> {
  const received: Received[] = []
  const waiting = new Set<() => void>()
  let decide: Parameters<Inbox['answer']>[0] = () => undefined

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > mostBytes) return void request.destroy()
      chunks.push(chunk)
    }
    const text = Buffer.concat(chunks).toString('utf8')
    const notification = { path: request.url ?? '/', headers: request.headers, body: parse(text), text }
    received.push(notification)
    const answer = (await decide(notification)) ?? 200
    if (answer === 'down') request.socket.destroy()
    else {
      const { status, headers, body } = typeof answer === 'number' ? { status: answer } : answer
      response.writeHead(status, headers).end(body)
    }
    for (const look of waiting) look()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    answer: (next) => {
      decide = next
    },
    async waitFor(count, ms = 5_000) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const look = () => received.length >= count && resolve()
      waiting.add(look)
      look()
      try {
        await within(promise, ms, () => {
          const found = received.map(({ body }) => `${nameOf(body)} ${statusOf(body)}`)
          return new Error(
            `expected ${count} notifications within ${ms} ms, found ${found.length}: ${found.join(', ')}`,
          )
        })
      } finally {
        waiting.delete(look)
      }
      return received.slice(0, count)
    },
    isSigned: ({ body }, serverKey) => body.signature_key === signatureOf(body, serverKey),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function parse(text: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

const nameOf = ({ order_id, account_id, event_name, id }: Received['body']) =>
  order_id ?? account_id ?? event_name ?? id

const statusOf = (body: Received['body']) => body.transaction_status ?? body.account_status ?? body.status ?? ''
