import type { FastifyReply, FastifyRequest } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { SandboxDoor, World } from '../world.ts'
import { sandboxOf } from './request.ts'
import { keptAnswer } from './request-log.ts'

export type Answered = FastifyReply | Promise<FastifyReply>

/**
 * What an endpoint does in its step, and answers. A refusal that is returned, and not thrown, keeps what the step did:
 * the rule that wanted it is used up.
 */
export type Step<Body> = (world: World) => Body | GatewayError

/** Answers a request with what its step answers, and with the HTTP status that belongs to that. */
export function answerWith<Body>(
  request: FastifyRequest,
  reply: FastifyReply,
  step: Step<Body>,
  httpStatusOf: (body: Body, sandbox: SandboxDoor) => number,
): Answered {
  const sandbox = sandboxOf(request)
  const body = sandbox.perform(step, undefined)
  noteRule(request, reply, sandbox)
  if (body instanceof GatewayError) throw body
  return sendSafe(request, reply, httpStatusOf(body, sandbox), body)
}

function noteRule({ marks }: FastifyRequest, reply: FastifyReply, { ruleOfStep, settings }: SandboxDoor): void {
  if (ruleOfStep === undefined) return
  marks.rule = ruleOfStep
  // A pattern may hold what no header can.
  if (settings.emulatorHeaders === 'on') reply.header('x-emulator-rule', ruleOfStep.replace(/[^ -~]/g, '?'))
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
