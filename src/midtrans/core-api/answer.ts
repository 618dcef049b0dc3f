import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CoreBody } from '../kept-answer.ts'
import { type Answered, answerWith, type Step } from '../merchant-api/answer.ts'
import { answerOnce, type Keeping } from '../merchant-api/idempotency.ts'
import { httpStatusOf } from './http-status.ts'

type CoreStep = Step<CoreBody>

/** UNCERTAIN: "successful" is taken for all that is neither refused nor denied. 407 is the success of an expire. */
const keeping: Keeping<CoreBody> = { lifeMs: 5 * 60_000, isSuccess: ({ status_code }) => status_code !== '202' }

/** Answers a request with what its step answers. */
export const answerStep = (request: FastifyRequest, reply: FastifyReply, step: CoreStep): Answered =>
  answerWith(request, reply, step, ({ status_code }, { settings }) => httpStatusOf(status_code, settings.quirks))

/** Answers a request that may carry an Idempotency-Key. */
export const answerStepOnce = (request: FastifyRequest, reply: FastifyReply, step: CoreStep): Answered =>
  answerOnce(request, reply, step, (each) => answerStep(request, reply, each), keeping)
