import { withoutTokens } from '../../midtrans/secrets.ts'
import type { Sandbox } from '../../sandbox.ts'
import { Problem } from '../admin/problem.ts'
import type { Entry, Story } from '../timeline/entry.ts'
import { storyOf } from '../timeline/story.ts'
import { subjectOf } from '../timeline/subject.ts'

/** More than this is looked up better as text. */
const mostShown = 300

/** A story as a picture: a line for each entry, in the lanes of merchant, emulator and payer. */
export function pictureOf(sandbox: Sandbox, base: string, id: string) {
  const subject = subjectOf(sandbox, id)
  if (!subject) throw new Problem(404, 'Nothing is known of it', `Nothing is called ${id} in this sandbox.`)
  const story = storyOf(sandbox, subject, (words) => withoutTokens(words, sandbox.serverKey))
  const told = story.entries.filter((entry) => !isPlainPlan(entry))
  const entries = told.slice(-mostShown)
  return {
    ...story.ids,
    id,
    lines: entries.map((entry, index) => lineOf(entry, entries[index - 1], base)),
    missing: missingFrom(story, told.length - entries.length),
  }
}

/** That a notification is about to leave is told by its leaving. */
const isPlainPlan = ({ kind, at, details: { did, status, nextAttemptAt } }: Entry): boolean =>
  kind === 'notification' && did === 'plan' && status === 'planned' && nextAttemptAt === at

function lineOf(entry: Entry, before: Entry | undefined, base: string) {
  const { at, from, to, kind } = entry
  const isOfAll = from === 'clock' || kind === 'settings' || kind === 'reset'
  return {
    at,
    /** Times are told where they change. */
    isNewTime: before === undefined || Math.floor(before.at / 1_000) !== Math.floor(at / 1_000),
    lane: isOfAll ? 'all' : from === to ? `at-${from}` : `${from}-${to}`,
    kind,
    title: withoutAddress(entry),
    tone: toneOf(entry),
    href: hrefOf(entry, base),
    words: isOfAll ? 'emulator' : from === to ? from : `${from} to ${to}`,
  }
}

/** The handler stands at the other end of the line. */
const withoutAddress = ({ title, details: { url } }: Entry): string =>
  typeof url === 'string' ? title.replace(` to ${url}`, '').replace(` for ${url}`, '') : title

/** Whether a line tells of something that went well, or wrong. */
function toneOf({ kind, details, title }: Entry): 'good' | 'bad' | 'plain' {
  if (details.state === 'broken off' || details.error !== undefined || details.judgement === 'wrong') return 'bad'
  if (kind === 'rule' || details.fault !== undefined) return 'bad'
  const code = Number(kind === 'notification' ? details.answer : (details.status_code ?? details.status))
  if (code >= 300 || (kind === 'answer' && code === 202)) return 'bad'
  if (kind === 'change' && /-> (?:deny|expire|EXPIRED|failed|expired)$/.test(title)) return 'bad'
  return kind === 'answer' || kind === 'change' || code > 0 ? 'good' : 'plain'
}

function hrefOf({ kind, details }: Entry, base: string): string | undefined {
  if (typeof details.request_id === 'string') return `${base}/requests/${details.request_id}`
  return kind === 'notification' && typeof details.id === 'string' ? `${base}/notifications/${details.id}` : undefined
}

function missingFrom({ dropped }: Story, cut: number): string | undefined {
  const left = cut + dropped.entries
  const gone = dropped.requests + dropped.happenings
  if (left + gone === 0) return undefined
  return `Not shown: ${left} earlier lines. Of the whole sandbox, ${dropped.requests} requests and ${dropped.happenings} happenings were let go.`
}
