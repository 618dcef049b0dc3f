import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Journal } from '../../src/engine/journal.ts'

const happening = (number: number) => ({ at: number, what: 'transaction', id: `order-${number}` })

function journalOf(count: number, capacity: number): Journal {
  const journal = new Journal(capacity)
  for (let number = 1; number <= count; number++) journal.add(happening(number))
  return journal
}

test('what happened after a mark is told oldest first, and nothing from before it', () => {
  const journal = journalOf(2, 10)
  const { mark } = journal
  expect(journal.since(mark)).toEqual({ happenings: [], omitted: 0 })
  journal.add(happening(3))
  journal.add(happening(4))
  expect(journal.since(mark)).toEqual({ happenings: [happening(3), happening(4)], omitted: 0 })
})

test('of more happenings than a journal holds, the latest are told and the others counted', () => {
  expect(journalOf(7, 3).since(0)).toEqual({ happenings: [5, 6, 7].map(happening), omitted: 4 })
})

test('whatever is added and asked, a journal gives the latest happenings and the right count of the others', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(40), fc.nat(40), (capacity, before, after) => {
      const journal = journalOf(before, capacity)
      const { mark } = journal
      for (let number = 1; number <= after; number++) journal.add(happening(before + number))
      const { happenings, omitted } = journal.since(mark)
      const first = Math.max(0, after - capacity)
      expect(omitted).toBe(first)
      expect(happenings).toEqual(
        Array.from({ length: after - first }, (_, index) => happening(before + first + index + 1)),
      )
    }),
  )
})
