import { connect, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'

export interface LoadResult {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

export interface Load {
  readonly port: number
  readonly connections: number
  /** Stops after so many requests. */
  readonly requests: number
  /** The whole HTTP request, headers and body, of the n-th one. */
  readonly request: (n: number) => string
}

/**
 * Drives a server of this machine with closed-loop connections, each asking again when it got its answer. Plain sockets:
 * a full HTTP client would cost more than the server under test, and make every server look alike. Rejects on any
 * answer that is not HTTP 200.
 */
export async function drive(load: Load): Promise<LoadResult> {
  const latencies: number[] = []
  let asked = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: Math.min(load.connections, load.requests) }, () =>
      converse(load.port, () => (asked < load.requests ? load.request(asked++) : undefined), latencies),
    ),
  )
  const seconds = (performance.now() - started) / 1_000
  latencies.sort((a, b) => a - b)
  return {
    perSecond: latencies.length / seconds,
    p50Ms: latencies[Math.floor(latencies.length * 0.5)] ?? 0,
    p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
  }
}

function converse(port: number, next: () => string | undefined, latencies: number[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
  let sentAt = 0
  let received = ''
  const ask = () => {
    const request = next()
    if (request === undefined) {
      socket.end()
      return resolve()
    }
    sentAt = performance.now()
    socket.write(request)
  }
  socket.setEncoding('latin1')
  socket.on('connect', ask)
  socket.on('error', reject)
  socket.on('data', (chunk: string) => {
    received += chunk
    const headEnd = received.indexOf('\r\n\r\n')
    if (headEnd < 0) return
    const length = Number(/content-length: (\d+)/i.exec(received)?.[1])
    if (received.length < headEnd + 4 + length) return
    if (!received.startsWith('HTTP/1.1 200')) return reject(new Error(received))
    latencies.push(performance.now() - sentAt)
    received = ''
    ask()
  })
  return promise
}

/** An HTTP/1.1 request with a JSON body. */
export function post(path: string, serverKey: string, body: string): string {
  const authorization = Buffer.from(`${serverKey}:`).toString('base64')
  return (
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic ${authorization}\r\nAccept: application/json\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  )
}

/** An HTTP/1.1 request for a page. */
export const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n\r\n`
