import type { Fault } from '../text/fault.ts'
import { didYouMean } from '../text/nearest-name.ts'
import { type Setting, unlike } from './setting.ts'

/** One of some words. */
export const oneOf = <const T extends string>(
  help: string,
  standard: NoInfer<T>,
  values: readonly T[],
): Setting<T> => ({
  help,
  standard,
  parse: (given) => given,
  read: (found) => {
    const value = values.find((each) => each === found)
    return value === undefined ? unlike(found, values.join(', ')) : { value }
  },
  schema: { enum: values },
})

/** On or off; in a file, true and false say so as well. */
export function onOff(help: string, standard: 'on' | 'off'): Setting<'on' | 'off'> {
  return {
    help,
    standard,
    parse: (given) => given,
    read: (found) => {
      const word = String(found)
      if (word === 'on' || word === 'true') return { value: 'on' }
      return word === 'off' || word === 'false' ? { value: 'off' } : unlike(found, 'on, off')
    },
    schema: { enum: ['on', 'off', true, false] },
    isSwitch: true,
  }
}

/** A whole number from 0 on. */
export function number(help: string, standard: number, most: number): Setting<number> {
  const isGood = (found: unknown): found is number =>
    typeof found === 'number' && Number.isInteger(found) && found >= 0 && found <= most
  return {
    help,
    standard,
    // What is no such number stays the text that it was: so it is told.
    parse: (given) => (/^\d{1,9}$/.test(given) && isGood(Number(given)) ? Number(given) : given),
    read: (found) => (isGood(found) ? { value: found } : unlike(found, `a number from 0 to ${most}`)),
    schema: { type: 'integer', minimum: 0, maximum: most },
  }
}

/** For each of some names one of its options: a map, or "name=option, name=option". What is not named keeps its default. */
export function choices<T extends Readonly<Record<string, string>>>(
  help: string,
  standard: T,
  options: Readonly<Record<string, readonly string[]>>,
): Setting<T> {
  const faultOf = ([name, option]: readonly [string, unknown]): readonly Fault[] => {
    const known = Object.hasOwn(options, name) ? options[name] : undefined
    if (known?.some((each) => each === option)) return []
    if (known) return unlike(option, known.join(', '), [name]).faults
    const near = didYouMean(name, Object.keys(options)) || `, expected one of ${Object.keys(options).join(', ')}`
    return [{ path: [name], isKey: true, text: `found an unknown name${near}` }]
  }
  return {
    help,
    standard,
    parse: (given) =>
      Object.fromEntries(
        given.split(',').flatMap((pair) => {
          const [name = '', ...option] = pair.split('=').map((part) => part.trim())
          return pair.trim() === '' ? [] : [[name, option.join('=')]]
        }),
      ),
    read: (found) => {
      if (typeof found !== 'object' || found === null || Array.isArray(found)) return unlike(found, 'a map of names')
      const faults = Object.entries(found).flatMap(faultOf)
      return faults.length > 0 ? { faults } : { value: { ...standard, ...found } }
    },
    schema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(options).map(([name, values]) => [name, { enum: values }])),
      additionalProperties: false,
    },
  }
}
