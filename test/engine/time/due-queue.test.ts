import { expect, test } from 'vitest'
import { idsOf, openItems, storedAfter } from '../items.ts'

test('what is due earliest comes first, and stays where it is while it is only looked at', () => {
  const { items, queue, step } = openItems()
  step(() => {
    items.put({ id: 'late', dueAt: 30 })
    items.put({ id: 'early', dueAt: 10 })
    items.put({ id: 'never' })
  })
  expect(queue.peek()).toEqual({ at: 10, entity: { id: 'early', dueAt: 10 } })
  expect(queue.peek()?.entity.id).toBe('early')
})

test('all that is due by a time is taken, the end included, and taken once only', () => {
  const { items, queue, step } = openItems()
  step(() => [30, 10, 21, 20].map((dueAt) => items.put({ id: `at ${dueAt}`, dueAt })))
  expect(idsOf(queue.take(20))).toEqual(['at 10', 'at 20'])
  expect(queue.take(20)).toEqual([])
  expect(queue.peek()?.at).toBe(21)
})

test('equal times come in the order in which they were planned', () => {
  const { items, queue, step } = openItems()
  step(() => items.put({ id: 'moved', dueAt: 5 }))
  const ids = Array.from({ length: 20 }, (_, number) => `item ${number}`)
  for (const id of ids) step(() => items.put({ id, dueAt: 10 }))
  step(() => items.put({ id: 'moved', dueAt: 10 }))
  expect(idsOf(queue.take(10))).toEqual([...ids, 'moved'])
})

test('equal times come in the order of insertion after a restart', () => {
  const { items, kept, step } = openItems()
  for (const id of ['a', 'b', 'c']) step(() => items.put({ id, dueAt: 10 }))
  expect(idsOf(openItems(storedAfter(kept).reverse()).queue.take(10))).toEqual(['a', 'b', 'c'])
})

test('an entity whose due time changes is due at its new time only', () => {
  const { items, queue, step } = openItems()
  step(() => items.put({ id: 'a', dueAt: 10 }))
  step(() => items.put({ id: 'a', dueAt: 20 }))
  expect(queue.take(10)).toEqual([])
  step(() => items.put({ id: 'a', dueAt: 5 }))
  expect(idsOf(queue.take(5))).toEqual(['a'])
  expect(queue.peek()).toBeUndefined()
})

test('what was taken comes back when its due time changes, and not when something else does', () => {
  const { items, queue, step } = openItems()
  step(() => items.put({ id: 'a', dueAt: 10 }))
  queue.take(10)
  step(() => items.put({ id: 'a', dueAt: 10, text: 'changed' }))
  expect(queue.peek()).toBeUndefined()
  step(() => items.put({ id: 'a', dueAt: 30 }))
  expect(queue.peek()?.at).toBe(30)
})

test('an entity that is removed or no longer due is not due', () => {
  const { items, queue, step } = openItems()
  step(() => ['removed', 'done'].map((id) => items.put({ id, dueAt: 10 })))
  step(() => {
    items.remove('removed')
    items.put({ id: 'done' })
  })
  expect(queue.peek()).toBeUndefined()
})

test('an entity that is removed and put again in one step is due once, at its new time', () => {
  const { items, queue, step } = openItems()
  step(() => items.put({ id: 'a', dueAt: 10 }))
  step(() => {
    items.remove('a')
    items.put({ id: 'a', dueAt: 15 })
  })
  expect(queue.take(20).map((item) => item.dueAt)).toEqual([15])
  expect(queue.take(20)).toEqual([])
})

test('a step that throws leaves what is due, and its order, as it was', () => {
  const { items, queue, step, failedStep } = openItems()
  for (const id of ['a', 'b', 'c']) step(() => items.put({ id, dueAt: 10 }))
  failedStep(() => {
    items.put({ id: 'a', dueAt: 5 })
    items.remove('b')
    items.put({ id: 'new', dueAt: 1 })
  })
  expect(queue.peek()?.at).toBe(10)
  expect(idsOf(queue.take(10))).toEqual(['a', 'b', 'c'])
  expect(queue.take(10)).toEqual([])
})
