import { expect, test } from 'vitest'
import type { Facts, Rule } from '../../../src/engine/scenarios/rule.ts'
import { type NewRule, RuleBook } from '../../../src/engine/scenarios/rule-book.ts'
import { ChangeLog } from '../../../src/engine/store/change-log.ts'
import { Collection } from '../../../src/engine/store/collection.ts'

/** A book with these rules; `decide` says the outcome of the rule that was chosen. */
function bookOf(...rules: readonly (Partial<NewRule> & { readonly outcome: string })[]) {
  const log = new ChangeLog()
  const book = new RuleBook(new Collection<Rule>('rules', log))
  const step = <T>(work: () => T) => log.step(work, () => {})
  step(() => book.add(rules.map((rule) => ({ source: 'api', match: {}, ...rule }) as NewRule)))
  const decide = (facts: Facts, seed = '1') => step(() => book.decide(facts, seed, () => true))?.outcome
  return { book, step, decide }
}

test('the first rule that matches counts', () => {
  const { decide } = bookOf(
    { match: { order_id: 'x' }, outcome: 'other' },
    { match: { order_id: 'o*' }, outcome: 'first' },
    { match: { order_id: '*' }, outcome: 'second' },
  )
  expect(decide({ order_id: 'order-1' })).toBe('first')
})

test('rules of the API go before those of scenarios, whenever they came', () => {
  const { decide } = bookOf({ source: 'scenario:x', outcome: 'scenario' }, { outcome: 'api' })
  expect(decide({})).toBe('api')
})

test('all facts of a rule have to match, and facts that it does not name are of no account', () => {
  const { decide } = bookOf({ match: { order_id: 'o*', amount: { min: 100 } }, outcome: 'both' })
  expect(decide({ order_id: 'order-1', amount: 100, phone: '62' })).toBe('both')
  expect(decide({ order_id: 'order-1', amount: 99 })).toBeUndefined()
  expect(decide({ order_id: 'order-1' })).toBeUndefined()
})

test('a rule that has been used as often as it may is passed over', () => {
  const { decide, book } = bookOf({ times: 2, outcome: 'twice' }, { outcome: 'after' })
  expect([decide({}), decide({}), decide({})]).toEqual(['twice', 'twice', 'after'])
  expect(book.all.map(({ used }) => used)).toEqual([2, 1])
})

test.each([
  [2, ['later', 'nth', 'later', 'later']],
  [{ min: 3 }, ['later', 'later', 'nth', 'nth']],
  [{ max: 1 }, ['nth', 'later', 'later', 'later']],
  [{ min: 2, max: 3 }, ['later', 'nth', 'nth', 'later']],
])('the %j of those that match is the one, and others are not counted', (nth, outcomes) => {
  const { decide } = bookOf({ match: { order_id: 'a', nth }, outcome: 'nth' }, { outcome: 'later' })
  const decided = outcomes.map(() => {
    decide({ order_id: 'b' })
    return decide({ order_id: 'a' })
  })
  expect(decided).toEqual(outcomes)
})

test('a step that fails takes back what a rule has counted', () => {
  const { book, step } = bookOf({ match: { nth: 2 }, outcome: 'second' })
  const failing = () =>
    step(() => {
      book.decide({}, '1', () => true)
      throw new Error('the operation failed')
    })
  expect(failing).toThrow('the operation failed')
  expect(book.all[0]).toMatchObject({ met: 0, used: 0 })
})

test('chance is met about as often as it says, and the same seed meets it for the same requests', () => {
  const run = (seed: string) => {
    const { decide } = bookOf({ probability: 0.3, outcome: 'chosen' })
    return Array.from({ length: 1_000 }, () => decide({}, seed) === 'chosen')
  }
  const [one, again, other] = [run('7'), run('7'), run('8')]
  expect(again).toEqual(one)
  expect(other).not.toEqual(one)
  expect(one.filter(Boolean).length).toBeGreaterThan(250)
  expect(one.filter(Boolean).length).toBeLessThan(350)
})

test("a rule's own seed goes before that of the sandbox", () => {
  const run = (seed: string) => {
    const { decide } = bookOf({ probability: 0.5, seed: 'own', outcome: 'chosen' })
    return Array.from({ length: 50 }, () => decide({}, seed))
  }
  expect(run('7')).toEqual(run('8'))
})

test('a rule that is switched off is asked nothing, and goes on counting when it is switched on', () => {
  const { book, step, decide } = bookOf({ times: 2, outcome: 'first' }, { outcome: 'second' })
  const first = () => book.all[0] as Rule
  decide({})
  step(() => book.switch(first(), false))
  expect(decide({})).toBe('second')
  step(() => book.switch(first(), true))
  expect([decide({}), decide({})]).toEqual(['first', 'second'])
})

test('the request that came nearest to a rule is told with what differed', () => {
  const { book, decide } = bookOf({ match: { operation: 'charge', order_id: 'a', amount: 5 }, outcome: 'never' })
  const rule = () => book.all[0] as Rule
  expect(book.nearMissOf(rule())).toBeUndefined()
  decide({ operation: 'link', order_id: 'a', amount: 5 })
  expect(book.nearMissOf(rule())).toBeUndefined()
  decide({ operation: 'charge', order_id: 'a', amount: 6 })
  decide({ operation: 'charge', order_id: 'b', amount: 6 })
  expect(book.nearMissOf(rule())).toEqual({
    facts: { operation: 'charge', order_id: 'a', amount: 6 },
    differs: ['amount: expected 5, found 6'],
  })
})

test('a rule that waits for its nth time tells which time it was', () => {
  const { book, decide } = bookOf({ match: { nth: 3 }, outcome: 'third' })
  decide({})
  decide({})
  expect(book.nearMissOf(book.all[0] as Rule)?.differs).toEqual(['nth: expected 3, found 2'])
})
