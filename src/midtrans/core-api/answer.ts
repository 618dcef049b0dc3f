import type { FastifyReply, FastifyRequest } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { CoreBody } from '../kept-answer.ts'
import type { Quirks } from '../quirks.ts'
import { type CoreStep, idempotencyKey, isUnderWay, markUntil, once, underWayBody } from './idempotency.ts'
import { sandboxOf } from './request.ts'

/** Body codes that are HTTP codes as well; all others come over HTTP 200 (facts.md, section 0). */
const trueHttpCodes = new Set(['400', '401', '500', '501', '503'])

type Answered = FastifyReply | Promise<FastifyReply>

/** Answers a request with what its step answers. */
export function answerStep(request: FastifyRequest, reply: FastifyReply, step: CoreStep): Answered {
  const body = sandboxOf(request).perform(step, undefined)
  if (body instanceof GatewayError) throw body
  return answer(request, reply, body)
}

/** Answers a request that may carry an Idempotency-Key. */
export function answerStepOnce(request: FastifyRequest, reply: FastifyReply, step: CoreStep): Answered {
  const key = idempotencyKey(request.headers)
  if (key === undefined) return answerStep(request, reply, step)
  const sandbox = sandboxOf(request)
  if (isUnderWay(sandbox, key)) return sendJson(reply, 202, underWayBody)
  const answered = answerStep(request, reply, once(key, step))
  if (answered instanceof Promise) markUntil(answered, sandbox, key)
  return answered
}

/** Sends a Core API body, once all that it tells of is safe. */
export function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  body: CoreBody,
  httpStatus = httpStatusOf(body, request.sandbox?.settings.quirks.http_status),
): Answered {
  const settled = request.sandbox?.settled()
  return settled ? settled.then(() => sendJson(reply, httpStatus, body)) : sendJson(reply, httpStatus, body)
}

function httpStatusOf({ status_code: code }: CoreBody, quirk: Quirks['http_status'] | undefined): number {
  if (trueHttpCodes.has(code)) return Number(code)
  const isError = Number(code) >= 400 && code !== '407'
  return quirk === 'as-body' && isError ? Number(code) : 200
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
