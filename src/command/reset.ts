import { commonFlags } from './parse.ts'
import { print } from './print.ts'
import { targetFlags, targetOf } from './target.ts'
import { defineVerb } from './verb.ts'

export const verb = defineVerb({
  flags: { ...targetFlags, ...commonFlags },
  more: 'Accounts, payments, wallets, notifications and clock begin anew; settings, rules and snapshots stay.',
  examples: ['midtrans-emulator reset'],
  async run({ flags }) {
    print(flags.json, await targetOf(flags).ask('POST', 'reset'), ['empty again'])
    return 0
  },
})
