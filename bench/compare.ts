/** As many as keep a server busy. */
export const connections = 32

/** A round: ours, and what it is measured against. */
export interface Against<T> {
  readonly ours: T
  readonly base: T
}

/** The round whose ratio is in the middle. */
export function middle<T extends { readonly perSecond: number }>(results: readonly Against<T>[]): Against<T> {
  const ratio = ({ ours, base }: Against<T>) => ours.perSecond / base.perSecond
  const found = results.toSorted((a, b) => ratio(a) - ratio(b))[Math.floor(results.length / 2)]
  if (!found) throw new Error('there was no round')
  return found
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
