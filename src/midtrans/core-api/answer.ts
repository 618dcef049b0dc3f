import type { FastifyReply, FastifyRequest } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { SandboxDoor } from '../world.ts'
import { httpStatusOf } from './http-status.ts'
import { type CoreStep, idempotencyKey, isUnderWay, markUntil, once, underWayBody } from './idempotency.ts'
import { sandboxOf } from './request.ts'
import { keptAnswer } from './request-log.ts'

type Answered = FastifyReply | Promise<FastifyReply>

/** Answers a request with what its step answers. */
export function answerStep(request: FastifyRequest, reply: FastifyReply, step: CoreStep): Answered {
  const sandbox = sandboxOf(request)
  const body = sandbox.perform(step, undefined)
  noteRule(request, reply, sandbox)
  if (body instanceof GatewayError) throw body
  return sendSafe(request, reply, httpStatusOf(body.status_code, sandbox.settings.quirks), body)
}

function noteRule({ marks }: FastifyRequest, reply: FastifyReply, { ruleOfStep, settings }: SandboxDoor): void {
  if (ruleOfStep === undefined) return
  marks.rule = ruleOfStep
  // A pattern may hold what no header can.
  if (settings.emulatorHeaders === 'on') reply.header('x-emulator-rule', ruleOfStep.replace(/[^ -~]/g, '?'))
}

/** Answers a request that may carry an Idempotency-Key. */
export function answerStepOnce(request: FastifyRequest, reply: FastifyReply, step: CoreStep): Answered {
  const key = idempotencyKey(request.raw)
  if (key === undefined) return answerStep(request, reply, step)
  const sandbox = sandboxOf(request)
  if (isUnderWay(sandbox, key)) return sendJson(reply, 202, underWayBody)
  const answered = answerStep(request, reply, once(key, step))
  if (answered instanceof Promise) markUntil(answered, sandbox, key)
  return answered
}

/** Sends an answer once all that it tells of is safe. */
export function sendSafe(request: FastifyRequest, reply: FastifyReply, httpStatus: number, body: unknown): Answered {
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
    .serializer((payload) => keptAnswer(reply.request, JSON.stringify(payload)))
    .send(body)
}
