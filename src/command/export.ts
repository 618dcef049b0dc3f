import { writeFile } from 'node:fs/promises'
import { commonFlags } from './parse.ts'
import { print } from './print.ts'
import { targetFlags, targetOf } from './target.ts'
import { CommandError, defineVerb } from './verb.ts'

export const verb = defineVerb({
  operands: '[FILE]',
  flags: { ...targetFlags, ...commonFlags },
  examples: ['midtrans-emulator export state.json'],
  more: 'Without a file it goes to stdout. Server keys stand in it in full, so the file is for its owner alone.',
  async run({ flags, operands: [file, ...others] }) {
    if (others.length > 0) throw new CommandError('expected one file')
    const running = targetOf(flags)
    const text = `${JSON.stringify(await running.ask('GET', 'export'))}\n`
    if (file === undefined) process.stdout.write(text)
    else {
      await writeFile(file, text, { mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
        throw new CommandError(`cannot write ${file} (${error.code}); choose another file`)
      })
      if (flags.json) print(true, { written: file }, [])
    }
    return 0
  },
})
