import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { isMidtransHost } from '../midtrans/hosts.ts'
import type { Certified } from './authority.ts'

/** Longest that a connection may take to say what it wants, in milliseconds. */
const patienceMs = 10_000

/** First byte of a TLS handshake (RFC 8446, 5.1). */
const handshake = 0x16

/**
 * Has an HTTP server speak HTTPS on its port as well, and answer CONNECT as a proxy does, for Midtrans's hosts alone:
 * what is asked of them is answered here. Nothing is ever passed on. Returns what ends its connections, those that the
 * server itself does not know among them, and lets in no more.
 */
export function openFrontDoor(server: Server, { certificate, key }: Certified, waitMs = patienceMs): () => void {
  const open = new Set<Socket>()
  let isClosed = false
  const tunnels = new WeakSet<Socket>()
  const plain = server.listeners('connection') as ((socket: Socket) => void)[]
  const speakHttp = (socket: Socket) => {
    for (const listener of plain) listener.call(server, socket)
  }
  const secure = createTlsServer({ cert: certificate, key, handshakeTimeout: waitMs, ALPNProtocols: ['http/1.1'] })
  secure.on('secureConnection', speakHttp)
  // A client that does not trust us, or speaks something else.
  secure.on('tlsClientError', (_error, socket) => socket.destroy())

  const listen = (socket: Socket) => {
    const look = () => {
      const first: Buffer | null = socket.read(1)
      if (first === null) return
      socket.off('readable', look)
      socket.setTimeout(0)
      socket.off('timeout', end)
      socket.off('end', end)
      socket.unshift(first)
      if (first[0] !== handshake) return speakHttp(socket)
      // As in a server of HTTPS alone: who leaves in the middle of a hello is gone at once.
      socket.allowHalfOpen = false
      secure.emit('connection', socket)
    }
    const end = () => socket.destroy()
    socket.setTimeout(waitMs, end)
    socket.on('end', end)
    socket.on('readable', look)
  }

  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    // The server listens for a moment longer; it would wait for whoever comes in now and says nothing.
    if (isClosed) return void socket.destroy()
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    // Told elsewhere, once somebody speaks for the connection.
    socket.on('error', () => socket.destroy())
    listen(socket)
  })
  server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const refusal = refusalOf(request, tunnels.has(socket))
    if (refusal !== undefined) return void socket.end(refusal)
    socket.on('error', () => socket.destroy())
    tunnels.add(socket)
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    if (head.length > 0) socket.unshift(head)
    listen(socket)
  })
  return () => {
    isClosed = true
    for (const socket of open) socket.destroy()
  }
}

/** Why a CONNECT opens nothing, as an answer; undefined: it opens a way to here. */
function refusalOf({ url = '' }: IncomingMessage, isTunnel: boolean): string | undefined {
  const [, host, port] = /^([\w.-]{1,253}):(\d{1,5})$/.exec(url) ?? []
  if (host === undefined || isTunnel)
    return answer('400 Bad Request', 'Expected CONNECT HOST:PORT, and no tunnel in a tunnel')
  if (isMidtransHost(host) && (port === '443' || port === '80')) return undefined
  return answer(
    '403 Forbidden',
    `midtrans-emulator is a way to Midtrans's sandbox only: found ${host}:${port}. Name other hosts in NO_PROXY`,
  )
}

const answer = (status: string, text: string): string =>
  [
    `HTTP/1.1 ${status}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text) + 1}`,
    'Connection: close',
    '',
    `${text}\n`,
  ].join('\r\n')
