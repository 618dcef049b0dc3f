import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Answered, answerWith, sendJson } from '../merchant-api/answer.ts'
import { sandboxOf } from '../merchant-api/request.ts'
import { httpStatusOf } from './http-status.ts'
import { type CoreStep, idempotencyKey, isUnderWay, markUntil, once, underWayBody } from './idempotency.ts'

/** Answers a request with what its step answers. */
export const answerStep = (request: FastifyRequest, reply: FastifyReply, step: CoreStep): Answered =>
  answerWith(request, reply, step, ({ status_code }, { settings }) => httpStatusOf(status_code, settings.quirks))

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
