import { parseDuration } from '../engine/time/duration.ts'

/** What keeps a notification from travelling as it should. */
export type Disturbance =
  | { readonly name: 'duplicate' | 'drop' | 'wrong-signature' | 'stale' }
  /** How long it takes; how far the order may be mixed. */
  | { readonly name: 'delay' | 'shuffle'; readonly ms: number }
  /** How much of the body is left; absent: half of it. */
  | { readonly name: 'cut'; readonly characters?: number }

const longestDelayMs = 30 * 86_400_000

export const disturbanceForms =
  'duplicate, delay:<time>, drop, shuffle:<time>, cut, cut:<characters>, wrong-signature or stale, e.g. delay:10m'

/** Those that people ask for, as they are written. */
export const usualDisturbances: readonly string[] = [
  'duplicate',
  'drop',
  'delay:1m',
  'delay:10m',
  'delay:1h',
  'shuffle:1m',
  'stale',
  'cut',
  'wrong-signature',
]

/** The disturbance of "duplicate", "delay:10m", "cut:20"; undefined where the text is none. */
export function parseDisturbance(text: string): Disturbance | undefined {
  const [name, more, ...rest] = text.split(':')
  if (rest.length > 0) return undefined
  switch (name) {
    case 'duplicate':
    case 'drop':
    case 'wrong-signature':
    case 'stale':
      return more === undefined ? { name } : undefined
    case 'delay':
    case 'shuffle': {
      const ms = parseDuration(more ?? '')
      return ms === undefined || ms > longestDelayMs ? undefined : { name, ms }
    }
    case 'cut':
      if (more === undefined) return { name }
      return /^\d{1,6}$/.test(more) ? { name, characters: Number(more) } : undefined
    default:
      return undefined
  }
}
