/** What is known of a request when a rule is looked for. */
export type Facts = Readonly<Record<string, string | number | undefined>>

/** A text (`*` stands for any characters), a number, or a range; both ends belong to it. */
export type Matcher = string | number | { readonly min?: number; readonly max?: number }

/** One line of a scenario: when these facts, that outcome. */
export interface Rule {
  readonly id: string
  /** Who gave it: "api", or "scenario:" and its name. */
  readonly source: string
  readonly match: Readonly<Record<string, Matcher>>
  readonly outcome: string
  /** How often it may be used; absent: always. */
  readonly times?: number
  readonly used: number
}

/** The first rule that has not been used up, matches all of its facts, and whose outcome is possible. */
export function firstMatch(
  rules: Iterable<Rule>,
  facts: Facts,
  isPossible: (outcome: string) => boolean = () => true,
): Rule | undefined {
  for (const rule of rules) {
    if (rule.times !== undefined && rule.used >= rule.times) continue
    if (!Object.entries(rule.match).every(([name, matcher]) => matches(matcher, facts[name]))) continue
    if (isPossible(rule.outcome)) return rule
  }
  return undefined
}

/** Whether a fact is as a matcher wants it; a fact that is not there never is. */
export function matches(matcher: Matcher, fact: string | number | undefined): boolean {
  if (fact === undefined) return false
  if (typeof matcher === 'object') {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = matcher
    return typeof fact === 'number' && fact >= min && fact <= max
  }
  if (typeof matcher === 'number') return fact === matcher
  return wildcard(matcher, String(fact))
}

/** Each piece between stars must follow the one before: linear, unlike a regular expression with many stars. */
export function wildcard(pattern: string, text: string): boolean {
  const pieces = pattern.split('*')
  const first = pieces.shift() ?? ''
  const last = pieces.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const piece of pieces) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
