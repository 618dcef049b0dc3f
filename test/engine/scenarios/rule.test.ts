import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Facts, firstMatch, type Matcher, type Rule } from '../../../src/engine/scenarios/rule.ts'

const rule = (id: string, match: Rule['match'], more: Partial<Rule> = {}): Rule => ({
  id,
  source: 'api',
  match,
  outcome: 'deny',
  used: 0,
  ...more,
})

const matches = (matcher: Matcher, fact: Facts[string]) =>
  firstMatch([rule('only', { fact: matcher })], { fact }) !== undefined

test.each<[Matcher, Facts[string], boolean]>([
  ['order-1', 'order-1', true],
  ['order-1', 'order-10', false],
  ['order-1', 'my-order-1', false],
  ['Order-1', 'order-1', false],
  ['order-*', 'order-', true],
  ['order-*', 'order-17', true],
  ['order-*', 'reorder-17', false],
  ['*-17', 'order-17', true],
  ['*-17', 'order-170', false],
  ['o*r-*7', 'order-17', true],
  ['o*r-*7', 'order-71', false],
  ['ab*ba', 'aba', false],
  ['*', '', true],
  ['**', 'anything', true],
  ['', '', true],
  ['', 'anything', false],
  ['a.c', 'abc', false],
  ['a*c', 'a\nc', true],
  ['5*', 50_000, true],
  ['50000', 50_000, true],
  [50_000, 50_000, true],
  [50_000, 50_001, false],
  [50_000, '50000', false],
  [{ min: 10, max: 20 }, 10, true],
  [{ min: 10, max: 20 }, 20, true],
  [{ min: 10, max: 20 }, 9, false],
  [{ min: 10, max: 20 }, 21, false],
  [{ min: 10 }, 1_000_000, true],
  [{ max: 20 }, -5, true],
  [{ max: 20 }, 21, false],
  [{ min: 10, max: 20 }, '15', false],
  ['*', undefined, false],
  [{}, undefined, false],
])('the matcher %o asked about %o says %s', (matcher, fact, expected) => {
  expect(matches(matcher, fact)).toBe(expected)
})

test('a wildcard means what the same regular expression means', () => {
  // Few characters, so that pieces overlap and repeat; a dot and a line break, so that neither is special.
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '\n'), maxLength: 10 })
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '\n', '*', '*'), maxLength: 8 })
  fc.assert(
    fc.property(pattern, text, (wildcard, fact) => {
      const source = wildcard
        .split('*')
        .map((piece) => piece.replaceAll('.', '\\.'))
        .join('.*')
      expect(matches(wildcard, fact)).toBe(new RegExp(`^${source}$`, 's').test(fact))
    }),
    { numRuns: 5_000 },
  )
})

test('a wildcard with many stars is answered at once, where a regular expression would take for ever', () => {
  expect(matches(`${'a*'.repeat(200)}b`, 'a'.repeat(5_000))).toBe(false)
})

test('the first rule that matches counts', () => {
  const rules = [rule('other', { order_id: 'x' }), rule('first', { order_id: 'o*' }), rule('second', { order_id: '*' })]
  expect(firstMatch(rules, { order_id: 'order-1' })?.id).toBe('first')
})

test('all facts of a rule have to match, and facts that it does not name are of no account', () => {
  const rules = [rule('both', { order_id: 'o*', gross_amount: { min: 100 } })]
  expect(firstMatch(rules, { order_id: 'order-1', gross_amount: 100, phone: '62' })?.id).toBe('both')
  expect(firstMatch(rules, { order_id: 'order-1', gross_amount: 99 })).toBeUndefined()
  expect(firstMatch(rules, { order_id: 'order-1' })).toBeUndefined()
})

test('a rule without facts always matches', () => {
  expect(firstMatch([rule('always', {})], {})?.id).toBe('always')
})

test('a rule that has been used as often as it may is passed over', () => {
  const rules = [rule('twice', {}, { times: 2, used: 2 }), rule('after', {}, { times: 2, used: 1 })]
  expect(firstMatch(rules, {})?.id).toBe('after')
  expect(firstMatch([rule('never', {}, { times: 0 })], {})).toBeUndefined()
  expect(firstMatch([rule('always', {}, { used: 1_000 })], {})?.id).toBe('always')
})
