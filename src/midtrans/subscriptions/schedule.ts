import { wibOffsetMs } from '../wire-time.ts'

/** How often something comes again, on the calendar of GMT+7. */
export interface Rhythm {
  readonly interval: number
  readonly unit: 'day' | 'week' | 'month'
}

const dayMs = 86_400_000

/**
 * The time that is so many intervals after the first one. Months are counted from the first one, so what begins on the
 * 31st comes on the last day of a shorter month, and on the 31st again after it. UNCERTAIN: what Midtrans makes of such
 * days is not documented.
 */
export function timeOf(firstAt: number, { interval, unit }: Rhythm, count: number): number {
  if (unit !== 'month') return firstAt + count * stepMs(interval, unit)
  const first = new Date(firstAt + wibOffsetMs)
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + count * interval]
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const midnight = Date.UTC(year, month, Math.min(first.getUTCDate(), lastDay))
  return midnight + (first.getTime() % dayMs) - wibOffsetMs
}

/** The first of its times that is later than `at`. */
export function firstAfter(firstAt: number, rhythm: Rhythm, at: number): number {
  let count = Math.max(0, intervalsBefore(firstAt, rhythm, at))
  while (timeOf(firstAt, rhythm, count) <= at) count += 1
  return timeOf(firstAt, rhythm, count)
}

/** So many intervals have gone by for sure. */
function intervalsBefore(firstAt: number, { interval, unit }: Rhythm, at: number): number {
  if (unit !== 'month') return Math.floor((at - firstAt) / stepMs(interval, unit))
  return Math.floor((monthNumber(at) - monthNumber(firstAt)) / interval)
}

const stepMs = (interval: number, unit: 'day' | 'week') => interval * (unit === 'week' ? 7 : 1) * dayMs

function monthNumber(at: number): number {
  const date = new Date(at + wibOffsetMs)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/** How often, and after how long, a charge that failed is tried again. */
export interface RetrySchedule {
  readonly interval: number
  readonly unit: 'minute' | 'hour' | 'day'
  /** 0: it is not tried again. */
  readonly maxInterval: number
}

const retryUnitMs = { minute: 60_000, hour: 3_600_000, day: dayMs } as const

/** docs.midtrans.com, create-subscription: three times, an hour apart. */
export const usualRetries: RetrySchedule = { interval: 1, unit: 'hour', maxInterval: 3 }

export const retryAfterMs = ({ interval, unit }: RetrySchedule): number => interval * retryUnitMs[unit]
