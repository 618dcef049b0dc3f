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
    const { waitMs: wait } = retryAfter(attempts)
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
    const { waitMs: wait } = retryAfter(answers.map((answer) => (answer === undefined ? {} : { answer })))
    expect(wait).toBe(minutes === undefined ? undefined : minutes * 60_000)
  })
})

// facts.md, section 4: the 1st retry may come 33 s to 2 min after. The others are taken for shifted in the same measure.
test.each([
  [0, 33],
  [0.5, 76.5],
  [1, 120],
])('the random number %d shifts the first retry to %d seconds', (random, seconds) => {
  expect(retryAfter([{ answer: 502 }], random).waitMs).toBe(seconds * 1_000)
  expect(retryAfter([{ answer: 502 }, { answer: 502 }], random).waitMs).toBe(seconds * 5_000)
})

test.each([
  [[503], 'the answer 503 is tried again 4 times: this was try 1'],
  [[500, 500], 'the answer 500: tried again once, and given up'],
  [[undefined], 'no answer is tried again 5 times: this was try 1'],
  [[301], 'the answer 301: Redirection status code 301, 302 and 303 are not supported.'],
])('after %j it says why: %s', (answers, why) => {
  expect(retryAfter(answers.map((answer) => ({ answer }))).why).toBe(why)
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
