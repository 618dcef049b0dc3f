import { expect, test } from 'vitest'
import { ChangeLog } from '../../../src/engine/store/change-log.ts'
import { Collection } from '../../../src/engine/store/collection.ts'
import { type Item, idsOf, openItems } from '../items.ts'

test('a step hands all its changes to the store, in their order, with the place of each record', () => {
  const { items, kept, step } = openItems()
  step(() => {
    items.put({ id: 'a' })
    items.put({ id: 'b' })
    items.remove('a')
  })
  expect(kept).toEqual([
    [
      { collection: 'items', id: 'a', rank: 1, value: { id: 'a' } },
      { collection: 'items', id: 'b', rank: 2, value: { id: 'b' } },
      { collection: 'items', id: 'a', rank: 1, value: undefined },
    ],
  ])
})

test('a step gives back what its work gives', () => {
  const { step } = openItems()
  expect(step(() => 'done')).toBe('done')
})

test('a step that changes nothing gives the store nothing to do', () => {
  const { items, kept, step } = openItems()
  step(() => items.remove('never there'))
  expect(kept).toEqual([])
})

test('a step that throws throws on, and the store never hears of it', () => {
  const { items, kept, step } = openItems()
  const failure = new Error('refused')
  const work = () => {
    items.put({ id: 'a' })
    throw failure
  }
  expect(() => step(work)).toThrow(failure)
  expect(kept).toEqual([])
  expect(items.get('a')).toBeUndefined()
})

test('an operation that is asynchronous by mistake is refused, and leaves no trace', () => {
  const { items, kept, step } = openItems()
  expect(() => step(async () => items.put({ id: 'a' }))).toThrow('must be synchronous')
  expect([items.size, kept]).toEqual([0, []])
})

test('a step inside a step is refused, and takes the outer one with it', () => {
  const { items, kept, step } = openItems()
  const nested = () => {
    items.put({ id: 'outer' })
    step(() => items.put({ id: 'inner' }))
  }
  expect(() => step(nested)).toThrow('a step cannot start inside a step')
  expect([items.size, kept]).toEqual([0, []])
})

test('a step can run after one that failed', () => {
  const { items, step, failedStep } = openItems()
  failedStep(() => items.put({ id: 'a' }))
  step(() => items.put({ id: 'b' }))
  expect(idsOf(items.values())).toEqual(['b'])
})

test('a change outside of a step is refused', () => {
  const { items } = openItems()
  expect(() => items.put({ id: 'a' })).toThrow('items was changed outside of a step')
  expect(items.size).toBe(0)
})

test('a step that the store refuses leaves no trace, not even in the order of what it removed', () => {
  const log = new ChangeLog()
  const items = new Collection<Item>('items', log)
  const put = () => {
    for (const id of ['a', 'b', 'c']) items.put({ id })
  }
  log.step(put, () => {})
  const refuse = () => {
    throw new Error('the disk is full')
  }
  const work = () => {
    items.remove('a')
    items.put({ id: 'd' })
  }
  expect(() => log.step(work, refuse)).toThrow('the disk is full')
  expect(idsOf(items.values())).toEqual(['a', 'b', 'c'])
})
