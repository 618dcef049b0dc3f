import type { Collection, Entity } from './collection.ts'

/** Finds entities by a second key. An entity whose key is undefined is not in the index. */
export interface Index<T> {
  /** By first insertion into the collection. */
  all(key: string): readonly T[]
  latest(key: string): T | undefined
}

export function indexBy<T extends Entity>(
  collection: Collection<T>,
  keyOf: (entity: T) => string | undefined,
): Index<T> {
  const idsByKey = new Map<string, readonly string[]>()

  collection.observe((before, after) => {
    const left = before && keyOf(before)
    const entered = after && keyOf(after)
    if (left === entered) return
    if (before && left !== undefined) {
      const rest = (idsByKey.get(left) ?? []).filter((id) => id !== before.id)
      if (rest.length > 0) idsByKey.set(left, rest)
      else idsByKey.delete(left)
    }
    if (after && entered !== undefined) {
      const ids = idsByKey.get(entered) ?? []
      const rank = collection.rankOf(after.id)
      // By rank, and not by coming: the order has to survive an undone step and a restart.
      const place = ids.findLastIndex((id) => collection.rankOf(id) < rank) + 1
      idsByKey.set(entered, ids.toSpliced(place, 0, after.id))
    }
  })

  const all = (key: string) => (idsByKey.get(key) ?? []).flatMap((id) => collection.get(id) ?? [])
  return {
    all,
    latest: (key) => {
      const id = idsByKey.get(key)?.at(-1)
      return id === undefined ? undefined : collection.get(id)
    },
  }
}
