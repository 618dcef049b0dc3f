import { describe, expect, test } from 'vitest'
import {
  notificationHeaders,
  notificationRedirects,
  notificationTimeoutMs,
  retryAfter,
} from '../../src/midtrans/retry.ts'

/** The minutes between the tries, while the merchant always answers so; undefined is no answer at all. */
function waits(answer: number | undefined): number[] {
  const attempts: { answer?: number }[] = []
  const minutes: number[] = []
  for (;;) {
    attempts.push(answer === undefined ? {} : { answer })
    const wait = retryAfter(attempts)
    if (wait === undefined) return minutes
    minutes.push(wait / 60_000)
    if (minutes.length > 10) throw new Error('retries without end')
  }
}

// facts.md, section 4: retries by the merchant's answer, and the table of 2, 10, 30, 90, 210 minutes.
const all = [2, 10, 30, 90, 210]
test.each([
  [500, [2]],
  [503, [2, 10, 30, 90]],
  [400, [2, 10]],
  [404, [2, 10]],
  [301, []],
  [302, []],
  [303, []],
  [401, all],
  [403, all],
  [405, all],
  [408, all],
  [422, all],
  [429, all],
  [501, all],
  [502, all],
  [504, all],
  [304, all],
  [307, all],
  [308, all],
  [undefined, all],
])('a merchant that answers %s is tried again after %j minutes', (answer, minutes) => {
  expect(waits(answer)).toEqual(minutes)
})

describe('a merchant whose answers change', () => {
  test.each([
    [[503, 503, 500], undefined],
    [[500, 503], 10],
    [[undefined, 400], 10],
    [[undefined, undefined, 404], undefined],
    [[502, 502, 502, 502], 90],
  ])('after %j the next try comes in %s minutes: the latest answer decides', (answers, minutes) => {
    const wait = retryAfter(answers.map((answer) => (answer === undefined ? {} : { answer })))
    expect(wait).toBe(minutes === undefined ? undefined : minutes * 60_000)
  })
})

// facts.md, section 4, request, timeout (section 12: 15 s) and redirects.
test('notifications have the headers and limits of Midtrans', () => {
  expect(notificationHeaders).toEqual({
    'content-type': 'application/json',
    accept: 'application/json',
    'user-agent': 'Veritrans',
  })
  expect(notificationTimeoutMs).toBe(15_000)
  expect(notificationRedirects).toBe(5)
})
