import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

/** An error of the admin API, as RFC 9457 wants it; `hint` says what to do next, `more` are members of its own. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly title: string
  readonly hint: string | undefined
  readonly more: Readonly<Record<string, unknown>>

  constructor(status: number, title: string, detail: string, hint?: string, more = {}) {
    super(detail)
    this.status = status
    this.title = title
    this.hint = hint
    this.more = more
  }
}

const standardHint = 'GET /__admin lists all endpoints.'

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, title, message: detail, hint = standardHint, more } = problem
  return reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail, hint, ...more }))
}

/** Error handler of the admin API. */
export function answerProblem(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply) {
  if (error instanceof Problem) return sendProblem(reply, error)
  if (error.validation) {
    const faults = error.validation.map(
      ({ instancePath, message = 'is invalid', params }) =>
        `${instancePath.slice(1).replaceAll('/', '.') || 'the body'} ${message}${allowed(params)}`,
    )
    return sendProblem(reply, new Problem(400, 'Bad request', faults.join('; ')))
  }
  if (error.statusCode && error.statusCode < 500) {
    return sendProblem(reply, new Problem(error.statusCode, 'Bad request', error.message))
  }
  request.log.error(error)
  return sendProblem(reply, new Problem(500, 'Internal error', 'midtrans-emulator failed: see its log'))
}

/** What Ajv knows and does not say. */
function allowed({ allowedValues, additionalProperty }: Readonly<Record<string, unknown>>): string {
  if (Array.isArray(allowedValues)) return `: ${allowedValues.join(', ')}`
  return additionalProperty === undefined ? '' : `: ${additionalProperty}`
}
