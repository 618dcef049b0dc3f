import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Item, idsOf, openItems, storedAfter } from '../items.ts'

test('entities come in the order of their first insertion, however often they change', () => {
  const { items, step } = openItems()
  step(() => items.put({ id: 'a' }))
  step(() => items.put({ id: 'b' }))
  step(() => items.put({ id: 'a', text: 'changed' }))
  expect([...items.values()]).toEqual([{ id: 'a', text: 'changed' }, { id: 'b' }])
})

test('an entity that was removed in an earlier step comes back at the end', () => {
  const { items, step } = openItems()
  step(() => ['a', 'b'].map((id) => items.put({ id })))
  step(() => items.remove('a'))
  expect(items.get('a')).toBeUndefined()
  step(() => items.put({ id: 'a' }))
  expect(idsOf(items.values())).toEqual(['b', 'a'])
})

test('an entity that is removed and put again in one step keeps its place, also after a restart', () => {
  const { items, kept, step } = openItems()
  step(() => ['a', 'b'].map((id) => items.put({ id })))
  step(() => {
    items.remove('a')
    items.put({ id: 'a', text: 'new' })
  })
  const expected = [{ id: 'a', text: 'new' }, { id: 'b' }]
  expect([...items.values()]).toEqual(expected)
  expect([...openItems(storedAfter(kept)).items.values()]).toEqual(expected)
})

test('an entity that is put and removed in one step was never there', () => {
  const { items, kept, step } = openItems()
  step(() => {
    items.put({ id: 'a' })
    items.remove('a')
  })
  expect([items.size, [...items.values()], storedAfter(kept)]).toEqual([0, [], []])
})

test('what was filled from a store stands in its old order, and new entities come after it', () => {
  const records = [
    { collection: 'items', id: 'late', rank: 7, value: { id: 'late' } },
    { collection: 'items', id: 'early', rank: 2, value: { id: 'early' } },
  ]
  const { items, kept, step } = openItems(records)
  step(() => items.put({ id: 'new' }))
  expect(idsOf(items.values())).toEqual(['early', 'late', 'new'])
  const again = openItems(storedAfter([records, ...kept]))
  expect(idsOf(again.items.values()), 'after another restart').toEqual(['early', 'late', 'new'])
})

test('observers hear of insertions, changes and removals, and of what is undone', () => {
  const { items, step, failedStep } = openItems()
  const heard: unknown[] = []
  items.observe((before, after) => heard.push([before, after]))
  const first = step(() => items.put({ id: 'a' }))
  const second = step(() => items.put({ id: 'a', text: '2' }))
  failedStep(() => items.remove('a'))
  expect(heard).toEqual([
    [undefined, first],
    [first, second],
    [second, undefined],
    [undefined, second],
  ])
})

const change = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  value: fc.option(
    fc.record({
      key: fc.constantFrom('k', 'l', undefined),
      dueAt: fc.constantFrom(10, 20, 30, undefined),
    }),
    { nil: undefined },
  ),
})
const steps = fc.array(fc.record({ changes: fc.array(change, { maxLength: 5 }), fails: fc.boolean() }), {
  maxLength: 12,
})

/** The naive model: a list of places; a place stays until the end of the step that removed its item. */
type Places = readonly { readonly id: string; readonly item: Item | undefined }[]

function changed(places: Places, id: string, item: Item | undefined): Places {
  if (places.some((place) => place.id === id)) {
    return places.map((place) => (place.id === id ? { id, item } : place))
  }
  return item ? [...places, { id, item }] : places
}

const itemsOf = (places: Places) => places.flatMap(({ item }) => item ?? [])

