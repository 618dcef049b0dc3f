import { expect, test } from 'vitest'
import { parseDuration } from '../../../src/engine/time/duration.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

test.each([
  ['0s', 0],
  ['250ms', 250],
  ['90s', 90_000],
  ['5m', 5 * minute],
  ['6h', 6 * hour],
  ['2d', 2 * day],
  ['007s', 7_000],
  ['PT0S', 0],
  ['PT90S', 90_000],
  ['PT5M', 5 * minute],
  ['PT6H', 6 * hour],
  ['P2D', 2 * day],
  ['P1W', 7 * day],
  ['P1DT12H', day + 12 * hour],
  ['P1W2DT3H4M5S', 9 * day + 3 * hour + 4 * minute + 5_000],
])('"%s" is %i ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each([
  '',
  '5',
  'm',
  '5 m',
  ' 5m',
  '5m ',
  '5m\n',
  '-5m',
  '1.5h',
  '1h30m',
  '5M',
  '5min',
  'P',
  'PT',
  'P1DT',
  'P5M',
  'P1Y',
  'PT1.5H',
  'PT5M1H',
  '-PT5M',
  'pt5m',
])('"%s" is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined()
})
