import { expect, test } from 'vitest'
import { ChangeLog } from '../../../src/engine/store/change-log.ts'
import { Collection } from '../../../src/engine/store/collection.ts'
import { type Timer, Timers } from '../../../src/engine/time/timers.ts'

function openTimers() {
  const log = new ChangeLog()
  const collection = new Collection<Timer>('timers', log)
  return { collection, timers: new Timers(collection), step: (work: () => void) => log.step(work, () => {}) }
}

test('the timer that is due first is next, whether or not it is due yet', () => {
  const { timers, step } = openTimers()
  step(() => {
    timers.start('expiry', 'order-2', 200)
    timers.start('expiry', 'order-1', 100)
  })
  expect(timers.next()).toEqual({ id: 'expiry:order-1', kind: 'expiry', subject: 'order-1', dueAt: 100 })
})

test('a timer is due at its time, not a millisecond before', () => {
  const { timers, step } = openTimers()
  step(() => timers.start('expiry', 'order-1', 100))
  expect(timers.next(99)).toBeUndefined()
  expect(timers.next(100)?.subject).toBe('order-1')
})

test('a timer that is started again is moved: there is one of a kind per subject', () => {
  const { collection, timers, step } = openTimers()
  step(() => timers.start('expiry', 'order-1', 100))
  step(() => timers.start('expiry', 'order-1', 300))
  step(() => timers.start('reminder', 'order-1', 200))
  expect(collection.size).toBe(2)
  expect([timers.next(200)?.kind, timers.next(199)]).toEqual(['reminder', undefined])
})

test('a timer that is stopped never fires; stopping one that does not run does nothing', () => {
  const { timers, step } = openTimers()
  step(() => timers.start('expiry', 'order-1', 100))
  step(() => timers.stop('expiry', 'order-2'))
  expect(timers.next()?.subject).toBe('order-1')
  step(() => timers.stop('expiry', 'order-1'))
  expect(timers.next()).toBeUndefined()
})

test('a timer that was stopped by a step that throws still runs', () => {
  const { timers, step } = openTimers()
  step(() => timers.start('expiry', 'order-1', 100))
  const stopAndFail = () => {
    timers.stop('expiry', 'order-1')
    throw new Error('refused')
  }
  expect(() => step(stopAndFail)).toThrow('refused')
  expect(timers.next(100)?.subject).toBe('order-1')
})
