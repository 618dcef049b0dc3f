import { readWord } from './pairs.ts'
import { commonFlags } from './parse.ts'
import { print, shownTime, table } from './print.ts'
import { targetFlags, targetOf } from './target.ts'
import { CommandError, defineVerb } from './verb.ts'

const words = ['save', 'list', 'restore', 'delete'] as const

interface Taken {
  readonly name: string
  readonly now: string
  readonly accounts: number
  readonly transactions: number
}

const rowOf = ({ name, now, accounts, transactions }: Taken): string[] => [
  name,
  shownTime(now),
  `accounts: ${accounts}`,
  `transactions: ${transactions}`,
]

export const verb = defineVerb({
  operands: `${words.join('|')} [NAME]`,
  flags: { ...targetFlags, ...commonFlags },
  more: 'They live as long as the emulator does: "export" keeps a sandbox for longer.',
  examples: [
    'midtrans-emulator snapshot save before-refund',
    'midtrans-emulator snapshot list',
    'midtrans-emulator snapshot restore before-refund',
    'midtrans-emulator snapshot delete before-refund',
  ],
  choices: async () => words,
  async run({ flags, operands: [found = 'list', name, ...others] }) {
    const word = readWord(found, words)
    if (others.length > 0 || (name === undefined) !== (word === 'list')) {
      throw new CommandError(`snapshot ${word}: expected ${word === 'list' ? 'no name' : 'one name'}`)
    }
    const running = targetOf(flags)
    const path = `snapshots/${encodeURIComponent(name ?? '')}`
    switch (word) {
      case 'list': {
        // The endpoint answers so.
        const all = (await running.ask('GET', 'snapshots')) as readonly Taken[]
        print(flags.json, all, table(all.map(rowOf)))
        break
      }
      case 'save':
        print(flags.json, await running.ask('POST', 'snapshots', { name, replace: true }), [`saved ${name}`])
        break
      case 'restore':
        print(flags.json, await running.ask('POST', `${path}/restore`), [`it is as it was at ${name}`])
        break
      case 'delete':
        print(flags.json, (await running.ask('DELETE', path)) ?? {}, [`deleted ${name}`])
    }
    return 0
  },
})
