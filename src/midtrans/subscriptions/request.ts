import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { GatewayError, invalidAll } from '../errors.ts'
import type { AnsweredBody } from '../kept-answer.ts'
import { type Answered, answerWith, type Step } from '../merchant-api/answer.ts'
import { answerOnce, type Keeping } from '../merchant-api/idempotency.ts'
import { validationMessages } from '../merchant-api/validation.ts'
import { subscriptionDialect } from './dialect.ts'

export const SubscriptionParams = Type.Object({
  subscription_id: Type.String({ description: 'The id that was answered.', examples: ['SUBSCRIPTION_ID'] }),
})

/** Its answers are successes; refusals are not kept anyway (facts.md, section 6). */
const keeping: Keeping<AnsweredBody> = { lifeMs: 3 * 60_000, isSuccess: () => true }

/** Answers a request with what its step answers: always HTTP 200. */
export const answerStep = (request: FastifyRequest, reply: FastifyReply, step: Step<AnsweredBody>): Answered =>
  answerWith(request, reply, step, () => 200)

/** Answers a request that may carry an Idempotency-Key. */
export const answerStepOnce = (request: FastifyRequest, reply: FastifyReply, step: Step<AnsweredBody>): Answered =>
  answerOnce(request, reply, step, (each) => answerStep(request, reply, each), keeping)

/** A body without its faults: one that says nothing is told apart from one that says something wrong. */
export function soundBody<Body>(request: { body: Body; validationError?: FastifyRequest['validationError'] }): Body {
  const { body, validationError } = request
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new GatewayError('unexpected-body')
  if (!validationError?.validation) return body
  throw invalidAll(validationMessages(validationError.validation, subscriptionDialect.root))
}
