import type { IncomingHttpHeaders } from 'node:http'
import { headerText } from '../core-api/headers.ts'
import { invalid } from '../errors.ts'
import { type Outcome, parseOutcome } from '../outcome.ts'
import type { NotificationUrls } from './transaction.ts'

/** UNCERTAIN: one page says two URLs, a newer one three; what happens to more is not documented: they are left out. */
const mostUrls = 3

/** X-Override-Notification and X-Append-Notification. An empty header is none; a repeated URL counts once. */
export const notificationUrls = (headers: IncomingHttpHeaders): NotificationUrls => ({
  override: urls(headerText(headers, 'x-override-notification')),
  append: urls(headerText(headers, 'x-append-notification')),
})

function urls(list: string): readonly string[] {
  if (list === '') return none
  const all = list.split(',').flatMap((url) => url.trim() || [])
  return [...new Set(all)].slice(0, mostUrls)
}

const none: readonly string[] = []

/** X-Emulator-Outcome: what shall happen to this one request. */
export function outcomeOf(headers: IncomingHttpHeaders): Outcome | undefined {
  const text = headerText(headers, 'x-emulator-outcome')
  if (text === '') return undefined
  const outcome = parseOutcome(text)
  if (outcome) return outcome
  throw invalid(`X-Emulator-Outcome: found "${text}", expected 200, 201, 202 or 202:<channel code>, e.g. 202:201`)
}
