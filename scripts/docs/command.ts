import { commonFlags } from '../../src/command/parse.ts'
import { targetFlags } from '../../src/command/target.ts'
import type { Flag, Flags, Verb } from '../../src/command/verb.ts'
import { type CommandName, verbs } from '../../src/command/verbs.ts'

/** Flags that many verbs have: told of once. */
const shared: Flags = { ...targetFlags, ...commonFlags }

/** docs/command.md: every verb, with its flags. */
export async function commandPage(): Promise<string> {
  const names = Object.keys(verbs) as CommandName[]
  const sections = await Promise.all(names.map(async (name) => section(name, (await verbs[name].load()).verb)))
  return `<!-- Written by npm run docs. -->
# The command

\`midtrans-emulator VERB\`; without a verb it starts. \`midtrans-emulator VERB --help\` tells the same as this page.

\`\`\`sh
midtrans-emulator --help
midtrans-emulator advance --help
\`\`\`

It ends with 0 when all went well, with 1 when something is not as expected, and with 2 for bad input, a start that failed, or
an emulator that is not there. \`exec\` ends as the command that it runs. A reader that leaves early (\`| head\`) changes nothing of this.

Verbs that talk to a running emulator find it at \`MIDTRANS_EMULATOR_URL\`, and its sandbox by \`MIDTRANS_EMULATOR_SANDBOX\`; flags
go before both. A server key that is new opens a sandbox, here for all examples of this page:

\`\`\`sh
export MIDTRANS_EMULATOR_SANDBOX=SB-Mid-server-local
\`\`\`

${flagTable(shared)}

Verbs that start one take every setting as a flag: [configuration.md](configuration.md).

${sections.join('\n')}`
}

function section(name: CommandName, verb: Verb): string {
  const { operands, flags, takesSettings, more, examples, exitCodes } = verb
  const own = Object.fromEntries(Object.entries(flags).filter(([flag, { about }]) => shared[flag]?.about !== about))
  const words = ['midtrans-emulator', name, takesSettings ? '[settings]' : '', operands].filter((word) => word !== '')
  return [
    `## ${name}`,
    '',
    `\`${words.join(' ')}\``,
    '',
    `${capital(verbs[name].about)}.`,
    '',
    ...(Object.keys(own).length > 0 ? [flagTable(own), ''] : []),
    ...(more === '' ? [] : [more.replaceAll('\n', '\\\n'), '']),
    '```sh',
    ...examples,
    '```',
    '',
    `Exit codes: ${exitCodes}.`,
    '',
  ].join('\n')
}

const flagTable = (flags: Flags): string =>
  ['| flag | |', '|---|---|', ...Object.entries(flags).map(([name, flag]) => row(name, flag))].join('\n')

const row = (name: string, { about, value, short }: Flag): string =>
  `| \`${short === undefined ? '' : `-${short}\`, \``}--${name}${value === undefined ? '' : ` ${value}`}\` | ${cell(about)} |`

const cell = (text: string): string => text.replaceAll('|', '\\|')

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
