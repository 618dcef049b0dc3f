import type { IncomingMessage } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { newId } from '../../engine/ids.ts'
import { GatewayError } from '../errors.ts'
import type { AnsweredBody } from '../kept-answer.ts'
import type { SandboxDoor, World } from '../world.ts'
import { type Answered, type Step, sendJson } from './answer.ts'
import { sandboxOf } from './request.ts'

/** Longer keys are ignored (facts.md, section 6, for this and all the rest). */
const longestKey = 46
/** No answer is kept for longer. */
const longestLifeMs = 5 * 60_000

/** How an API keeps answers to requests with an Idempotency-Key. */
export interface Keeping<Body> {
  readonly lifeMs: number
  /** Only answers to what succeeded are kept. */
  readonly isSuccess: (body: Body) => boolean
}

/** Answers a request that may carry an Idempotency-Key; `answer` is how it is answered without one. */
export function answerOnce<Body extends AnsweredBody>(
  request: FastifyRequest,
  reply: FastifyReply,
  step: Step<Body>,
  answer: (step: Step<Body>) => Answered,
  keeping: Keeping<Body>,
): Answered {
  const key = idempotencyKey(request.raw)
  if (key === undefined) return answer(step)
  const sandbox = sandboxOf(request)
  if (isUnderWay(sandbox, key)) return sendJson(reply, 202, underWayBody)
  const answered = answer(once(key, step, keeping))
  if (answered instanceof Promise) markUntil(answered, sandbox, key)
  return answered
}

/**
 * The Idempotency-Key of a request; an empty one is none. UNCERTAIN: what several keys in one request mean. The PHP
 * client repeats the header in each later call, the newest value last: the last one counts.
 */
function idempotencyKey({ headersDistinct }: IncomingMessage): string | undefined {
  const key = headersDistinct['idempotency-key']?.at(-1)?.trim() ?? ''
  return key === '' || key.length > longestKey ? undefined : key
}

/**
 * The step of a request with this key: the first one that succeeds is kept, and answered again for some minutes of the
 * sandbox's time, whatever the later requests ask for, and at whatever endpoint. It is kept in the same step, so that a
 * crash cannot part it from what it tells of.
 */
const once =
  <Body extends AnsweredBody>(key: string, step: Step<Body>, { lifeMs, isSuccess }: Keeping<Body>): Step<Body> =>
  (world) => {
    forgetOutdated(world)
    const { keptAnswers, keptAnswerOf } = world.state
    const kept = keptAnswerOf.latest(key)
    // A key is the same one at all endpoints, so the body may be that of another one.
    if (kept && world.now - kept.at < lifeMs) return kept.body as Body
    const body = step(world)
    if (!(body instanceof GatewayError) && isSuccess(body)) keptAnswers.put({ id: newId(), key, at: world.now, body })
    return body
  }

/** The oldest stand first; there are never more of them than came in five minutes. */
function forgetOutdated({ now, state: { keptAnswers } }: World): void {
  for (const { id, at } of keptAnswers.values()) {
    if (now - at < longestLifeMs) return
    keptAnswers.remove(id)
  }
}

/** Keys whose first request has not been answered yet. */
const underWay = new WeakMap<SandboxDoor, Set<string>>()

const isUnderWay = (sandbox: SandboxDoor, key: string): boolean => underWay.get(sandbox)?.has(key) ?? false

/** Marks a key until its answer has left. */
function markUntil(answered: PromiseLike<unknown>, sandbox: SandboxDoor, key: string): void {
  const keys = underWay.get(sandbox) ?? new Set()
  underWay.set(sandbox, keys.add(key))
  const end = () => keys.delete(key)
  answered.then(end, end)
}

/** UNCERTAIN: a repeat that comes before the first answer gets HTTP 202; its body is not documented. */
const underWayBody = { message: 'A request with this Idempotency-Key is being processed' }
