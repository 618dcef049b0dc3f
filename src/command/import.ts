import { readFile } from 'node:fs/promises'
import { commonFlags } from './parse.ts'
import { print, table } from './print.ts'
import { targetFlags, targetOf } from './target.ts'
import { CommandError, defineVerb } from './verb.ts'

export const verb = defineVerb({
  operands: 'FILE',
  flags: { url: targetFlags.url, 'admin-token': targetFlags['admin-token'], ...commonFlags },
  async run({ flags, operands: [file, ...others] }) {
    if (file === undefined || others.length > 0) throw new CommandError('expected one file, as "export" writes it')
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new CommandError(`cannot read ${file} (${error.code})`)
    })
    // As it is: what is wrong with it is told by the emulator.
    const opened = (await targetOf({ ...flags, sandbox: undefined }).ask('POST', 'import', text)) as readonly object[]
    print(flags.json, opened, table(opened.map((sandbox) => Object.values(sandbox).map(String))))
    return 0
  },
})
