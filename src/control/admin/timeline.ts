import { withoutTokens } from '../../midtrans/secrets.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { Entry, Story } from '../timeline/entry.ts'
import { mermaid } from '../timeline/mermaid.ts'
import { storyOf } from '../timeline/story.ts'
import { subjectOf } from '../timeline/subject.ts'
import { text } from '../timeline/text.ts'
import type { AdminApi } from './admin-api.ts'
import { Problem } from './problem.ts'
import { isoTime, wireRecord } from './wire.ts'

/**
 * GET /__admin/timeline/{order_id, transaction_id or account_id}: all that happened to it, in order: calls and answers,
 * page visits, changes, rules, notifications with each try, and the jumps of the clock in between. ?format=json, mermaid
 * (a sequence diagram) or text.
 */
export function timeline(api: AdminApi): void {
  const about = {
    summary: 'All that happened to an order, a transaction or an account, in order',
    query: { format: 'json, the default; mermaid: a sequence diagram; text: lines for people.' },
  }
  api.get('/__admin/timeline/:id', about, (sandbox, { params: { id = '' }, query: { format = 'json' }, reply }) => {
    const render = renderers.get(format)
    if (!render) {
      throw new Problem(
        400,
        'No such format',
        `format: found "${format}", expected ${[...renderers.keys()].join(', ')}`,
      )
    }
    const subject = subjectOf(sandbox, id)
    if (!subject) throw unknown(sandbox, id)
    const story = storyOf(sandbox, subject, (words) => withoutTokens(words, sandbox.serverKey))
    const rendered = render(story)
    return typeof rendered === 'string' ? reply.type('text/plain; charset=utf-8').send(rendered) : rendered
  })
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
    `Found ${id}, expected an order_id, a transaction_id or an account_id of this sandbox`,
    latest.length === 0 ? 'It has none yet.' : `The latest are ${latest.join(', ')}.`,
  )
}
