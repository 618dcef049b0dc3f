import { withoutTokens } from '../../midtrans/secrets.ts'
import { latestStories } from '../latest-stories.ts'
import type { AdminApi } from './admin-api.ts'
import { readNumber } from './listing.ts'

const mostStories = 100
const mostLines = 1_000

/**
 * GET /__admin/stories: the latest orders and accounts with what happened to each, as text: those first in which something
 * went wrong. What the log of a failed test run wants to show.
 */
export function stories(api: AdminApi): void {
  const about = {
    summary:
      'The latest orders and accounts, each with what happened to it, failures first: for the log of a failed run',
    query: { stories: 'How many, up to 100; 5 if not said.', lines: 'The latest so many of each; 40 if not said.' },
    type: 'text/plain',
  }
  api.get('/__admin/stories', about, (sandbox, { query, reply }) => {
    const most = {
      stories: readNumber('stories', query.stories ?? '5', mostStories),
      lines: readNumber('lines', query.lines ?? '40', mostLines),
    }
    const masked = (text: string) => withoutTokens(text, sandbox.serverKey)
    return reply.type('text/plain; charset=utf-8').send(latestStories(sandbox, masked, most))
  })
}
