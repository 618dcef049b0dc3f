import type { IncomingMessage } from 'node:http'
import { newId } from '../../engine/ids.ts'
import { GatewayError } from '../errors.ts'
import type { CoreBody } from '../kept-answer.ts'
import type { Step } from '../merchant-api/answer.ts'
import type { SandboxDoor, World } from '../world.ts'

/** A step of an endpoint of the Core API. */
export type CoreStep = Step<CoreBody>

/** Longer keys are ignored (facts.md, section 6, for this and all the rest). */
const longestKey = 46
const lifeMs = 5 * 60_000

/**
 * The Idempotency-Key of a request; an empty one is none. UNCERTAIN: what several keys in one request mean. The PHP
 * client repeats the header in each later call, the newest value last: the last one counts.
 */
export function idempotencyKey({ headersDistinct }: IncomingMessage): string | undefined {
  const key = headersDistinct['idempotency-key']?.at(-1)?.trim() ?? ''
  return key === '' || key.length > longestKey ? undefined : key
}

/**
 * The step of a request with this key: the first one that succeeds is kept, and answered again for five minutes of the
 * sandbox's time, whatever the later requests ask for, and at whatever endpoint. It is kept in the same step, so that a
 * crash cannot part it from what it tells of.
 */
export const once =
  (key: string, step: CoreStep): CoreStep =>
  (world) => {
    forgetOutdated(world)
    const { keptAnswers, keptAnswerOf } = world.state
    const kept = keptAnswerOf.latest(key)
    if (kept) return kept.body
    const body = step(world)
    // UNCERTAIN: "successful" is taken for all that is neither refused nor denied. 407 is the success of an expire.
    const isSuccess = !(body instanceof GatewayError) && body.status_code !== '202'
    if (isSuccess) keptAnswers.put({ id: newId(), key, at: world.now, body })
    return body
  }

/** The oldest stand first; there are never more of them than came in five minutes. */
function forgetOutdated({ now, state: { keptAnswers } }: World): void {
  for (const { id, at } of keptAnswers.values()) {
    if (now - at < lifeMs) return
    keptAnswers.remove(id)
  }
}

/** Keys whose first request has not been answered yet. */
const underWay = new WeakMap<SandboxDoor, Set<string>>()

export const isUnderWay = (sandbox: SandboxDoor, key: string): boolean => underWay.get(sandbox)?.has(key) ?? false

/** Marks a key until its answer has left. */
export function markUntil(answered: PromiseLike<unknown>, sandbox: SandboxDoor, key: string): void {
  const keys = underWay.get(sandbox) ?? new Set()
  underWay.set(sandbox, keys.add(key))
  const end = () => keys.delete(key)
  answered.then(end, end)
}

/** UNCERTAIN: a repeat that comes before the first answer gets HTTP 202; its body is not documented. */
export const underWayBody = { message: 'A request with this Idempotency-Key is being processed' }
