import type { FastifyReply } from 'fastify'
import { withoutTokens } from '../../midtrans/secrets.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { Entry, Story } from '../timeline/entry.ts'
import { mermaid } from '../timeline/mermaid.ts'
import { mostEntries, storyOf } from '../timeline/story.ts'
import { everything, type Subject, subjectOf } from '../timeline/subject.ts'
import { text } from '../timeline/text.ts'
import type { AdminApi, Query } from './admin-api.ts'
import { readNumber } from './listing.ts'
import { Problem } from './problem.ts'
import { isoTime, wireRecord } from './wire.ts'

/**
 * GET /__admin/timeline/{order_id, transaction_id, account_id, subscription_id or token of Snap}: all that happened to it, in order: calls and answers,
 * page visits, changes, rules, notifications with each try, and the jumps of the clock in between. ?format=json, mermaid
 * (a sequence diagram) or text.
 * GET /__admin/timeline: the same of everything in the sandbox.
 */
export function timeline(api: AdminApi): void {
  const about = {
    summary: 'All that happened to an order, a transaction, an account, a subscription or a Snap session, in order',
    params: { id: ['order_id, transaction_id, account_id, subscription_id, or token of Snap.', 'order-1'] },
    query: { format: 'json, the default; mermaid: a sequence diagram; text: lines for people.' },
  } as const
  api.get('/__admin/timeline/:id', about, (sandbox, { params: { id = '' }, query, reply }) => {
    const subject = subjectOf(sandbox, id)
    if (!subject) throw unknown(sandbox, id)
    return rendered(sandbox, subject, query, reply)
  })

  const ofAll = {
    summary: 'The latest of all that happened in the sandbox, in order: what a failing test wants to show',
    query: { ...about.query, last: 'How many entries at the most, up to 1,000.' },
  }
  api.get('/__admin/timeline', ofAll, (sandbox, { query, reply }) =>
    rendered(sandbox, everything(sandbox), query, reply),
  )
}

function rendered(sandbox: Sandbox, subject: Subject, { format = 'json', last }: Query, reply: FastifyReply) {
  const render = renderers.get(format)
  if (!render) {
    throw new Problem(400, 'No such format', `format: found "${format}", expected ${[...renderers.keys()].join(', ')}`)
  }
  const most = last === undefined ? mostEntries : readNumber('last', last, mostEntries)
  const story = storyOf(sandbox, subject, (words) => withoutTokens(words, sandbox.serverKey), most)
  const shown = render(story)
  return typeof shown === 'string' ? reply.type('text/plain; charset=utf-8').send(shown) : shown
}

const renderers = new Map<string, (story: Story) => string | object>([
  ['json', wireStory],
  ['mermaid', mermaid],
  ['text', text],
])

function wireStory({ entries, ...story }: Story) {
  return { ...story, entries: entries.map(wireEntry) }
}

export const wireEntry = ({ realAt, at, details, ...entry }: Omit<Entry, 'kind'>) => ({
  ...entry,
  at: isoTime(at),
  ...(realAt !== undefined && { real_at: isoTime(realAt) }),
  details: wireRecord(details),
})

function unknown({ state }: Sandbox, id: string): Problem {
  const orders = [...state.transactions.values()].slice(-5).map(({ orderId }) => orderId)
  const accounts = [...state.accounts.values()].slice(-5).map((account) => account.id)
  const latest = [...orders, ...accounts].reverse()
  return new Problem(
    404,
    'Nothing is known of it',
    `Found ${id}, expected an order_id, transaction_id, account_id, subscription_id or token of Snap of this sandbox`,
    latest.length === 0 ? 'It has none yet.' : `The latest are ${latest.join(', ')}.`,
  )
}
