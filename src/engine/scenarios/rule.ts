/** What is known of a request when a rule is looked for. */
export type Facts = Readonly<Record<string, string | number | undefined>>

/** A text (`*` stands for any characters), a number, or a range; both ends belong to it. */
export type Matcher = string | number | { readonly min?: number; readonly max?: number }

/** Each named fact has to match. */
export type Match = Readonly<Record<string, Matcher>>

/** What a rule does to what it matches. The texts are read by whoever asks. */
export type Effect =
  | { readonly outcome: string; readonly fault?: undefined }
  | { readonly fault: string; readonly outcome?: undefined }

/** One line of a scenario: when these facts, that effect. */
export type Rule = Effect & {
  readonly id: string
  /** Who gave it: "api", or "scenario:" and its name. */
  readonly source: string
  /** The fact `nth` is the rule's own: how many times, this one included, all else matched. */
  readonly match: Match
  /** How often it may be used; absent: always. */
  readonly times?: number
  /** Of a hundred that match, how many it is used for, divided by a hundred; absent: all. */
  readonly probability?: number
  /** What chance is made from; absent: the sandbox's own seed. */
  readonly seed?: string
  /** Present: it is asked nothing until somebody switches it on. */
  readonly isOff?: true
  /** How often all but `nth` and chance matched; counted where one of these matters. */
  readonly met: number
  readonly used: number
}

/** Whether a rule can act at all. */
export const isLive = ({ isOff, times, used }: Rule): boolean => !isOff && (times === undefined || used < times)

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

export const isMeant = (match: Match, facts: Facts): boolean =>
  Object.entries(match).every(([name, matcher]) => matches(matcher, facts[name]))

/** Why these facts are not meant, one sentence a fact; none: they are. */
export const differences = (match: Match, facts: Facts): string[] =>
  Object.entries(match).flatMap(([name, matcher]) =>
    matches(matcher, facts[name]) ? [] : `${name}: expected ${JSON.stringify(matcher)}, found ${found(facts[name])}`,
  )

const found = (fact: Facts[string]) => (fact === undefined ? 'nothing' : JSON.stringify(fact))

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
