import { refusalIn } from '../client/http.ts'
import { readCount, readPairs, readWord } from './pairs.ts'
import { commonFlags } from './parse.ts'
import { print } from './print.ts'
import { targetFlags, targetOf } from './target.ts'
import { defineVerb } from './verb.ts'

const kinds = ['notification', 'transaction', 'account', 'subscription', 'snap', 'request'] as const

export const verb = defineVerb({
  operands: `${kinds.join('|')} FIELD=VALUE...`,
  flags: {
    times: { about: 'how many there have to be, at least (1); 0: none may come', value: 'N' },
    exactly: { about: 'just so many' },
    within: { about: 'how long to wait at the most, real time, up to 1m (5s)', value: 'DURATION' },
    ...targetFlags,
    ...commonFlags,
  },
  more: [
    'Fields are those of the notification, of GET status, of the account, the subscription or the Snap session; `*` stands for any characters.',
    'Of notifications only those count that have arrived, unless a state=... is given.',
    'If it does not come, what there is instead is told, the nearest first.',
  ].join('\n'),
  examples: [
    'midtrans-emulator expect transaction order_id=order-1 transaction_status=settlement --within 10s',
    'midtrans-emulator expect request operation=refund --times 0 --within 1ms',
  ],
  exitCodes: '0 it is there, 1 it did not come, 2 bad input or no emulator there',
  choices: async () => kinds,
  async run({ flags, operands: [found, ...pairs] }) {
    const kind = readWord(found, kinds)
    const body = {
      [kind]: readPairs(pairs),
      times: readCount('--times', flags.times),
      ...(flags.exactly && { exactly: true }),
      within: flags.within,
    }
    const running = targetOf(flags)
    const answer = await running.call('POST', 'expect', body)
    // What is not as expected is an answer, and no fault of the call.
    if (answer.status === 417) {
      print(flags.json, answer.body, [refusalIn(answer) ?? ''])
      return 1
    }
    // The endpoint answers so.
    const { found: count } = running.read(answer) as { readonly found: number }
    print(flags.json, answer.body, [`found ${count}`])
    return 0
  },
})
