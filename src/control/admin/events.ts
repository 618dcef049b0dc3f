import { isMeant, type Match } from '../../engine/scenarios/rule.ts'
import { type Feed, Listeners, message } from '../../midtrans/event-stream.ts'
import { withoutTokens } from '../../midtrans/secrets.ts'
import type { Sandbox } from '../../sandbox.ts'
import { entriesAfter, type JournalEntry, missedAfter } from '../journal-entries.ts'
import { maskedEntry } from '../timeline/story.ts'
import type { AdminApi } from './admin-api.ts'
import { Problem } from './problem.ts'
import { wireRequest } from './requests.ts'
import { wireEntry } from './timeline.ts'

const mostStreams = 100
/** Whatever happens in between comes together. */
const msBetween = 50

const filters = ['order_id', 'account_id', 'kind', 'from'] as const

/**
 * GET /__admin/events: the journal as server-sent events: what is there, then whatever happens. Each has an id; the header
 * Last-Event-ID, or since=, goes on after it. The type of a message is `entry`, `dropped` (how many at the most are gone that
 * should stand here) or, where the sandbox was deleted, `end`. With follow=false it ends with what is there.
 */
export function events(api: AdminApi): void {
  const listeners = new Listeners(mostStreams)
  const about = {
    summary: 'What happens in the sandbox, as server-sent events: requests, changes, rules, each try of a notification',
    query: {
      since: 'The id of an event: goes on after it, as with Last-Event-ID. Without it: all that is remembered.',
      follow: 'false: ends with what is there.',
      order_id: 'Only of these; `*` for any characters.',
      account_id: 'Only of these; `*` for any characters.',
      kind: 'Only these: request, page, change, rule, notification, clock, settings or reset.',
      from: 'Only what these do: merchant, payer, emulator or clock.',
    },
    type: 'text/event-stream',
  } as const
  api.get('/__admin/events', about, (sandbox, { query, reply }) => {
    if (listeners.isFull('events')) {
      throw new Problem(503, 'Too many', `${mostStreams} streams are open already`, 'Close one that nobody reads.')
    }
    const { follow = 'true' } = query
    if (follow !== 'true' && follow !== 'false') {
      throw new Problem(400, 'Bad follow', `follow: found "${follow}", expected true or false`)
    }
    const after = placeOf(sandbox, query.since ?? reply.request.headers['last-event-id'])
    const given = filters.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]] as const]))
    const feed = feedOf(sandbox, { after, filter: Object.fromEntries(given) })
    return listeners.listen('events', reply, follow === 'true' ? feed : { ...feed, isOver: () => true })
  })
}

/** An event's place in the order of all that happens. One of before a restart comes before all there is. */
function placeOf({ journal }: Sandbox, id: string | string[] | undefined): number {
  if (id === undefined || id === '') return 0
  const [, of, seq] = /^([\w-]{1,50})\.(\d{1,15})$/.exec(String(id)) ?? []
  if (of === undefined) {
    const hint = 'Take the id as it stands in the stream, or leave it out for all that is remembered.'
    throw new Problem(400, 'Bad id', `since: found "${id}", expected the id of an event`, hint)
  }
  return of === journal.id ? Number(seq) : 0
}

function feedOf(sandbox: Sandbox, { after, filter }: { readonly after: number; readonly filter: Match }): Feed {
  const { watchers, journal } = sandbox
  let seen = watchers.version - 1
  let last = after
  return {
    of: sandbox,
    retryMs: 1_000,
    msBetween,
    isNews: () => watchers.version !== seen,
    *tell() {
      seen = watchers.version
      const missed = missedAfter(journal, last)
      if (missed.requests + missed.happenings > 0) yield message(missed, { event: 'dropped' })
      for (const entry of entriesAfter(sandbox, last)) {
        last = entry.seq
        const { orderId, accountId, kind, from } = entry
        if (!isMeant(filter, { order_id: orderId, account_id: accountId, kind, from })) continue
        yield message(shown(sandbox, entry), { event: 'entry', id: `${journal.id}.${entry.seq}` })
      }
      if (sandbox.isGone) yield message({ why: 'the sandbox is gone' }, { event: 'end' })
    },
    isOver: () => sandbox.isGone,
  }
}

/** As the timeline shows it and, of a request, as the list of requests does. */
function shown(sandbox: Sandbox, { exchange, orderId, accountId, ...entry }: JournalEntry) {
  const masked = (text: string) => withoutTokens(text, sandbox.serverKey)
  return {
    ...wireEntry(maskedEntry(entry, masked)),
    ...(orderId !== undefined && { order_id: masked(orderId) }),
    ...(accountId !== undefined && { account_id: accountId }),
    ...(exchange && { request: wireRequest(sandbox, exchange) }),
  }
}
