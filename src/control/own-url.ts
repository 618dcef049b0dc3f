import type { FastifyRequest } from 'fastify'

/** Where this request has reached the emulator, so that another one will. */
export function ownUrl({ socket: { localAddress = '127.0.0.1', localPort } }: FastifyRequest): string {
  const host = localAddress.replace(/^::ffff:/, '')
  return `http://${host.includes(':') ? `[${host}]` : host}:${localPort}`
}
