import { type Static, Type } from 'typebox'
import { factsOf } from '../../engine/outbox/facts.ts'
import type { Delivery, Notification } from '../../engine/outbox/notification.ts'
import { differences, type Match } from '../../engine/scenarios/rule.ts'
import { parseDuration } from '../../engine/time/duration.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { AdminApi } from './admin-api.ts'
import { filterOf, NotificationFilter } from './notification-filter.ts'
import { wireNotification } from './notifications.ts'
import { Problem } from './problem.ts'

const Body = Type.Object(
  {
    filter: NotificationFilter,
    /** How often it has to have arrived; at least so often, or with `exactly` just so often. */
    times: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
    exactly: Type.Optional(Type.Boolean()),
    /** How long to wait at the most, of real time; 5 s where it is not named. */
    within: Type.Optional(Type.String({ maxLength: 20 })),
  },
  { additionalProperties: false },
)

const longestWaitMs = 60_000
const mostMisses = 3

/**
 * POST /__admin/expect {"filter", "times", "exactly", "within"}: waits until notifications that the filter means have
 * arrived so often (once, where nothing is said), and answers with them; otherwise HTTP 417 with the nearest misses and
 * what differs. Time that stands still does not stop the wait: it is real.
 */
export function expect(api: AdminApi): void {
  const expecting = { summary: 'Waits until notifications have arrived, or tells the nearest misses', body: Body }
  api.post('/__admin/expect', expecting, async (sandbox, { body: wish, signal }) => {
    const { times = 1 } = wish
    // At least none is always true: whoever says 0 means that none may come.
    const exactly = wish.exactly ?? times === 0
    const filter = { state: 'delivered', ...filterOf(wish.filter) }
    const waitMs = waitOf(wish)
    // Just so often: whatever may still come has the whole time to come.
    await sandbox.watchers.until(() => arrived(sandbox, filter).length >= (exactly ? times + 1 : times), waitMs, signal)
    const met = arrived(sandbox, filter)
    if (exactly ? met.length === times : met.length >= times) {
      return {
        arrived: met.length,
        notifications: met.map(({ notification }) => wireNotification(sandbox, notification)),
      }
    }
    const wanted = `${exactly ? 'exactly' : 'at least'} ${times}`
    throw new Problem(
      417,
      'Not as expected',
      `Found ${met.length} notifications that arrived as ${JSON.stringify(filter)}, expected ${wanted}`,
      missesText(nearest(sandbox, filter)),
    )
  })
}

function waitOf({ within = '5s' }: Static<typeof Body>): number {
  const ms = parseDuration(within)
  if (ms !== undefined && ms <= longestWaitMs) return ms
  throw new Problem(400, 'Bad duration', `within: found "${within}", expected e.g. "500ms" or "10s", up to one minute`)
}

interface Sent {
  readonly notification: Notification
  readonly delivery: Delivery | undefined
}

function all({ state, outbox }: Sandbox): readonly Sent[] {
  return [...state.notifications.values()].flatMap((notification): Sent[] => {
    const ways = outbox.deliveriesOf(notification.id)
    return ways.length === 0
      ? [{ notification, delivery: undefined }]
      : ways.map((delivery) => ({ notification, delivery }))
  })
}

const misses = (filter: Match, { notification, delivery }: Sent) => differences(filter, factsOf(notification, delivery))

const arrived = (sandbox: Sandbox, filter: Match): readonly Sent[] =>
  all(sandbox).filter((sent) => misses(filter, sent).length === 0)

/** What came closest: the fewest differences first, the latest first among equals. */
const nearest = (sandbox: Sandbox, filter: Match) =>
  all(sandbox)
    .map((sent) => ({ ...sent, differs: misses(filter, sent) }))
    .filter(({ differs }) => differs.length > 0)
    .reverse()
    .toSorted((one, other) => one.differs.length - other.differs.length)
    .slice(0, mostMisses)

const missesText = (found: ReturnType<typeof nearest>): string =>
  found.length === 0
    ? 'Nothing else was told of either.'
    : `Nearest: ${found.map(({ notification, differs }) => `${notification.event} of ${notification.reference} (${differs.join('; ')})`).join('. ')}.`
