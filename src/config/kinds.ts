import { resolve } from 'node:path'
import { type Setting, unlike } from './setting.ts'

interface TextKind {
  readonly expected?: string
  readonly isGood?: (text: string) => boolean
}

/** Any text, or one of a certain form. */
export function text(help: string, { expected = 'a text', isGood = () => true }: TextKind = {}): Setting<string> {
  return {
    help,
    standard: '',
    parse: (given) => given,
    read: (found) => {
      if (typeof found === 'string' && isGood(found)) return { value: found }
      // YAML takes 0042 for a number: what it was cannot be told any more.
      const isPlain = typeof found === 'number' || typeof found === 'boolean'
      return unlike(found, isPlain ? `${expected}, in quotes` : expected)
    },
    schema: { type: 'string' },
  }
}

/** The same; without it there is none, not even an empty one. */
export const optional = (help: string, kind?: TextKind): Setting<string | undefined> => ({
  ...text(help, kind),
  standard: undefined,
})

/** The same, and nobody is shown what was given: neither by `config` nor by a fault. */
export const secret = <T>(setting: Setting<T>): Setting<T> => ({
  ...setting,
  read: (found, folder) => {
    const reading = setting.read(found, folder)
    if (!reading.faults) return reading
    const hide = (told: string) => told.replace(/^found .*, expected/s, 'found something else, expected')
    return { faults: reading.faults.map((fault) => ({ ...fault, text: hide(fault.text) })) }
  },
  isSecret: true,
})

/** A file or a folder; `isPath` tells it from other texts. In a file it is meant from where that lies. */
export function path(help: string, expected: string, isPath = (_: string) => true): Setting<string | undefined> {
  const kind = text(help, { expected, isGood: (given) => given !== '' })
  return {
    ...kind,
    standard: undefined,
    read: (found, folder) => {
      const reading = kind.read(found)
      if (reading.faults || folder === undefined || !isPath(reading.value)) return reading
      return { value: resolve(folder, reading.value) }
    },
  }
}

/** Several texts; with commas between, where it is one text. */
export function list(
  help: string,
  { expected = 'a text', isGood = () => true }: TextKind = {},
): Setting<readonly string[]> {
  const isItem = (item: unknown): item is string => typeof item === 'string' && item !== '' && isGood(item)
  return {
    help,
    standard: [],
    parse: (given) => given.split(',').flatMap((part) => part.trim() || []),
    read: (found) => {
      if (!Array.isArray(found)) return unlike(found, 'a list such as [one, two]')
      const items: readonly unknown[] = found
      if (items.every(isItem)) return { value: items }
      return {
        faults: [...items.entries()].flatMap(([index, item]) =>
          isItem(item) ? [] : unlike(item, expected, [String(index)]).faults,
        ),
      }
    },
    schema: { type: 'array', items: { type: 'string', minLength: 1 } },
  }
}
