import { names, settings } from '../config/settings.ts'
import { readWord } from './pairs.ts'
import { defineVerb, type Flags, type Listed } from './verb.ts'

const shells = ['bash', 'zsh', 'fish'] as const

export const verb = defineVerb({
  operands: shells.join('|'),
  more: [
    'A line for the file that your shell reads when it starts.',
    'zsh: source <(midtrans-emulator completion zsh); fish: midtrans-emulator completion fish | source',
  ].join('\n'),
  examples: ['source <(midtrans-emulator completion bash)'],
  exitCodes: '0 ok, 2 bad input',
  choices: async () => shells,
  async run({ operands: [shell] }, listed) {
    const write = writers[readWord(shell, shells)]
    console.log(write(await Promise.all(Object.entries(listed).map(completable))))
    return 0
  },
})

/** What may follow a verb. */
interface Completable {
  readonly name: string
  readonly about: string
  /** What its first operand may be; none: a file, or nobody knows. */
  readonly choices: readonly string[]
  readonly flags: Flags
}

async function completable([name, { about, load }]: [string, Listed[string]]): Promise<Completable> {
  const { verb: loaded } = await load()
  const ofSettings = loaded.takesSettings ? settingsFlags : {}
  const flags = { ...loaded.flags, ...ofSettings, help: { about: 'how it is used' } }
  return { name, about, flags, choices: await loaded.choices() }
}

const settingsFlags: Flags = {
  config: { about: 'file of settings', value: 'FILE' },
  ...Object.fromEntries(
    names.map((name) => {
      const { help, isSwitch } = settings[name]
      return [name, { about: help, ...(!isSwitch && { value: 'VALUE' }) }]
    }),
  ),
}

const words = (flags: Flags): string =>
  Object.keys(flags)
    .map((name) => `--${name}`)
    .join(' ')

/** A verb stands first; what it chooses from, second. Without a verb the flags are those of start. */
function bash(verbs: readonly Completable[]): string {
  const all = verbs.map(({ name }) => name).join(' ')
  const plain = words(verbs.find(({ name }) => name === 'start')?.flags ?? {})
  const lines = verbs.map(
    ({ name, flags, choices }) => `    ${name}) flags='${words(flags)}' choices='${choices.join(' ')}' ;;`,
  )
  return `_midtrans_emulator() {
  local current=\${COMP_WORDS[COMP_CWORD]} flags='' choices=''
  case "\${COMP_WORDS[1]}" in
${lines.join('\n')}
    help) choices='${all}' ;;
    -*) flags='--version ${plain}' ;;
  esac
  case "$COMP_CWORD" in
    1) choices='${all} help' ;;
    2) ;;
    *) choices='' ;;
  esac
  case "$current" in
    -*) choices=$flags ;;
  esac
  COMPREPLY=($(compgen -W "$choices" -- "$current"))
}
complete -o default -F _midtrans_emulator midtrans-emulator`
}

function fish(verbs: readonly Completable[]): string {
  const line = (condition: string, what: string, about: string) =>
    `complete -c midtrans-emulator -n '${condition}' ${what}${about === '' ? '' : ` -d ${quoted(about)}`}`
  return verbs
    .flatMap(({ name, about, choices, flags }) => {
      const isGiven = `__fish_seen_subcommand_from ${name}`
      return [
        line('__fish_use_subcommand', `-f -a ${name}`, about),
        ...(choices.length > 0 ? [line(isGiven, `-f -a '${choices.join(' ')}'`, '')] : []),
        ...Object.entries(flags).map(([flag, { about: tells, value, short }]) =>
          line(
            isGiven,
            `-l ${flag}${short === undefined ? '' : ` -s ${short}`}${value === undefined ? '' : ' -r'}`,
            tells,
          ),
        ),
      ]
    })
    .join('\n')
}

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`

const writers: Readonly<Record<(typeof shells)[number], (verbs: readonly Completable[]) => string>> = {
  bash,
  zsh: (verbs) => `autoload -U +X bashcompinit && bashcompinit\n${bash(verbs)}`,
  fish,
}
