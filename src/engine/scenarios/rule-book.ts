import { newId } from '../ids.ts'
import { seededNumber } from '../seed.ts'
import type { Collection } from '../store/collection.ts'
import { differences, type Facts, isLive, isMeant, type Match, type Rule } from './rule.ts'

/** What a rule is before it is kept. */
export type NewRule = Rule extends infer R ? (R extends Rule ? Omit<R, 'id' | 'met' | 'used'> : never) : never
export type RuleSource = 'api' | 'scenario'

const kindOf = ({ source }: NewRule): RuleSource => (source === 'api' ? 'api' : 'scenario')

/** A request that a rule nearly matched. */
interface NearMiss {
  readonly facts: Facts
  readonly misses: number
}

/** The rules of a sandbox. All that changes them runs inside a step. */
export class RuleBook {
  readonly #rules: Collection<Rule>
  /** By rule. Not part of the state: it is for people who wonder why a rule is not used. */
  readonly #nearMisses = new Map<string, NearMiss>()
  #faults = 0

  constructor(rules: Collection<Rule>) {
    this.#rules = rules
    rules.observe((before, after) => {
      this.#faults += Number(after?.fault !== undefined) - Number(before?.fault !== undefined)
      if (!after && before) this.#nearMisses.delete(before.id)
    })
  }

  /** In the order in which they are asked: those of the API go before those of scenarios. */
  get all(): readonly Rule[] {
    const rules = [...this.#rules.values()]
    return rules.sort((a, b) => Number(kindOf(a) === 'scenario') - Number(kindOf(b) === 'scenario'))
  }

  get isEmpty(): boolean {
    return this.#rules.size === 0
  }

  get hasFaults(): boolean {
    return this.#faults > 0
  }

  get(id: string): Rule | undefined {
    return this.#rules.get(id)
  }

  add(rules: readonly NewRule[]): readonly Rule[] {
    return rules.map((rule) => this.#rules.put({ ...rule, id: newId(), met: 0, used: 0 }))
  }

  /** Puts these in the place of those of one kind of source; the others stay, and stay used. */
  replace(kind: RuleSource, rules: readonly NewRule[]): void {
    for (const rule of this.all) if (kindOf(rule) === kind) this.#rules.remove(rule.id)
    this.add(rules)
  }

  remove(rule: Rule): void {
    this.#rules.remove(rule.id)
  }

  switch({ isOff: _, ...rule }: Rule, isOn: boolean): Rule {
    return this.#rules.put({ ...rule, ...(!isOn && { isOff: true }) })
  }

  /**
   * The first rule for these facts of those that can act here, with chance and `nth` on its side; it counts as used.
   * `seed` is what chance is made from where the rule names none.
   */
  decide(facts: Facts, seed: string, canAct: (rule: Rule) => boolean): Rule | undefined {
    if (this.isEmpty) return undefined
    for (const rule of this.all) {
      if (!isLive(rule) || !canAct(rule)) continue
      const { nth, ...plain } = rule.match
      if (!isMeant(plain, facts)) {
        this.#noteMiss(rule, facts)
        continue
      }
      const counts = nth !== undefined || rule.probability !== undefined
      const met = rule.met + 1
      const isChosen = isMeant(nth === undefined ? {} : { nth }, { nth: met }) && hasChance(rule, met, seed)
      if (!isChosen) this.#noteMiss(rule, { ...facts, nth: met })
      if (!counts && !isChosen) continue
      const counted = this.#rules.put({
        ...rule,
        ...(counts && { met }),
        ...(isChosen && { used: rule.used + 1 }),
      })
      if (isChosen) return counted
    }
    return undefined
  }

  /** What differed in the request that came closest to a rule without being meant; undefined: none came near. */
  nearMissOf({ id, match, probability }: Rule): { readonly facts: Facts; readonly differs: string[] } | undefined {
    const miss = this.#nearMisses.get(id)
    if (!miss) return undefined
    const differs = differences(match, { nth: 0, ...miss.facts })
    return { facts: miss.facts, differs: differs.length > 0 ? differs : [`chance: ${probability} was not met`] }
  }

  /** The latest of those that came closest. A request for something else altogether is no miss. */
  #noteMiss({ id, match }: Rule, facts: Facts): void {
    if (match.operation !== undefined && match.operation !== facts.operation) return
    const misses = countMisses(match, facts)
    if (misses <= (this.#nearMisses.get(id)?.misses ?? Number.POSITIVE_INFINITY)) {
      this.#nearMisses.set(id, { facts, misses })
    }
  }
}

const countMisses = (match: Match, facts: Facts): number => {
  let misses = 0
  for (const name in match) if (!isMeant({ [name]: match[name] ?? '' }, facts)) misses++
  return misses
}

/** Derived from the rule's own words and count, so that the same seed and requests give the same chances. */
function hasChance({ probability, seed, match, outcome, fault }: Rule, met: number, standardSeed: string): boolean {
  if (probability === undefined) return true
  return seededNumber(seed ?? standardSeed, 'rule', JSON.stringify([match, outcome, fault]), met) < probability
}
