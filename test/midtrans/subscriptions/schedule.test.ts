import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  firstAfter,
  type Rhythm,
  retryAfterMs,
  timeOf,
  usualRetries,
} from '../../../src/midtrans/subscriptions/schedule.ts'
import { parseWireTime, wireTime } from '../../../src/midtrans/wire-time.ts'

const at = (text: string) => parseWireTime(`${text} +0700`) ?? Number.NaN
const times = (first: string, rhythm: Rhythm, counts: readonly number[]) =>
  counts.map((count) => wireTime(timeOf(at(first), rhythm, count)))

test.each<[string, Rhythm, string[]]>([
  ['2026-02-28 09:30:00', { interval: 1, unit: 'day' }, ['2026-03-01 09:30:00', '2026-03-02 09:30:00']],
  ['2028-02-28 09:30:00', { interval: 1, unit: 'day' }, ['2028-02-29 09:30:00', '2028-03-01 09:30:00']],
  ['2026-12-28 23:59:59', { interval: 2, unit: 'week' }, ['2027-01-11 23:59:59', '2027-01-25 23:59:59']],
  ['2026-11-15 08:00:00', { interval: 1, unit: 'month' }, ['2026-12-15 08:00:00', '2027-01-15 08:00:00']],
  [
    '2026-01-31 08:00:00',
    { interval: 1, unit: 'month' },
    ['2026-02-28 08:00:00', '2026-03-31 08:00:00', '2026-04-30 08:00:00', '2026-05-31 08:00:00'],
  ],
  ['2027-12-31 08:00:00', { interval: 2, unit: 'month' }, ['2028-02-29 08:00:00', '2028-04-30 08:00:00']],
  ['2026-10-29 08:00:00', { interval: 4, unit: 'month' }, ['2027-02-28 08:00:00', '2027-06-29 08:00:00']],
  ['2028-02-29 08:00:00', { interval: 12, unit: 'month' }, ['2029-02-28 08:00:00', '2030-02-28 08:00:00']],
])('from %s on, %o: the next times are %j', (first, rhythm, expected) => {
  expect(times(first, rhythm, [1, 2, 3, 4].slice(0, expected.length))).toEqual(expected)
})

test('days are those of Indonesia: 1 February 00:30 there is still January in UTC, and stays on the 1st', () => {
  expect(times('2026-02-01 00:30:00', { interval: 1, unit: 'month' }, [1, 2])).toEqual([
    '2026-03-01 00:30:00',
    '2026-04-01 00:30:00',
  ])
  expect(times('2026-01-31 23:30:00', { interval: 1, unit: 'month' }, [1])).toEqual(['2026-02-28 23:30:00'])
})

const anyRhythm = fc.record({
  interval: fc.integer({ min: 1, max: 40 }),
  unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
})
const anyTime = fc.integer({ min: at('2000-01-01 00:00:00'), max: at('2100-01-01 00:00:00') })

test('the times of a schedule go up, keep their time of day, and stand on the day they began with or on the last of a month', () => {
  fc.assert(
    fc.property(anyTime, anyRhythm, fc.nat({ max: 200 }), (first, rhythm, count) => {
      const [one, next] = [timeOf(first, rhythm, count), timeOf(first, rhythm, count + 1)]
      expect(next).toBeGreaterThan(one)
      expect(wireTime(next).slice(11)).toBe(wireTime(first).slice(11))
      if (rhythm.unit !== 'month') return
      const isLastDay = wireTime(next + 86_400_000).slice(8, 10) === '01'
      expect(wireTime(next).slice(8, 10) === wireTime(first).slice(8, 10) || isLastDay).toBe(true)
    }),
  )
})

test('the first time after any moment is one of the schedule, is later, and has none between', () => {
  fc.assert(
    fc.property(anyTime, anyRhythm, anyTime, (first, rhythm, moment) => {
      const found = firstAfter(first, rhythm, moment)
      expect(found).toBeGreaterThan(moment)
      if (found === first) return
      let count = 0
      while (timeOf(first, rhythm, count) < found) count += 1
      expect(timeOf(first, rhythm, count)).toBe(found)
      expect(timeOf(first, rhythm, count - 1)).toBeLessThanOrEqual(moment)
    }),
    { numRuns: 50 },
  )
})

test('a charge is tried again three times, an hour apart, where nothing else was agreed', () => {
  expect([usualRetries.maxInterval, retryAfterMs(usualRetries)]).toEqual([3, 3_600_000])
  expect(retryAfterMs({ interval: 2, unit: 'day', maxInterval: 1 })).toBe(172_800_000)
  expect(retryAfterMs({ interval: 5, unit: 'minute', maxInterval: 1 })).toBe(300_000)
})
