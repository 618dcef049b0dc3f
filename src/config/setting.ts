import { type Fault, shown } from '../text/fault.ts'

/** The value that something stands for, or what is wrong with it. */
export type Reading<T> = { readonly value: T; readonly faults?: undefined } | { readonly faults: readonly Fault[] }

/** One setting. */
export interface Setting<T> {
  readonly help: string
  readonly standard: T
  /** What a file would say instead of this text of a flag or a variable. */
  readonly parse: (text: string) => unknown
  /** What a file says; paths in it are meant from its folder. */
  readonly read: (found: unknown, folder?: string) => Reading<T>
  /** What a file may say, as a JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>
  /** As a flag, it may stand alone: then it is on. */
  readonly isSwitch?: true
  /** Nobody is shown the whole of it. */
  readonly isSecret?: true
}

/** What is wrong with something, or with a part of it. */
export const unlike = (
  found: unknown,
  expected: string,
  path: readonly string[] = [],
): { faults: readonly Fault[] } => ({
  faults: [{ path, text: `found ${shown(found)}, expected ${expected}` }],
})

/** What a setting is for, and which words it may be. */
export function explained({ help, schema }: Setting<unknown>): string {
  const words: readonly unknown[] = Array.isArray(schema.enum) ? schema.enum : []
  const texts = words.filter((each) => typeof each === 'string')
  return texts.length === 0 ? help : `${help}: ${texts.join(', ')}`
}
