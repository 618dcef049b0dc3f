import fc from 'fast-check'
import { expect, test } from 'vitest'
import { latencyMs, parseFault } from '../../../src/engine/scenarios/fault.ts'

test.each([
  ['reset', { kind: 'reset', moment: 'before' }],
  ['after:reset', { kind: 'reset', moment: 'after', text: 'after:reset' }],
  ['empty', { kind: 'empty', moment: 'before' }],
  ['429', { kind: 'status', status: 429, moment: 'before' }],
  ['after:504', { kind: 'status', status: 504, moment: 'after' }],
  ['garbage', { kind: 'garbage', moment: 'after' }],
  ['cut', { kind: 'cut', moment: 'after' }],
  ['before:cut:20', { kind: 'cut', characters: 20, moment: 'before', text: 'before:cut:20' }],
  ['trickle:3s', { kind: 'trickle', ms: 3_000, moment: 'after' }],
  ['latency:200ms', { kind: 'latency', latency: { form: 'fixed', ms: 200 }, moment: 'before' }],
  ['latency:1s..2s', { kind: 'latency', latency: { form: 'uniform', fromMs: 1_000, toMs: 2_000 } }],
  ['latency:~300ms', { kind: 'latency', latency: { form: 'lognormal', medianMs: 300, spread: 0.5 } }],
  ['latency:~300ms/1.2', { kind: 'latency', latency: { form: 'lognormal', medianMs: 300, spread: 1.2 } }],
])('%s is a fault', (text, fault) => {
  expect(parseFault(text)).toMatchObject(fault)
})

test.each([
  '',
  'before:',
  'during:reset',
  'reset:1',
  'after:after:reset',
  '501',
  '5000',
  'cut:',
  'cut:-1',
  'cut:1234567',
  'trickle',
  'trickle:61s',
  'latency',
  'latency:2m',
  'latency:2s..1s',
  'latency:1s..2s..3s',
  'latency:~',
  'latency:~1s/',
  'latency:~1s/12',
  'latency:-1s',
])('"%s" is no fault', (text) => {
  expect(parseFault(text)).toBeUndefined()
})

test('a log-normal latency is as often below its median as above, and never too long', () => {
  const median = { form: 'lognormal', medianMs: 300, spread: 0.5 } as const
  const waits = Array.from({ length: 2_000 }, (_, n) => latencyMs(median, (n * 0.618_034) % 1, (n * 0.754_877) % 1))
  const below = waits.filter((ms) => ms < 300).length
  expect(below).toBeGreaterThan(900)
  expect(below).toBeLessThan(1_100)
  const number = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(number, number, (one, other) => {
      const ms = latencyMs({ form: 'lognormal', medianMs: 60_000, spread: 9 }, one, other)
      expect(ms).toBeGreaterThanOrEqual(0)
      expect(ms).toBeLessThanOrEqual(60_000)
    }),
  )
})
