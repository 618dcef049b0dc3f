import { type Happened, happenedLines } from './happened.ts'
import { commonFlags } from './parse.ts'
import { print } from './print.ts'
import { targetFlags, targetOf } from './target.ts'
import { CommandError, defineVerb } from './verb.ts'

export const verb = defineVerb({
  operands: 'DURATION|next',
  flags: { ...targetFlags, ...commonFlags },
  more: 'For example: midtrans-emulator advance 15m (or 6h, 2d, PT5M); "next" goes on to the next timer or retry.',
  async run({ flags, operands: [by, ...others] }) {
    if (by === undefined || others.length > 0) throw new CommandError('expected one duration such as 15m, or "next"')
    const running = targetOf(flags)
    const answer = by === 'next' ? running.ask('POST', 'clock/next') : running.ask('POST', 'clock/advance', { by })
    // The endpoints answer so.
    const advanced = (await answer) as Happened
    print(flags.json, advanced, [...happenedLines(advanced), `it is ${advanced.now}`])
    return 0
  },
})
