import { hash } from 'node:crypto'

/** A number from 0 up to 1 that looks random, and is always the same for the same seed and parts. */
export function seededNumber(seed: string, ...parts: readonly (string | number)[]): number {
  return Number.parseInt(hash('sha256', [seed, ...parts].join('|')).slice(0, 12), 16) / 2 ** 48
}
