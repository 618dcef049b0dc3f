import type { IncomingHttpHeaders } from 'node:http'
import { headerText } from '../merchant-api/headers.ts'
import type { Quirks } from '../quirks.ts'
import type { NotificationUrls } from './transaction.ts'

/** UNCERTAIN: what happens to more URLs than are allowed is not documented: they are left out. */
const mostUrls: Readonly<Record<Quirks['notification_urls'], number>> = { three: 3, two: 2 }

/** X-Override-Notification and X-Append-Notification. An empty header is none; a repeated URL counts once. */
export function notificationUrls(headers: IncomingHttpHeaders, quirks: Quirks): NotificationUrls {
  const most = mostUrls[quirks.notification_urls]
  return {
    override: urls(headerText(headers, 'x-override-notification'), most),
    append: urls(headerText(headers, 'x-append-notification'), most),
  }
}

function urls(list: string, most: number): readonly string[] {
  if (list === '') return none
  const all = list.split(',').flatMap((url) => url.trim() || [])
  return [...new Set(all)].slice(0, most)
}

const none: readonly string[] = []
