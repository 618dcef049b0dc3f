import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Ring } from '../../src/engine/ring.ts'

interface Weighed {
  readonly number: number
  weight: number
}

const entry = (number: number, weight = 0): Weighed => ({ number, weight })
const numbers = (entries: readonly Weighed[]) => entries.map(({ number }) => number)

const ringOf = (most: number, mostWeight = Number.POSITIVE_INFINITY) =>
  new Ring<Weighed>({ most, mostWeight, weigh: ({ weight }) => weight })

test('what was added after a mark is told oldest first, and nothing from before it', () => {
  const ring = ringOf(10)
  ring.add(entry(1))
  const { mark } = ring
  expect(ring.since(mark)).toEqual({ entries: [], omitted: 0 })
  ring.add(entry(2))
  ring.add(entry(3))
  expect(numbers(ring.since(mark).entries)).toEqual([2, 3])
})

test('whatever is added, forgotten and asked, a ring gives the latest and the right count of the others', () => {
  const step = fc.oneof({ weight: 20, arbitrary: fc.constant('add') }, { weight: 1, arbitrary: fc.constant('clear') })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.array(step, { maxLength: 60 }), fc.nat(60), (most, steps, mark) => {
      const ring = ringOf(most)
      const expected = { added: 0, kept: [] as number[], dropped: 0 }
      for (const each of steps) {
        if (each === 'clear') {
          ring.clear()
          Object.assign(expected, { kept: [], dropped: 0 })
          continue
        }
        ring.add(entry(expected.added++))
        expected.kept.push(expected.added - 1)
        if (expected.kept.length > most) expected.dropped += Number(expected.kept.shift() !== undefined)
      }
      expect({ kept: numbers(ring.all), dropped: ring.dropped, size: ring.size, added: ring.mark }).toEqual({
        ...expected,
        size: expected.kept.length,
      })
      const { entries, omitted } = ring.since(mark)
      expect(numbers(entries)).toEqual(expected.kept.filter((number) => number >= mark))
      expect(omitted + entries.length).toBe(Math.max(0, expected.added - mark))
    }),
  )
})

test('a ring lets go of the oldest until the others are light enough, but never of the latest', () => {
  const weights = fc.array(fc.nat(10), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(20), weights, fc.boolean(), (most, mostWeight, all, isLate) => {
      const ring = ringOf(most, mostWeight)
      for (const [number, weight] of all.entries()) {
        // As a request does: it weighs nothing before it has ended, when others may have come already.
        const added = entry(number, isLate ? 0 : weight)
        ring.add(added)
        if (!isLate) continue
        added.weight = weight
        ring.settle(added)
      }
      const kept = ring.all.reduce((sum, { weight }) => sum + weight, 0)
      expect(ring.size).toBeLessThanOrEqual(most)
      expect(kept <= mostWeight || ring.size === 1).toBe(true)
      expect(numbers(ring.all)).toEqual([...all.keys()].slice(-ring.size))
      // No more than had to go.
      const oneMore = all.slice(-ring.size - 1).reduce((sum, weight) => sum + weight, 0)
      expect(ring.size === most || ring.size === all.length || oneMore > mostWeight).toBe(true)
    }),
  )
})

test('what was let go before it got its weight counts no more', () => {
  const ring = ringOf(2, 10)
  const [slow, ...others] = [entry(1), entry(2, 5), entry(3, 5)]
  ring.add(slow)
  for (const each of others) ring.add(each)
  slow.weight = 8
  ring.settle(slow)
  expect(numbers(ring.all)).toEqual([2, 3])
})
