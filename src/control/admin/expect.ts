import { type Static, Type } from 'typebox'
import { differences, isMeant, type Match } from '../../engine/scenarios/rule.ts'
import { parseDuration } from '../../engine/time/duration.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { AdminApi } from './admin-api.ts'
import { type Expectable, expectables, type Found } from './expectables.ts'
import { filterOf, NotificationFilter } from './notification-filter.ts'
import { Problem } from './problem.ts'

const Filter = Type.Optional(NotificationFilter)

const Body = Type.Object(
  {
    notification: Filter,
    transaction: Filter,
    account: Filter,
    subscription: Filter,
    snap: Filter,
    request: Filter,
    times: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 10_000, description: 'At least so many; 1 if not said.' }),
    ),
    exactly: Type.Optional(Type.Boolean({ description: 'Just so many, and no more while it waits.' })),
    within: Type.Optional(
      Type.String({ maxLength: 20, description: 'How long to wait, of real time: "5s" if not said, up to "1m".' }),
    ),
  },
  { additionalProperties: false },
)

type Wish = Static<typeof Body>

const kinds = ['notification', 'transaction', 'account', 'subscription', 'snap', 'request'] as const

const longestWaitMs = 60_000
const mostMisses = 3

/**
 * POST /__admin/expect {"notification" | "transaction" | "account" | "subscription" | "snap" | "request": filter, "times",
 * "exactly", "within"}: waits until so many are as the filter says (one, where nothing is said), and answers with them; otherwise HTTP 417 with the nearest
 * misses and what differs. Of notifications only those count that have arrived, unless the filter names another state.
 * Time that stands still does not stop the wait: it is real.
 */
export function expect(api: AdminApi): void {
  const expecting = {
    summary: 'Waits until something is as it should be, or tells the nearest misses (HTTP 417)',
    body: Body,
    example: { transaction: { order_id: 'order-1', transaction_status: 'settlement' }, within: '2s' },
  }
  api.post('/__admin/expect', expecting, async (sandbox, { body: wish, signal }) => {
    const [kind, filter] = wanted(wish)
    const { times = 1 } = wish
    // At least none is always true: whoever says 0 means that none may come.
    const exactly = wish.exactly ?? times === 0
    const waitMs = waitOf(wish)
    // Just so many: whatever may still come has the whole time to come.
    const enough = exactly ? times + 1 : times
    await sandbox.watchers.until(() => met(kind, sandbox, filter).length >= enough, waitMs, signal)
    const found = met(kind, sandbox, filter)
    if (exactly ? found.length === times : found.length >= times) {
      return { found: found.length, [kind.plural]: found.map((each) => each.wire()) }
    }
    const count = `${exactly ? 'exactly' : 'at least'} ${times}`
    throw new Problem(
      417,
      'Not as expected',
      `Found ${found.length} ${kind.plural} with ${JSON.stringify(filter)}, expected ${count}`,
      missesText(kind, nearest(kind, sandbox, filter)),
    )
  })
}

function wanted(wish: Wish): readonly [kind: Expectable, filter: Match] {
  const named = kinds.filter((kind) => wish[kind] !== undefined)
  const [name, ...others] = named
  if (name === undefined || others.length > 0) {
    const hint = 'For example {"transaction": {"order_id": "order-1", "transaction_status": "settlement"}}.'
    const found = name === undefined ? 'none' : named.join(' and ')
    throw new Problem(400, 'What?', `Found ${found}, expected one of ${kinds.join(', ')}`, hint)
  }
  return [expectables[name], { ...expectables[name].implied, ...filterOf(wish[name] ?? {}) }]
}

function waitOf({ within = '5s' }: Wish): number {
  const ms = parseDuration(within)
  if (ms !== undefined && ms <= longestWaitMs) return ms
  throw new Problem(400, 'Bad duration', `within: found "${within}", expected e.g. "500ms" or "10s", up to one minute`)
}

const met = (kind: Expectable, sandbox: Sandbox, filter: Match): readonly Found[] =>
  kind.all(sandbox).filter(({ facts }) => isMeant(filter, facts))

/** What came closest: the fewest differences first, the latest first among equals. */
const nearest = (kind: Expectable, sandbox: Sandbox, filter: Match) =>
  kind
    .all(sandbox)
    .map(({ name, facts }) => ({ name, differs: differences(filter, facts) }))
    .filter(({ differs }) => differs.length > 0)
    .reverse()
    .toSorted((one, other) => one.differs.length - other.differs.length)
    .slice(0, mostMisses)

const missesText = ({ plural }: Expectable, found: ReturnType<typeof nearest>): string =>
  found.length === 0
    ? `There are no other ${plural}.`
    : `Nearest: ${found.map(({ name, differs }) => `${name} (${differs.join('; ')})`).join('. ')}.`
