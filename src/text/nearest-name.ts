/** The name that somebody may have meant; undefined: none is near. */
export function nearestName(found: string, known: readonly string[]): string | undefined {
  // Two letters that have changed places are two changes.
  const most = found.length < 4 ? 1 : Math.max(2, Math.floor(found.length / 3))
  const near = known
    .map((name) => ({ name, distance: distance(found, name, most) }))
    .filter((each) => each.distance <= most)
    .sort((one, other) => one.distance - other.distance)
  return near[0]?.name
}

/** How many characters have to change, come or go (Levenshtein). */
function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [i, character] of [...one].entries()) {
    const next = [i + 1]
    for (const [j, wanted] of [...other].entries()) {
      const kept = (row[j] ?? 0) + Number(character !== wanted)
      next.push(Math.min(kept, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}

/** ", did you mean port?"; empty where no name is near. */
export function didYouMean(found: string, known: readonly string[]): string {
  const near = nearestName(found, known)
  return near === undefined ? '' : `, did you mean ${near}?`
}
