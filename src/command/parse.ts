import { parseArgs } from 'node:util'
import { didYouMean } from '../text/nearest-name.ts'
import { CommandError, type Flag, type Given, type Verb } from './verb.ts'

/** Flags that every verb has. */
export const commonFlags = { json: { about: 'answers in JSON, one value a line' } } as const

/** Reads what stands after the verb. Throws a CommandError that says which flag is wrong, and what may have been meant. */
export function parseGiven({ flags, takesSettings, operands }: Verb, args: readonly string[]): Given {
  const values: Record<string, string | boolean | string[] | undefined> = Object.fromEntries(
    Object.entries(flags).map(([name, { value, isList }]) => [
      name,
      isList ? [] : value === undefined ? false : undefined,
    ]),
  )
  const settings: string[] = []
  const rest: string[] = []
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, optionOf(flag)])),
    strict: false,
    tokens: true,
  })
  let isSettingOpen = false
  let isOver = false
  for (const token of tokens) {
    const raw = args[token.index] ?? ''
    if (token.kind === 'option-terminator') isOver = true
    else if (token.kind === 'option' && token.name in flags) {
      const flag = flags[token.name]
      const value = readValue(token.rawName, flag, token.value)
      const list = values[token.name]
      if (Array.isArray(list)) list.push(String(value))
      else values[token.name] = value
      isSettingOpen = false
    } else if (token.kind === 'option') {
      if (!takesSettings) throw unknownFlag(token.rawName, Object.keys(flags))
      settings.push(raw)
      isSettingOpen = token.value === undefined
    } else if (isSettingOpen && !isOver) {
      settings.push(raw)
      isSettingOpen = false
    } else rest.push(raw)
  }
  if (operands === '' && rest.length > 0) throw new CommandError(`found "${rest[0]}", expected flags only`)
  return { flags: values as Given['flags'], operands: rest, settings }
}

const optionOf = ({ value, isList, short }: Flag) => ({
  type: value === undefined ? ('boolean' as const) : ('string' as const),
  multiple: isList === true,
  ...(short !== undefined && { short }),
})

function readValue(name: string, flag: Flag | undefined, value: string | undefined): string | true {
  if (flag?.value === undefined) {
    if (value === undefined) return true
    throw new CommandError(`${name}: found "${value}", expected the flag alone`)
  }
  if (value === undefined) throw new CommandError(`${name}: found nothing, expected ${flag.value}`)
  return value
}

function unknownFlag(name: string, known: readonly string[]): CommandError {
  const near = didYouMean(
    name,
    known.map((each) => `--${each}`),
  )
  return new CommandError(`found the unknown flag ${name}${near}; --help lists all`)
}
