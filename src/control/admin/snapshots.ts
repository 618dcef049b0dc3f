import { Type } from 'typebox'
import type { Sandbox } from '../../sandbox.ts'
import type { Snapshot } from '../../snapshots.ts'
import type { AdminApi } from './admin-api.ts'
import { Problem } from './problem.ts'
import { isoTime } from './wire.ts'

const Body = Type.Object(
  {
    name: Type.String({ pattern: '^[\\w.-]{1,100}$' }),
    replace: Type.Optional(Type.Boolean({ description: 'Whether it may take the place of one with this name.' })),
  },
  { additionalProperties: false },
)

/** Each holds on to all that the sandbox knew, so there are not to be many. */
const mostSnapshots = 20

/**
 * GET /__admin/snapshots: those that were taken, the oldest first. They live as long as the process: a reset leaves
 * them, a restart does not, with --data neither; to keep one, export it.
 * POST /__admin/snapshots {"name", "replace"}: remembers what the sandbox is like now.
 * POST /__admin/snapshots/{name}/restore: makes it so again: clock, settings, rules with their counts, all of it.
 * DELETE /__admin/snapshots/{name}.
 */
export function snapshots(api: AdminApi): void {
  const list = { summary: 'The snapshots of the sandbox; they survive a reset, not a restart' }
  api.get('/__admin/snapshots', list, ({ snapshots: { all } }) => [...all].map(wireSnapshot))

  const taking = {
    summary: 'Remembers, in memory, what the sandbox is like now',
    body: Body,
    example: { name: 'before', replace: true },
  }
  api.post('/__admin/snapshots', taking, (sandbox, { body: { name, replace = false } }) => {
    const { all } = sandbox.snapshots
    if (all.has(name) && !replace) {
      const hint = 'Choose another name, or send "replace": true.'
      throw new Problem(409, 'The name is taken', `Found name "${name}", which a snapshot has already`, hint)
    }
    if (all.size >= mostSnapshots && !all.has(name)) {
      const hint = 'DELETE /__admin/snapshots/{name} removes one.'
      throw new Problem(409, 'Too many snapshots', `Found ${all.size}, expected at most ${mostSnapshots}`, hint)
    }
    const { snapshot } = sandbox
    sandbox.snapshots.put(name, snapshot)
    return wireSnapshot([name, snapshot])
  })

  const ofOne = { params: { name: ['As it was taken.', 'before'] } } as const
  const restoring = {
    summary: 'Makes the sandbox what it was when a snapshot was taken, its clock included',
    ...ofOne,
  }
  api.post('/__admin/snapshots/:name/restore', restoring, (sandbox, { params: { name = '' } }) => {
    const snapshot = snapshotOf(sandbox, name)
    sandbox.fill(snapshot)
    return wireSnapshot([name, snapshot])
  })

  const deleting = { summary: 'Forgets a snapshot', ...ofOne }
  api.delete('/__admin/snapshots/:name', deleting, (sandbox, { params: { name = '' } }) => {
    const snapshot = snapshotOf(sandbox, name)
    sandbox.snapshots.delete(name)
    return wireSnapshot([name, snapshot])
  })
}

/** The snapshot of this name, or a Problem that says which there are. */
export function snapshotOf({ snapshots: { all } }: Sandbox, name: string): Snapshot {
  const found = all.get(name)
  if (found) return found
  const expected = all.size === 0 ? 'there are none yet' : `expected one of ${[...all.keys()].join(', ')}`
  const hint = 'POST /__admin/snapshots {"name": ...} takes one. A restart forgets them.'
  throw new Problem(404, 'No such snapshot', `Found name "${name}", ${expected}`, hint)
}

export function wireSnapshot([name, { now, records }]: readonly [string, Snapshot]) {
  const count = (of: string) => records.filter(({ collection }) => collection === of).length
  return {
    name,
    now: isoTime(now),
    accounts: count('accounts'),
    transactions: count('transactions'),
    notifications: count('notifications'),
  }
}