test('whatever steps do and however they fail, collection, index and queue hold what a naive model holds', () => {
  fc.assert(
    fc.property(steps, (script) => {
      const { items, byKey, queue, kept, step, failedStep } = openItems()
      let model: Places = []
      for (const { changes, fails } of script) {
        let attempt = model
        const work = () => {
          for (const { id, value } of changes) {
            if (value) items.put({ id, ...value })
            else items.remove(id)
            attempt = changed(attempt, id, value && { id, ...value })
            expect([...items.values()], 'what the running step itself sees').toEqual(itemsOf(attempt))
          }
        }
        if (fails) failedStep(work)
        else {
          step(work)
          model = attempt.filter((place) => place.item)
        }
        const expected = itemsOf(model)
        expect([...items.values()]).toEqual(expected)
        expect(items.size).toBe(expected.length)
        expect(queue.peek()?.at).toBe(expected.flatMap(({ dueAt }) => dueAt ?? []).sort((one, other) => one - other)[0])
        for (const key of ['k', 'l']) {
          const found = [...byKey.all(key)].sort((one, other) => one.id.localeCompare(other.id))
          expect(found).toEqual(
            expected.filter((item) => item.key === key).sort((one, other) => one.id.localeCompare(other.id)),
          )
          expect(byKey.latest(key)).toBe(byKey.all(key).at(-1))
        }
      }
      expect([...openItems(storedAfter(kept)).items.values()], 'after a restart').toEqual(itemsOf(model))
      const due = itemsOf(model).filter((item) => item.dueAt !== undefined)
      const taken = queue.take(Number.POSITIVE_INFINITY)
      expect(new Set(taken)).toEqual(new Set(due))
      expect(taken.map((item) => item.dueAt)).toEqual(due.map((item) => item.dueAt).sort())
    }),
    { numRuns: 500 },
  )
})

test('inside the step that removes an entity it no longer counts', () => {
  const { items, step } = openItems()
  step(() => ['a', 'b'].map((id) => items.put({ id })))
  step(() => {
    items.remove('a')
    expect(items.size).toBe(1)
  })
})

test('a collection whose records are replaced holds these, in the order of their ranks, and so does its store', () => {
  const { items, byKey, queue, kept, step } = openItems()
  step(() => ['a', 'b', 'c'].map((id) => items.put({ id, key: 'all', dueAt: 10 })))
  const before = [...items.records()]
  step(() => items.remove('a'))
  step(() => items.put({ id: 'a', key: 'all' }))
  step(() => items.put({ id: 'd', key: 'all', dueAt: 10 }))
  queue.take(10)
  step(() => {
    queue.startOver()
    items.replace(before.toReversed())
  })
  for (const each of [items, openItems(storedAfter(kept)).items]) expect(idsOf(each.values())).toEqual(['a', 'b', 'c'])
  expect([items.size, idsOf(byKey.all('all'))]).toEqual([3, ['a', 'b', 'c']])
  expect(idsOf(queue.take(10))).toEqual(['a', 'b', 'c'])
  step(() => items.put({ id: 'e' }))
  expect(idsOf(items.values())).toEqual(['a', 'b', 'c', 'e'])
})

test('whoever works with an entity can tell that it was replaced, though by the same one', () => {
  const { items, step } = openItems()
  const put = step(() => items.put({ id: 'a' }))
  step(() => items.replace([...items.records()]))
  expect(items.get('a')).toEqual(put)
  expect(items.get('a')).not.toBe(put)
})

test('a replacement that is undone leaves all in its order', () => {
  const { items, byKey, queue, failedStep, step } = openItems()
  const [first] = step(() => ['a', 'b', 'c'].map((id) => items.put({ id, key: 'all', dueAt: 10 })))
  step(() => items.put({ id: 'a', key: 'all', dueAt: 10, text: 'changed' }))
  failedStep(() => {
    queue.startOver()
    items.replace([{ collection: 'items', id: 'c', rank: 1, value: first }])
    items.put({ id: 'd', key: 'all', dueAt: 1 })
  })
  expect(idsOf(items.values())).toEqual(['a', 'b', 'c'])
  expect([items.get('a')?.text, idsOf(byKey.all('all'))]).toEqual(['changed', ['a', 'b', 'c']])
  expect(idsOf(queue.take(10))).toEqual(['a', 'b', 'c'])
})
