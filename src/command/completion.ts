import { names } from '../config/settings.ts'
import { readWord } from './pairs.ts'
import { defineVerb, type Listed } from './verb.ts'

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
    const script = scripts[readWord(shell, shells)]
    console.log(script(await wordsOfVerbs(listed), listed))
    return 0
  },
})

/** What may follow each verb: its flags, and the words that its operands begin with. */
type Words = ReadonlyMap<string, readonly string[]>

async function wordsOfVerbs(listed: Listed): Promise<Words> {
  const each = Object.entries(listed).map(async ([name, { load }]) => {
    const { operands, flags, takesSettings } = (await load()).verb
    const all = [...Object.keys(flags), ...(takesSettings ? ['config', ...names] : []), 'help'].map(
      (flag) => `--${flag}`,
    )
    const [first = ''] = operands.split(' ')
    // "list|resend": words to choose from; "FILE" and "[ACTION" are none.
    const choices = /^[a-z-]+(\|[a-z-]+)+$/.test(first) ? first.split('|') : []
    return [name, [...choices, ...all]] as const
  })
  return new Map(await Promise.all(each))
}

const cases = (words: Words, form: (name: string, all: string) => string): string =>
  Array.from(words, ([name, all]) => form(name, all.join(' '))).join('\n')

const bash = (words: Words): string => `_midtrans_emulator() {
  local words
  if [ "$COMP_CWORD" -eq 1 ]; then words='${[...words.keys(), '--help', '--version'].join(' ')}'
  else case "\${COMP_WORDS[1]}" in
${cases(words, (name, all) => `    ${name}) words='${all}' ;;`)}
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _midtrans_emulator midtrans-emulator`

const fish = (words: Words, listed: Listed): string =>
  [
    ...Object.entries(listed).map(
      ([name, { about }]) =>
        `complete -c midtrans-emulator -n __fish_use_subcommand -a ${name} -d ${JSON.stringify(about)}`,
    ),
    cases(words, (name, all) => `complete -c midtrans-emulator -n '__fish_seen_subcommand_from ${name}' -a '${all}'`),
  ].join('\n')

const scripts: Readonly<Record<(typeof shells)[number], (words: Words, listed: Listed) => string>> = {
  bash,
  zsh: (words) => `autoload -U +X bashcompinit && bashcompinit\n${bash(words)}`,
  fish,
}
