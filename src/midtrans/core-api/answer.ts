import type { FastifyReply, FastifyRequest } from 'fastify'

/** Body codes that are HTTP codes as well; all others come over HTTP 200 (facts.md, section 0). */
const trueHttpCodes = new Set(['400', '401', '500', '501', '503'])

/** A Core API body: its code, and whatever else belongs to the answer. */
export type CoreBody = { readonly status_code: string } & Readonly<Record<string, unknown>>

/** Sends a Core API body, once all that it tells of is safe. */
export function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  body: CoreBody,
): FastifyReply | Promise<FastifyReply> {
  const httpStatus = trueHttpCodes.has(body.status_code) ? Number(body.status_code) : 200
  const settled = request.sandbox?.settled()
  return settled ? settled.then(() => sendJson(reply, httpStatus, body)) : sendJson(reply, httpStatus, body)
}

/**
 * Recorded headers (recordings.md): a bare application/json, and no caching. The serializer keeps Fastify from adding a
 * charset; a text, and not bytes, lets Node send headers and body in one write.
 */
export function sendJson(reply: FastifyReply, httpStatus: number, body: unknown): FastifyReply {
  return reply
    .code(httpStatus)
    .headers({ 'content-type': 'application/json', 'cache-control': 'no-cache', pragma: 'no-cache' })
    .serializer(JSON.stringify)
    .send(body)
}
