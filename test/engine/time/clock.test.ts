import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ChangeLog } from '../../../src/engine/store/change-log.ts'
import { Collection } from '../../../src/engine/store/collection.ts'
import type { StoredRecord } from '../../../src/engine/store/store.ts'
import { Clock, type ClockReading } from '../../../src/engine/time/clock.ts'

const start = Date.UTC(2025, 0, 1)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: start })
})
afterEach(() => {
  vi.useRealTimers()
})

const realTimePasses = (ms: number) => vi.setSystemTime(Date.now() + ms)

function openClock(records: readonly StoredRecord[] = []) {
  const log = new ChangeLog()
  const readings = new Collection<ClockReading>('clock', log)
  readings.fill(records)
  const kept: StoredRecord[] = []
  return { clock: new Clock(readings), kept, step: (work: () => void) => log.step(work, (all) => kept.push(...all)) }
}

test('a clock that nobody touched shows real time', () => {
  const { clock } = openClock()
  realTimePasses(1_500)
  expect([clock.mode, clock.now()]).toEqual(['running', start + 1_500])
})

test('a frozen clock stands still', () => {
  const { clock, step } = openClock()
  step(() => clock.freeze(start + 10))
  realTimePasses(5_000)
  expect([clock.mode, clock.now()]).toEqual(['frozen', start + 10])
})

test('a clock that goes on does so from the time it is given, at the speed of real time', () => {
  const { clock, step } = openClock()
  step(() => clock.freeze(500))
  realTimePasses(5_000)
  step(() => clock.run(500))
  expect([clock.mode, clock.now()]).toEqual(['running', 500])
  realTimePasses(7)
  expect(clock.now()).toBe(507)
})

test('a clock that is set keeps its mode', () => {
  const { clock, step } = openClock()
  step(() => clock.set(9_000))
  realTimePasses(1)
  expect([clock.mode, clock.now()]).toEqual(['running', 9_001])
  step(() => clock.freeze(100))
  step(() => clock.set(200))
  realTimePasses(1)
  expect([clock.mode, clock.now()]).toEqual(['frozen', 200])
})

test('a held clock stands at that time whatever its mode, until it is let go', () => {
  const { clock, step } = openClock()
  clock.hold(777)
  realTimePasses(50)
  expect([clock.mode, clock.now()]).toEqual(['running', 777])
  step(() => clock.set(1_000))
  expect(clock.now()).toBe(777)
  clock.letGo()
  realTimePasses(3)
  expect(clock.now()).toBe(1_003)
})

test('after a restart the clock goes on as it was set: ahead of real time, or frozen', () => {
  const ahead = openClock()
  ahead.step(() => ahead.clock.run(start + 86_400_000))
  realTimePasses(1_000)
  expect(openClock(ahead.kept).clock.now()).toBe(start + 86_401_000)

  const frozen = openClock()
  frozen.step(() => frozen.clock.freeze(42))
  realTimePasses(1_000)
  expect(openClock(frozen.kept).clock.now()).toBe(42)
})

test('a step that throws leaves the clock as it was', () => {
  const { clock, step } = openClock()
  const freezeAndFail = () => {
    clock.freeze(1)
    throw new Error('refused')
  }
  expect(() => step(freezeAndFail)).toThrow('refused')
  expect([clock.mode, clock.now()]).toEqual(['running', start])
})

test('a clock that is made faster or slower goes on from where it stands', () => {
  const { clock, step } = openClock()
  step(() => clock.set(clock.now(), 60))
  realTimePasses(1_000)
  expect([clock.speed, clock.now()]).toEqual([60, start + 60_000])
  step(() => clock.set(clock.now(), 0.5))
  realTimePasses(1_000)
  expect(clock.now()).toBe(start + 60_500)
})

test('a frozen clock keeps its speed for when it goes on, through a restart as well', () => {
  const first = openClock()
  first.step(() => first.clock.set(start, 60))
  first.step(() => first.clock.freeze(start))
  realTimePasses(1_000)
  const { clock, step } = openClock(first.kept)
  expect([clock.speed, clock.now(), clock.realMsUntil(start + 1)]).toEqual([60, start, undefined])
  step(() => clock.run(start))
  realTimePasses(1_000)
  expect(clock.now()).toBe(start + 60_000)
  expect(clock.realMsUntil(start + 60_000 + 600)).toBe(10)
})

test('however fast it runs, no clock leaves the year 9999', () => {
  const { clock, step } = openClock()
  step(() => clock.run(start, 100_000))
  realTimePasses(100 * 365 * 86_400_000)
  expect(new Date(clock.now()).toISOString()).toBe('9999-12-31T23:59:59.999Z')
})
