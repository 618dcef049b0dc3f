import { settingsHelp } from '../config/help.ts'
import type { Flags, Verb } from './verb.ts'
import { type CommandName, verbs } from './verbs.ts'

/** What there is. */
export const usage = (): string => `midtrans-emulator: a stand-in for the Midtrans sandbox

${Object.entries(verbs)
  .map(([name, { about }]) => line(name, about, 14))
  .join('\n')}

Without a verb it starts. "midtrans-emulator VERB --help" tells more of each.

Flags of start; each is also a variable: --server-keys is MIDTRANS_EMULATOR_SERVER_KEYS
${settingsHelp()}

${exitCodes}`

const exitCodes = 'Exit codes: 0 ok, 1 not as expected, 2 bad input, failed start, or no emulator there'

/** How one verb is used. */
export function usageOf(name: CommandName, verb: Verb): string {
  const { operands, flags, takesSettings, more, examples } = verb
  const first = ['midtrans-emulator', name, takesSettings ? '[settings]' : '', '[flags]', operands]
  return [
    first.filter((word) => word !== '').join(' '),
    `  ${verbs[name].about}`,
    '',
    flagLines({ ...flags, help: { about: 'this' } }),
    ...(takesSettings ? ['', 'Settings of the emulator are flags as well:', settingsHelp()] : []),
    ...(more === '' ? [] : ['', more]),
    '',
    'For example:',
    ...examples.map((example) => `  ${example}`),
    '',
    `Exit codes: ${verb.exitCodes}`,
  ].join('\n')
}

const flagLines = (flags: Flags): string =>
  Object.entries(flags)
    .map(([name, { about, value, short }]) => {
      const letter = short === undefined ? '' : `-${short}, `
      return line(`${letter}--${name}${value === undefined ? '' : ` ${value}`}`, about, 31)
    })
    .join('\n')

const line = (name: string, about: string, width: number): string => `  ${name.padEnd(width)} ${about}`
