import type { Flags, Verb } from '../../src/command/verb.ts'
import { verbs } from '../../src/command/verbs.ts'

const head = `# The command

<!-- Made by "npm run docs" from src/command. -->

\`midtrans-emulator\` alone starts it. All verbs take \`--help\`; most take \`--json\`, and then print one JSON value a line.
Those that talk to a running emulator find it by \`--url\` or \`MIDTRANS_EMULATOR_URL\`, and the sandbox by \`--sandbox\` or
\`MIDTRANS_EMULATOR_SANDBOX\`: its merchant_id or its server key; where only one is open, none has to be named.

| exit code | |
|---|---|
| 0 | ok |
| 1 | not as expected: \`expect\`, \`run\`, \`verify\`, \`healthcheck\` |
| 2 | bad input, failed start, or no emulator there; one line on stderr says what was found and what was expected |
| any | \`exec\` ends as its command does |
`

/** docs/command.md: every verb, from the table that the command itself uses. */
export async function commandPage(): Promise<string> {
  const each = Object.entries(verbs).map(async ([name, { about, load }]) => {
    const { verb }: { verb: Verb } = await load()
    return section(name, about, verb)
  })
  return [head, ...(await Promise.all(each))].join('\n')
}

function section(name: string, about: string, { operands, flags, takesSettings, more }: Verb): string {
  const use = ['midtrans-emulator', name, takesSettings ? '[settings]' : '', operands].filter((word) => word !== '')
  const settings = 'Every setting is a flag of it as well: [configuration.md](configuration.md).'
  return [
    `## ${name}`,
    '',
    `\`${use.join(' ')}\` ${about}.`,
    '',
    ...(takesSettings ? [settings, ''] : []),
    ...(more === '' ? [] : [...paragraphs(more), '']),
    ...flagTable(flags),
  ].join('\n')
}

/** Lines of help; commands in them as code. */
const paragraphs = (more: string): string[] => more.split('\n').map((line) => `- ${withCode(line)}`)

const withCode = (line: string): string => {
  const [, before = '', command] = /^(For example: |\w+: +)(.+)$/.exec(line) ?? []
  return command === undefined ? escaped(line) : `${before.trim()} \`${command}\``
}

function flagTable(flags: Flags): string[] {
  const rows = Object.entries(flags).map(([name, { about, value, short }]) => {
    const forms = [...(short === undefined ? [] : [`-${short}`]), `--${name}${value === undefined ? '' : ` ${value}`}`]
    return `| ${forms.map((form) => `\`${form.replaceAll('|', '\\|')}\``).join(', ')} | ${escaped(about)} |`
  })
  return rows.length === 0 ? [] : ['| flag | |', '|---|---|', ...rows, '']
}

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
