import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { settledWithin, within } from '../../../src/engine/time/deadline.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const late = () => new Error('too late')

test('what settles in time is passed on, and leaves no timeout behind', async () => {
  expect(await within(Promise.resolve('value'), 1_000, late)).toBe('value')
  await expect(within(Promise.reject(new Error('broken')), 1_000, late)).rejects.toThrow('broken')
  expect(vi.getTimerCount()).toBe(0)
})

test('what does not settle in time is rejected with the given error', async () => {
  const waiting = within(new Promise(() => {}), 1_000, late)
  const rejected = expect(waiting).rejects.toThrow('too late')
  await vi.advanceTimersByTimeAsync(1_000)
  await rejected
})

test('who waits for work with patience goes on when it is done, or when the time is over', async () => {
  await settledWithin(Promise.resolve(), 1_000)
  expect(vi.getTimerCount()).toBe(0)

  let wentOn = false
  const waiting = settledWithin(new Promise(() => {}), 1_000).then(() => {
    wentOn = true
  })
  await vi.advanceTimersByTimeAsync(999)
  expect(wentOn).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  await waiting
})
