import { newId } from '../ids.ts'
import type { Collection } from '../store/collection.ts'
import { type Facts, firstMatch, type Rule } from './rule.ts'

/** What a rule is before it is kept. */
export type NewRule = Omit<Rule, 'id' | 'used'>
export type RuleSource = 'api' | 'scenario'

const kindOf = ({ source }: NewRule): RuleSource => (source === 'api' ? 'api' : 'scenario')

/** The rules of a sandbox. All that changes them runs inside a step. */
export class RuleBook {
  readonly #rules: Collection<Rule>

  constructor(rules: Collection<Rule>) {
    this.#rules = rules
  }

  /** In the order in which they are asked: those of the API go before those of scenarios. */
  get all(): readonly Rule[] {
    const rules = [...this.#rules.values()]
    return rules.sort((a, b) => Number(kindOf(a) === 'scenario') - Number(kindOf(b) === 'scenario'))
  }

  get isEmpty(): boolean {
    return this.#rules.size === 0
  }

  add(rules: readonly NewRule[]): void {
    for (const rule of rules) this.#rules.put({ ...rule, id: newId(), used: 0 })
  }

  /** Puts these in the place of those of one kind of source; the others stay, and stay used. */
  replace(kind: RuleSource, rules: readonly NewRule[]): void {
    for (const rule of this.all) if (kindOf(rule) === kind) this.#rules.remove(rule.id)
    this.add(rules)
  }

  /**
   * The outcome that these facts shall have, of those that are possible here; undefined: no rule says anything. Counts
   * the rule as used.
   */
  decide(facts: Facts, isPossible: (outcome: string) => boolean): string | undefined {
    if (this.isEmpty) return undefined
    const rule = firstMatch(this.all, facts, isPossible)
    if (rule) this.#rules.put({ ...rule, used: rule.used + 1 })
    return rule?.outcome
  }
}
