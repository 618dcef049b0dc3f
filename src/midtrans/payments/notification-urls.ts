import type { IncomingHttpHeaders } from 'node:http'
import { headerText } from '../core-api/headers.ts'
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
