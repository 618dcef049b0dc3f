import { type Happened, happenedLines } from './happened.ts'
import { readCount } from './pairs.ts'
import { commonFlags } from './parse.ts'
import { dimmed, print, table } from './print.ts'
import { targetFlags, targetOf } from './target.ts'
import { CommandError, defineVerb } from './verb.ts'

interface Action {
  readonly action: string
  readonly summary: string
  readonly needs: string
}

/** What it needs stands below: both together are too long for a line. */
function linesOf(actions: readonly Action[]): string[] {
  const lines = table(actions.map(({ action, summary }) => [action, summary]))
  const indent = Math.max(0, ...actions.map(({ action }) => action.length)) + 2
  return lines.flatMap((line, index) => [line, dimmed(`${' '.repeat(indent)}needs ${actions[index]?.needs}`)])
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
  more: 'Without an action it lists all. The id is that of an order, a transaction, an account, a subscription or a Snap session, or a phone.',
  examples: ['midtrans-emulator simulate', 'midtrans-emulator simulate settle order-1'],
  choices: async () => Object.keys((await import('../control/actions.ts')).actions),
  async run({ flags, operands: [action, id, ...others] }) {
    const running = targetOf(flags)
    if (action === undefined) {
      // The endpoints answer so, here and below.
      const actions = (await running.ask('GET', 'simulate')) as readonly Action[]
      print(flags.json, actions, linesOf(actions))
      return 0
    }
    if (id === undefined || others.length > 0) {
      throw new CommandError(
        `simulate ${action}: expected one id, of an order, a transaction, an account, a subscription or a Snap session`,
      )
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
