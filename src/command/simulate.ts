import { type Happened, happenedLines } from './happened.ts'
import { readCount } from './pairs.ts'
import { commonFlags } from './parse.ts'
import { print, table } from './print.ts'
import { targetFlags, targetOf } from './target.ts'
import { CommandError, defineVerb } from './verb.ts'

interface Action {
  readonly action: string
  readonly summary: string
  readonly needs: string
}

export const verb = defineVerb({
  operands: '[ACTION ID]',
  flags: {
    phone: { about: 'who pays, where nobody is linked', value: 'PHONE' },
    amount: { about: 'how much, where a part is possible', value: 'RUPIAH' },
    code: { about: 'why, as a channel_response_code', value: 'CODE' },
    'refund-key': { about: 'the name of a refund', value: 'KEY' },
    times: { about: 'how many times', value: 'N' },
    ...targetFlags,
    ...commonFlags,
  },
  more: 'Without an action it lists all. For example: midtrans-emulator simulate settle order-1',
  async run({ flags, operands: [action, id, ...others] }) {
    const running = targetOf(flags)
    if (action === undefined) {
      // The endpoints answer so, here and below.
      const actions = (await running.ask('GET', 'simulate')) as readonly Action[]
      print(flags.json, actions, table(actions.map((each) => [each.action, each.summary, `(${each.needs})`])))
      return 0
    }
    if (id === undefined || others.length > 0) {
      throw new CommandError(`simulate ${action}: expected one id, of an order, a transaction or an account`)
    }
    const { phone, code, 'refund-key': refund_key } = flags
    const body = {
      id,
      phone,
      code,
      refund_key,
      amount: readCount('--amount', flags.amount),
      times: readCount('--times', flags.times),
    }
    const simulated = (await running.ask('POST', `simulate/${encodeURIComponent(action)}`, body)) as Happened
    print(flags.json, simulated, happenedLines(simulated))
    return 0
  },
})
