import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Alarm } from '../../../src/engine/time/alarm.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function openAlarm() {
  const rings: number[] = []
  const start = Date.now()
  return { rings, alarm: new Alarm(() => rings.push(Date.now() - start)) }
}

test('an alarm rings once, after its time', () => {
  const { alarm, rings } = openAlarm()
  alarm.set(1_000)
  vi.advanceTimersByTime(10_000)
  expect(rings).toEqual([1_000])
})

test('setting an alarm replaces what was set before', () => {
  const { alarm, rings } = openAlarm()
  alarm.set(1_000)
  alarm.set(3_000)
  alarm.set(2_000)
  vi.advanceTimersByTime(10_000)
  expect(rings).toEqual([2_000])
})

test('an alarm that is switched off does not ring, and can be set to the same time again', () => {
  const { alarm, rings } = openAlarm()
  alarm.set(1_000)
  alarm.set(undefined)
  vi.advanceTimersByTime(5_000)
  expect(rings).toEqual([])
  alarm.set(1_000)
  vi.advanceTimersByTime(5_000)
  expect(rings).toEqual([6_000])
})

test('an alarm for a time that is over rings at once, but never inside the call that sets it', () => {
  const { alarm, rings } = openAlarm()
  alarm.set(-50)
  expect(rings).toEqual([])
  vi.advanceTimersByTime(1)
  expect(rings).toHaveLength(1)
})

test('an alarm can be set from within its own ring', () => {
  const rings: number[] = []
  const start = Date.now()
  const alarm: Alarm = new Alarm(() => {
    rings.push(Date.now() - start)
    if (rings.length < 3) alarm.set(100)
  })
  alarm.set(100)
  vi.advanceTimersByTime(1_000)
  expect(rings).toEqual([100, 200, 300])
})

test('a far time that does not fit a timeout is reached in naps, not at once', () => {
  const days = 86_400_000
  const start = Date.now()
  const rings: number[] = []
  const alarm: Alarm = new Alarm(() => {
    rings.push(Date.now() - start)
    // As a sandbox does: whoever is woken looks what is due, and sets the alarm anew.
    if (Date.now() - start < 60 * days) alarm.set(60 * days - (Date.now() - start))
  })
  alarm.set(60 * days)
  vi.advanceTimersByTime(61 * days)
  expect(rings.length).toBeLessThan(5)
  expect(rings.at(-1)).toBe(60 * days)
})
