import { resolve } from 'node:path'
import { authorityFlags, readAuthority } from './authority.ts'
import { clients, settingsOf, shellLines } from './client-env.ts'
import { writeFiles } from './client-files.ts'
import { readWord } from './pairs.ts'
import { commonFlags } from './parse.ts'
import { print } from './print.ts'
import { targetOf } from './target.ts'
import { defineVerb } from './verb.ts'

const standardFolder = '.midtrans-emulator'

export const verb = defineVerb({
  operands: clients.join('|'),
  flags: {
    ...authorityFlags,
    folder: { about: `where files for the client are written (${standardFolder})`, value: 'FOLDER' },
    hosts: { about: "Midtrans's names point to the emulator (hosts file, Compose aliases): no proxy" },
    ...commonFlags,
  },
  more: 'For an emulator that was started with --tls.',
  examples: ['eval "$(midtrans-emulator env node)"'],
  choices: async () => clients,
  async run({ flags, operands }) {
    const client = readWord(operands.length > 0 ? operands.join(' ') : undefined, clients)
    const authority = await readAuthority(flags)
    const files = await writeFiles(resolve(flags.folder ?? standardFolder), authority.toString())
    const { url } = targetOf({ ...flags, sandbox: undefined })
    const settings = settingsOf(client, files, flags.hosts ? undefined : new URL(url))
    print(flags.json, { client, ...settings }, shellLines(settings))
    return 0
  },
})
