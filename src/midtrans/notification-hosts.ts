import { wildcard } from '../engine/scenarios/rule.ts'
import type { Settings } from './settings.ts'

/** Why the settings let no notification go to an address; undefined: they do. What is no address is left to the sender. */
export function objectionTo(
  address: string,
  { notificationHosts: allowed, deniedNotificationHosts: denied }: Settings,
): string | undefined {
  const url = URL.parse(address)
  if (!url) return undefined
  // "shop.example." is the same host; a default port is one that a pattern may name.
  const host = url.hostname.replace(/\.$/, '')
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const isIn = (patterns: readonly string[]) =>
    patterns.some((pattern) => [host, `${host}:${port}`].some((name) => wildcard(pattern.toLowerCase(), name)))
  if (isIn(denied)) return `the host ${url.host} is among the denied notification hosts`
  if (allowed.length > 0 && !isIn(allowed)) return `the host ${url.host} is not among the allowed notification hosts`
  return undefined
}
