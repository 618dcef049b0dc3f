import { parseDuration } from '../time/duration.ts'

/** How long an answer takes: always so long, evenly between two, or log-normally around a median. */
export type Latency =
  | { readonly form: 'fixed'; readonly ms: number }
  | { readonly form: 'uniform'; readonly fromMs: number; readonly toMs: number }
  | { readonly form: 'lognormal'; readonly medianMs: number; readonly spread: number }

/** What breaks the transport. */
export type Breakage =
  | { readonly kind: 'latency'; readonly latency: Latency }
  | { readonly kind: 'status'; readonly status: FaultStatus }
  /** The connection is reset; it is closed without an answer; the body is no JSON. */
  | { readonly kind: 'reset' | 'empty' | 'garbage' }
  /** So much of the body, then the connection is closed; absent: half of it. */
  | { readonly kind: 'cut'; readonly characters?: number }
  /** The body comes piece by piece, for so long. */
  | { readonly kind: 'trickle'; readonly ms: number }

/** A breakage, and whether it comes before anything has happened, or when all has and only the answer is missing. */
export type Fault = Breakage & { readonly moment: 'before' | 'after'; readonly text: string }

/** A fault that was chosen for a request, and what is random about it. */
export interface ChosenFault {
  readonly fault: Fault
  /** The rule that wanted it, in a sentence; absent: a header did. */
  readonly rule?: string
  /** What repeats it. */
  readonly seed: string
  /** Numbers from 0 up to 1: the same for the same seed. */
  random(part: number): number
}

type FaultStatus = (typeof statuses)[number]
const statuses = [429, 500, 502, 503, 504] as const

/** Nobody waits longer for an answer than this. */
const longestMs = 60_000
const usualSpread = 0.5

export const faultForms =
  'before: or after: (the step), and latency:<time>, latency:<time>..<time>, latency:~<median>, 429, 500, 502, 503, ' +
  '504, reset, empty, garbage, cut, cut:<characters> or trickle:<time>, e.g. after:reset'

const moments = ['before', 'after'] as const
const usualWaits = ['500ms', '2s', '10s', '30s'] as const

/** Those that people ask for, as they are written: what may come before or after the step, and what spoils an answer. */
export const usualFaults: readonly string[] = [
  ...[...statuses, 'reset', 'empty'].flatMap((kind) => moments.map((moment) => `${moment}:${kind}`)),
  ...usualWaits.map((wait) => `before:latency:${wait}`),
  'before:latency:~300ms',
  'after:latency:10s',
  'after:garbage',
  'after:cut',
  'after:trickle:3s',
]

/**
 * The fault of "after:reset", "latency:200ms", "latency:100ms..2s", "latency:~300ms", "503", "cut:20", "trickle:3s";
 * undefined where the text is none. What is done to an answer comes after the step unless the text says otherwise, all
 * else before it.
 */
export function parseFault(text: string): Fault | undefined {
  const [, moment, rest = ''] = /^(?:(before|after):)?(.*)$/.exec(text) ?? []
  const breakage = parseBreakage(rest)
  if (!breakage) return undefined
  const spoilsAnAnswer = breakage.kind === 'garbage' || breakage.kind === 'cut' || breakage.kind === 'trickle'
  const usual = spoilsAnAnswer ? 'after' : 'before'
  const chosen = moment === 'before' || moment === 'after' ? moment : usual
  return { ...breakage, moment: chosen, text: `${chosen}:${rest}` }
}

function parseBreakage(text: string): Breakage | undefined {
  const [kind, more, ...rest] = text.split(':')
  if (rest.length > 0) return undefined
  switch (kind) {
    case 'reset':
    case 'empty':
    case 'garbage':
      return more === undefined ? { kind } : undefined
    case 'cut':
      if (more === undefined) return { kind }
      return /^\d{1,6}$/.test(more) ? { kind, characters: Number(more) } : undefined
    case 'trickle': {
      const ms = waitOf(more)
      return ms === undefined ? undefined : { kind, ms }
    }
    case 'latency': {
      const latency = parseLatency(more ?? '')
      return latency && { kind, latency }
    }
    default: {
      const status = more === undefined ? statuses.find((each) => String(each) === kind) : undefined
      return status && { kind: 'status', status }
    }
  }
}

function parseLatency(text: string): Latency | undefined {
  const [from, to, ...rest] = text.split('..')
  if (rest.length > 0) return undefined
  if (to !== undefined) {
    const [fromMs, toMs] = [waitOf(from), waitOf(to)]
    return fromMs === undefined || toMs === undefined || fromMs > toMs ? undefined : { form: 'uniform', fromMs, toMs }
  }
  if (!text.startsWith('~')) {
    const ms = waitOf(text)
    return ms === undefined ? undefined : { form: 'fixed', ms }
  }
  const [, median, spread = String(usualSpread)] = /^~([^/]+)(?:\/(\d(?:\.\d{1,3})?))?$/.exec(text) ?? []
  const medianMs = waitOf(median)
  return medianMs === undefined ? undefined : { form: 'lognormal', medianMs, spread: Number(spread) }
}

function waitOf(text = ''): number | undefined {
  const ms = parseDuration(text)
  return ms === undefined || ms > longestMs ? undefined : ms
}

/** Milliseconds to wait, for two numbers from 0 up to 1 that look random. */
export function latencyMs(latency: Latency, one: number, other: number): number {
  switch (latency.form) {
    case 'fixed':
      return latency.ms
    case 'uniform':
      return latency.fromMs + (latency.toMs - latency.fromMs) * one
    case 'lognormal': {
      // Box and Muller: two even numbers make a normal one.
      const normal = Math.sqrt(-2 * Math.log(1 - one)) * Math.cos(2 * Math.PI * other)
      return Math.min(longestMs, latency.medianMs * Math.exp(latency.spread * normal))
    }
  }
}
