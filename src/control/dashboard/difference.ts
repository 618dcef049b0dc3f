/** One field of two bodies, its values as JSON. */
export interface Line {
  readonly name: string
  readonly before: string
  readonly after: string
  readonly change: 'same' | 'changed' | 'added' | 'removed'
}

/** Deeper than this it is told as one value. */
const mostDeep = 8

/** Two bodies field by field, in the order of the first; undefined where one of them is no JSON. */
export function differenceOf(before: string, after: string): readonly Line[] | undefined {
  const [first, second] = [fieldsOf(before), fieldsOf(after)]
  if (!first || !second) return undefined
  return [...new Set([...first.keys(), ...second.keys()])].map((name) =>
    lineOf(name, first.get(name), second.get(name)),
  )
}

function lineOf(name: string, before: string | undefined, after: string | undefined): Line {
  const change =
    before === after ? 'same' : before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  return { name, before: before ?? '', after: after ?? '', change }
}

function fieldsOf(text: string): ReadonlyMap<string, string> | undefined {
  try {
    return new Map(flat(JSON.parse(text), [], mostDeep))
  } catch {
    // A rule has cut it.
    return undefined
  }
}

function flat(value: unknown, place: readonly string[], depth: number): readonly (readonly [string, string])[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : []
  if (inner.length === 0 || depth === 0) return [[place.join('.'), JSON.stringify(value)]]
  return inner.flatMap(([name, each]) => flat(each, [...place, name], depth - 1))
}
