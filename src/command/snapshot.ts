import { readWord } from './pairs.ts'
import { commonFlags } from './parse.ts'
import { print } from './print.ts'
import { targetFlags, targetOf } from './target.ts'
import { CommandError, defineVerb } from './verb.ts'

const words = ['save', 'list', 'restore', 'delete'] as const

export const verb = defineVerb({
  operands: `${words.join('|')} [NAME]`,
  flags: { ...targetFlags, ...commonFlags },
  more: 'For example: midtrans-emulator snapshot save before-refund',
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
        const all = (await running.ask('GET', 'snapshots')) as readonly { readonly name: string }[]
        print(
          flags.json,
          all,
          all.map((each) => each.name),
        )
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
