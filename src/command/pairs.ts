import { didYouMean } from '../text/nearest-name.ts'
import { CommandError } from './verb.ts'

/** What `FIELD=VALUE ...` says. */
export function readPairs(operands: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    operands.map((operand) => {
      const at = operand.indexOf('=')
      if (at <= 0) throw new CommandError(`found "${operand}", expected FIELD=VALUE such as order_id=order-1`)
      return [operand.slice(0, at), operand.slice(at + 1)]
    }),
  )
}

/** One of some words that an operand has to be. */
export function readWord<Word extends string>(found: string | undefined, words: readonly Word[]): Word {
  const word = words.find((each) => each === found)
  if (word !== undefined) return word
  const all = words.join(', ')
  throw new CommandError(
    found === undefined
      ? `found nothing, expected ${all}`
      : `found "${found}"${didYouMean(found, words)}; expected ${all}`,
  )
}

/** Undefined: not given. Whether so many make sense, the emulator judges. */
export function readCount(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new CommandError(`${name}: found "${text}", expected a whole number`)
}
