import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idsOf, openItems, storedAfter } from '../items.ts'

test('entities are found by their key, in the order in which they came', () => {
  const { items, byKey, step } = openItems()
  for (const id of ['a', 'b', 'c']) step(() => items.put({ id, key: id === 'b' ? 'other' : 'one' }))
  expect(idsOf(byKey.all('one'))).toEqual(['a', 'c'])
  expect(byKey.latest('one')?.id).toBe('c')
  expect(byKey.latest('other')?.id).toBe('b')
})

test('a key that nobody has finds nothing', () => {
  const { items, byKey, step } = openItems()
  step(() => items.put({ id: 'a' }))
  expect([byKey.all('one'), byKey.latest('one'), byKey.all('undefined')]).toEqual([[], undefined, []])
})

test('an entity that changes its key is found under the new one only, as it is now', () => {
  const { items, byKey, step } = openItems()
  step(() => items.put({ id: 'a', key: 'old' }))
  const moved = step(() => items.put({ id: 'a', key: 'new', text: 'moved' }))
  expect([byKey.all('old'), byKey.all('new')]).toEqual([[], [moved]])
  step(() => items.put({ id: 'a', text: 'without a key' }))
  expect(byKey.all('new')).toEqual([])
})

test('an entity that changes but for its key is found as it is now, at its place', () => {
  const { items, byKey, step } = openItems()
  for (const id of ['a', 'b']) step(() => items.put({ id, key: 'one' }))
  const changed = step(() => items.put({ id: 'a', key: 'one', text: 'changed' }))
  expect(byKey.all('one')).toEqual([changed, { id: 'b', key: 'one' }])
})

test('the latest of a key is the one before, once the latest is removed', () => {
  const { items, byKey, step } = openItems()
  for (const id of ['a', 'b']) step(() => items.put({ id, key: 'one' }))
  step(() => items.remove('b'))
  expect(byKey.latest('one')?.id).toBe('a')
})

test('a step that throws leaves the order under a key as it was', () => {
  const { items, byKey, step, failedStep } = openItems()
  for (const id of ['a', 'b']) step(() => items.put({ id, key: 'one' }))
  failedStep(() => items.put({ id: 'a', key: 'other' }))
  expect(idsOf(byKey.all('one'))).toEqual(['a', 'b'])
  failedStep(() => items.remove('a'))
  expect(idsOf(byKey.all('one'))).toEqual(['a', 'b'])
  expect(byKey.latest('one')?.id).toBe('b')
})

test('after a restart an index answers as before, order included', () => {
  const put = fc.record({ id: fc.constantFrom('a', 'b', 'c'), key: fc.constantFrom('k', 'l', undefined) })
  fc.assert(
    fc.property(fc.array(put, { maxLength: 10 }), (puts) => {
      const before = openItems()
      for (const item of puts) before.step(() => before.items.put(item))
      const after = openItems(storedAfter(before.kept))
      for (const key of ['k', 'l']) expect(after.byKey.all(key)).toEqual(before.byKey.all(key))
    }),
  )
})
