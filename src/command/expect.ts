import { refusalIn } from '../client/http.ts'
import { readCount, readPairs, readWord } from './pairs.ts'
import { commonFlags } from './parse.ts'
import { print } from './print.ts'
import { targetFlags, targetOf } from './target.ts'
import { CommandError, defineVerb } from './verb.ts'

const kinds = ['notification', 'transaction', 'account', 'request'] as const

export const verb = defineVerb({
  operands: `${kinds.join('|')} FIELD=VALUE...`,
  flags: {
    times: { about: 'how many there have to be, at least (1)', value: 'N' },
    exactly: { about: 'just so many' },
    within: { about: 'how long to wait at the most, real time (5s)', value: 'DURATION' },
    ...targetFlags,
    ...commonFlags,
  },
  more: 'For example: midtrans-emulator expect transaction order_id=order-1 transaction_status=settlement --within 10s',
  async run({ flags, operands: [found, ...pairs] }) {
    const kind = readWord(found, kinds)
    const body = {
      [kind]: readPairs(pairs),
      times: readCount('--times', flags.times),
      ...(flags.exactly && { exactly: true }),
      within: flags.within,
    }
    const answer = await targetOf(flags).call('POST', 'expect', body)
    const refusal = refusalIn(answer)
    // What is not as expected is an answer, and no fault of the call.
    const isAsExpected = refusal === undefined
    if (!isAsExpected && answer.status !== 417) throw new CommandError(refusal)
    print(flags.json, answer.body, [isAsExpected ? `found ${(answer.body as { found: number }).found}` : refusal])
    return isAsExpected ? 0 : 1
  },
})
