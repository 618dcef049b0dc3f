import { readFile } from 'node:fs/promises'
import { commonFlags } from './parse.ts'
import { print, table } from './print.ts'
import { targetFlags, targetOf } from './target.ts'
import { CommandError, defineVerb } from './verb.ts'

interface Opened {
  readonly sandbox: string
  readonly accounts: number
  readonly transactions: number
}

const rowOf = ({ sandbox, accounts, transactions }: Opened): string[] => [
  sandbox,
  `accounts: ${accounts}`,
  `transactions: ${transactions}`,
]

export const verb = defineVerb({
  operands: 'FILE',
  flags: { url: targetFlags.url, 'admin-token': targetFlags['admin-token'], ...commonFlags },
  more: 'Sandboxes of the same keys are replaced: all of the file or, where anything is wrong with it, nothing.',
  examples: ['midtrans-emulator import state.json'],
  async run({ flags, operands: [file, ...others] }) {
    if (file === undefined || others.length > 0) throw new CommandError('expected one file, as "export" writes it')
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new CommandError(`cannot read ${file} (${error.code})`)
    })
    // As it is: what is wrong with it is told by the emulator.
    const opened = (await targetOf({ ...flags, sandbox: undefined }).ask('POST', 'import', text)) as readonly Opened[]
    print(flags.json, opened, table(opened.map(rowOf)))
    return 0
  },
})
