import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differences } from '../../../src/control/scenario/match.ts'

const answer = {
  status_code: '201',
  amount: 5,
  ok: true,
  gone: null,
  actions: [{ name: 'a' }, { name: 'b', url: 'u' }],
}

test.each([
  [{}],
  [{ status_code: '201' }],
  [{ status_code: '2*', amount: 5, ok: true }],
  [{ amount: '*', actions: '*' }],
  [{ missing: null, gone: null }],
  [{ actions: [{ name: 'a' }, { url: 'u' }] }],
  [{ actions: [{}, '*'] }],
  [{ actions: { '1': { name: 'b' } } }],
])('%j is what was expected', (expected) => {
  expect(differences(expected, answer)).toEqual([])
})

test.each([
  [{ status_code: '200' }, ['status_code: expected "200", found "201"']],
  [{ status_code: 201 }, ['status_code: expected 201, found "201"']],
  [{ amount: '5' }, ['amount: expected "5", found 5']],
  [{ missing: 'x', ok: false }, ['missing: expected "x", found nothing', 'ok: expected false, found true']],
  [{ missing: '*', gone: '*' }, ['missing: expected "*", found nothing', 'gone: expected "*", found null']],
  [{ status_code: null }, ['status_code: expected nothing, found "201"']],
  [{ actions: [{ name: 'a' }] }, [expect.stringMatching(/^actions: expected \[\{"name":"a"\}\], found \[/)]],
  [{ actions: [{ name: 'x' }, {}] }, ['actions.0.name: expected "x", found "a"']],
  [{ amount: { value: 5 } }, ['amount: expected {"value":5}, found 5']],
  [{ actions: {}, amount: [] }, ['amount: expected [], found 5']],
  ['text', [expect.stringMatching(/^expected "text", found \{/)]],
])('%j is not, and the tester is told what differs', (expected, told) => {
  expect(differences(expected, answer)).toEqual(told)
})

const json = fc.jsonValue({ noUnicodeString: false } as object)

test('every value without stars is what it is expected to be, and so is each part of an object', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(differences(value, value)).toEqual([])
    }),
  )
  fc.assert(
    fc.property(fc.dictionary(fc.string(), json), fc.string(), json, (part, key, more) => {
      expect(differences(part, { ...part, ...(key in part ? {} : { [key]: more }) })).toEqual([])
    }),
  )
})

test('another text, number or truth value is told, wherever it stands', () => {
  const plain = fc.oneof(
    fc.string().filter((text) => !text.includes('*')),
    fc.integer(),
    fc.boolean(),
  )
  const at = fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { maxLength: 4 })
  fc.assert(
    fc.property(at, plain, plain, (path, one, other) => {
      fc.pre(one !== other)
      const under = (value: unknown) => path.reduceRight<unknown>((inner, part) => ({ [part]: inner }), value)
      const told = differences(under(one), under(other))
      expect(told).toHaveLength(1)
      expect(told[0]?.startsWith(path.length === 0 ? 'expected' : `${path.join('.')}: expected`)).toBe(true)
    }),
  )
})
