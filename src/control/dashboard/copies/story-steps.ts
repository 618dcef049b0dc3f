import type { Exchange } from '../../../engine/exchange.ts'
import type { Happening, Noted } from '../../../engine/journal.ts'
import type { Sandbox } from '../../../sandbox.ts'
import { subjectsOf } from '../../request-facts.ts'
import type { Subject } from '../../timeline/subject.ts'

/** One thing that somebody did. */
export type StoryStep =
  | { readonly did: 'call'; readonly exchange: Exchange }
  | { readonly did: 'simulate'; readonly action: string }
  | { readonly did: 'advance'; readonly ms: number }

/** What has to be done again, and in which order, for a story to happen again: calls, answers of the payer, jumps of the clock. */
export function stepsOf({ state, journal }: Sandbox, subject: Subject): readonly StoryStep[] {
  const { entities } = subject
  const isAbout = ({ happening: { id, subject: about } }: Noted) =>
    [id, about].some((each) => entities.has(String(each)))
  const calls = journal.requests.all.flatMap((exchange) => {
    const isMeant =
      exchange.from === 'merchant' && exchange.operation !== undefined && subject.isNamed(subjectsOf(exchange, state))
    return isMeant ? [{ seq: exchange.seq, step: { did: 'call', exchange } as const }] : []
  })
  const happenings = journal.happenings.all
  const first = calls[0]?.seq ?? Number.POSITIVE_INFINITY
  const last = happenings.findLast(isAbout)?.seq ?? 0
  const others = happenings.flatMap((noted) => {
    const isBetween = first < noted.seq && noted.seq < last
    const step = isBetween
      ? (jumpIn(noted.happening) ?? (isAbout(noted) ? answerIn(noted.happening) : undefined))
      : undefined
    return step ? [{ seq: noted.seq, step }] : []
  })
  return [...calls, ...others].toSorted((one, other) => one.seq - other.seq).map(({ step }) => step)
}

function jumpIn({ what, at, toAt }: Happening): StoryStep | undefined {
  const ms = what === 'clock' ? Number(toAt ?? at) - at : 0
  return ms > 0 ? { did: 'advance', ms } : undefined
}

/** What the payer did on a page, as an action that can be simulated. */
function answerIn({ what, action, judgement, question, shown }: Happening): StoryStep | undefined {
  if (what !== 'page' || action !== 'answer') return undefined
  if (judgement === 'declined') return { did: 'simulate', action: 'decline' }
  if (judgement === 'wrong') return { did: 'simulate', action: question === 'otp' ? 'wrong-otp' : 'wrong-pin' }
  // Of the right answers the last one: it stands for all of them.
  return shown === 'confirmed' ? { did: 'simulate', action: 'confirm' } : undefined
}
