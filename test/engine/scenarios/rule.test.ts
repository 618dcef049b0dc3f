import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Facts, type Matcher, matches } from '../../../src/engine/scenarios/rule.ts'

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
