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
  /** Most keys have one entity: a list for each would cost more than all the rest of an index. */
  const idsByKey = new Map<string, string | readonly string[]>()

  const idsOf = (key: string): readonly string[] => {
    const ids = idsByKey.get(key) ?? []
    return typeof ids === 'string' ? [ids] : ids
  }
  const leave = (key: string, id: string) => {
    const [first, ...rest] = idsOf(key).filter((each) => each !== id)
    if (first === undefined) idsByKey.delete(key)
    else idsByKey.set(key, rest.length === 0 ? first : [first, ...rest])
  }
  const enter = (key: string, id: string) => {
    if (!idsByKey.has(key)) return idsByKey.set(key, id)
    const ids = idsOf(key)
    const rank = collection.rankOf(id)
    // By rank, and not by coming: the order has to survive an undone step and a restart.
    const place = ids.findLastIndex((each) => collection.rankOf(each) < rank) + 1
    return idsByKey.set(key, ids.toSpliced(place, 0, id))
  }
  collection.observe((before, after) => {
    const left = before && keyOf(before)
    const entered = after && keyOf(after)
    if (left === entered) return
    if (before && left !== undefined) leave(left, before.id)
    if (after && entered !== undefined) enter(entered, after.id)
  })

  return {
    all: (key) => idsOf(key).flatMap((id) => collection.get(id) ?? []),
    latest: (key) => {
      const ids = idsByKey.get(key)
      const id = typeof ids === 'string' ? ids : ids?.at(-1)
      return id === undefined ? undefined : collection.get(id)
    },
  }
}
