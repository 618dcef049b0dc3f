import { wildcard } from '../engine/scenarios/rule.ts'
import type { Settings } from './settings.ts'

/** Why the settings let no notification go to an address; undefined: they do. What is no address is left to the sender. */
export function objectionTo(
  address: string,
  { notificationHosts: allowed, deniedNotificationHosts: denied }: Settings,
): string | undefined {
  const url = URL.parse(address)
  if (!url) return undefined
  const isIn = (patterns: readonly string[]) =>
    patterns.some((pattern) => wildcard(pattern, url.hostname) || wildcard(pattern, url.host))
  if (isIn(denied)) return `the host ${url.host} is among the denied notification hosts`
  if (allowed.length > 0 && !isIn(allowed)) return `the host ${url.host} is not among the allowed notification hosts`
  return undefined
}
