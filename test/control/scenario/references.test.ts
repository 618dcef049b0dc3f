import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resolved } from '../../../src/control/scenario/references.ts'

const known = {
  run: 'r1',
  link: {
    account_id: 'a1',
    count: 3,
    actions: [
      { name: 'activation-link-url', url: 'http://x/1' },
      { name: 'app', url: 'http://x/2' },
    ],
    'with.dot': true,
    nothing: null,
  },
}

test.each([
  ['${run}', 'r1'],
  ['order-${run}-${link.count}', 'order-r1-3'],
  ['${link.count}', 3],
  ['${link.actions.1.url}', 'http://x/2'],
  ['${link.actions[activation-link-url].url}', 'http://x/1'],
  ['${link[account_id]}', 'a1'],
  ['${link.actions[app]}', { name: 'app', url: 'http://x/2' }],
  ['is ${link.actions[app]}', 'is {"name":"app","url":"http://x/2"}'],
  ['${link.nothing}', null],
  ['no reference: $run {run} $ {run}', 'no reference: $run {run} $ {run}'],
  [{ a: ['${run}', 1, null, { b: '${link.count}' }] }, { a: ['r1', 1, null, { b: 3 }] }],
])('%j means %j', (text, meant) => {
  expect(resolved(text, known)).toEqual(meant)
})

test.each([
  ['${charge.id}', '${charge.id}: found no "charge", expected one of run, link'],
  ['${link.id}', '${link.id}: found no "id" in link, expected one of account_id, count, actions, with.dot, nothing'],
  [
    '${link.actions[web].url}',
    '${link.actions[web].url}: found no "web" in link.actions, expected one of activation-link-url, app',
  ],
  ['${link.actions.7}', 'found no "7" in link.actions'],
  ['${run.x}', '${run.x}: found no "x" in run, and run is "r1"'],
  ['${link.nothing.x}', 'and link.nothing is null'],
  ['${constructor}', 'found no "constructor"'],
  ['x ${link.__proto__}', 'found no "__proto__" in link'],
])('%j leads nowhere, and the tester is told what there is', (text, message) => {
  expect(() => resolved(text, known)).toThrow(message)
})

test('a value without references is what it was', () => {
  fc.assert(
    fc.property(
      fc.jsonValue().filter((value) => !JSON.stringify(value).includes('${')),
      (value) => {
        expect(JSON.stringify(resolved(value, known))).toBe(JSON.stringify(value))
      },
    ),
  )
})

test('whatever was answered can be referred to, at any depth', () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/)
  fc.assert(
    fc.property(fc.array(key, { minLength: 1, maxLength: 5 }), fc.jsonValue(), (path, value) => {
      const nested = path.reduceRight<unknown>((inner, part) => ({ [part]: inner }), value)
      expect(JSON.stringify(resolved(`\${x.${path.join('.')}}`, { x: nested }))).toBe(JSON.stringify(value))
    }),
  )
})
