import { type Static, Type } from 'typebox'
import type { Happening } from '../engine/journal.ts'
import { parseDuration } from '../engine/time/duration.ts'
import { reopen } from '../midtrans/pages/walk-operations.ts'
import { questions, readWalk, type WrittenWalk } from '../midtrans/payers/walk.ts'
import { beginWalk, ownWalk, walkFor } from '../midtrans/verifications/walk-operations.ts'
import type { Sandbox } from '../sandbox.ts'
import { Problem } from './admin/problem.ts'
import { PersonaName, PhoneText, personaIn } from './payers.ts'
import { notAllowed } from './simulate.ts'
import { type Target, targetOf, whoPays } from './target.ts'

const closed = { additionalProperties: false }
const Duration = Type.String({ maxLength: 30 })
const Tries = Type.Array(Type.String({ pattern: '^(right|wrong|[0-9]{1,6})$' }), { maxItems: 3 })
const Page = Type.Enum([...questions])

/** How the payer walks; what is not said is as the persona does it. */
const walkFields = {
  waits: Type.Optional({ ...Duration, description: 'Before the first page: "20s".' }),
  pace: Type.Optional({ ...Duration, description: 'Between two questions.' }),
  otp: Type.Optional({ ...Tries, description: 'What is typed: ["wrong", "right"].' }),
  pin: Type.Optional({ ...Tries, description: 'What is typed: ["wrong", "right"].' }),
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  phone: Type.Optional(PhoneText),
  leaves_at: Type.Optional({ ...Page, description: 'The page that is closed.' }),
  declines_at: Type.Optional({ ...Page, description: 'The page on which Cancel is pressed.' }),
  later: Type.Optional(Type.Object({ after: Duration, does: Type.Literal('unlink') }, closed)),
}

export const WalkBody = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 100, description: 'order_id, transaction_id or account_id.' }),
    persona: Type.Optional({ ...PersonaName, description: 'Walks as this one does.' }),
    after: Type.Optional({ ...Duration, description: 'Not now, but after so long: "2m".' }),
    ...walkFields,
  },
  closed,
)
export type WalkBody = Static<typeof WalkBody>

/** A visit that has been made. */
export interface Visit {
  readonly at: number
  readonly page: string
  readonly did: string
}

export interface Walked {
  readonly target: Target
  readonly visits: readonly Visit[]
  /** What is still to come. */
  readonly planned: readonly { readonly what: string; readonly dueAt: number }[]
}

/** Longer than any timer. */
const longestMs = 3_653 * 86_400_000

/** Makes the payer walk the pages of a link or a payment to the end: what is due at once, before this returns. */
export function walk(sandbox: Sandbox, { id, persona, after = '0s', ...written }: WalkBody): Walked {
  for (const [name, duration] of Object.entries({
    after,
    waits: written.waits,
    pace: written.pace,
    'later.after': written.later?.after,
  })) {
    if (duration !== undefined) checkDuration(name, duration)
  }
  sandbox.time.catchUp()
  const { mark } = sandbox.journal
  const page = sandbox.perform((world) => {
    const target = targetOf(world, id)
    if (!target.page) throw notAllowed(world, target, 'walk', 'a link or payment whose page waits for the payer')
    const who = whoPays(world, target, written.phone)
    const open = reopen(world, target.page)
    const { payerBook } = world
    const usual: WrittenWalk =
      persona === undefined
        ? ownWalk(world, open, who)
        : walkFor(open.kind, payerBook.personas.get(personaIn(payerBook, persona))?.walk)
    beginWalk(world, open, readWalk({ ...usual, ...written, phone: who }), parseDuration(after))
    return open
  }, undefined)
  const { happenings } = sandbox.journal.since(mark)
  return {
    target: sandbox.perform((world) => targetOf(world, id), undefined),
    visits: happenings.filter((each) => each.what === 'visit' && each.id === page.id).map(visitOf),
    planned: [sandbox.timers.find('payer-walk', page.id), sandbox.timers.find('payer-unlink', page.subject)].flatMap(
      (timer) => (timer ? { what: timer.kind, dueAt: timer.dueAt } : []),
    ),
  }
}

const visitOf = ({ at, page, did }: Happening): Visit => ({ at, page: String(page), did: String(did) })

function checkDuration(name: string, text: string): void {
  const ms = parseDuration(text)
  if (ms !== undefined && ms <= longestMs) return
  throw new Problem(400, 'Bad duration', `${name}: found "${text}", expected e.g. "20s", "5m" or "1d", up to ten years`)
}
