import { type Happened, happenedLines } from './happened.ts'
import { commonFlags } from './parse.ts'
import { print, shownTime } from './print.ts'
import { targetFlags, targetOf } from './target.ts'
import { CommandError, defineVerb } from './verb.ts'

export const verb = defineVerb({
  operands: 'DURATION|next',
  flags: { ...targetFlags, ...commonFlags },
  more: 'A duration such as 15m, 6h, 2d or PT5M; "next" goes on to the next timer or retry.',
  examples: ['midtrans-emulator advance 15m', 'midtrans-emulator advance 2h --json'],
  choices: async () => ['next'],
  async run({ flags, operands: [by, ...others] }) {
    if (by === undefined || others.length > 0) throw new CommandError('expected one duration such as 15m, or "next"')
    const running = targetOf(flags)
    const answer = by === 'next' ? running.ask('POST', 'clock/next') : running.ask('POST', 'clock/advance', { by })
    // The endpoints answer so.
    const advanced = (await answer) as Happened & { readonly now: string }
    print(flags.json, advanced, [...happenedLines(advanced), `it is ${shownTime(advanced.now)}`])
    return 0
  },
})
