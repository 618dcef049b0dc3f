import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { rootCertificates } from 'node:tls'
import { authorityFlags, readAuthority } from './authority.ts'
import { type ClientFiles, clients, settingsOf, shellLines } from './client-env.ts'
import { readWord } from './pairs.ts'
import { commonFlags } from './parse.ts'
import { print } from './print.ts'
import { targetOf } from './target.ts'
import { CommandError, defineVerb } from './verb.ts'

const standardFolder = '.midtrans-emulator'

export const verb = defineVerb({
  operands: clients.join('|'),
  flags: {
    ...authorityFlags,
    folder: { about: `where files for the client are written (${standardFolder})`, value: 'FOLDER' },
    hosts: { about: "Midtrans's names point to the emulator (hosts file, Compose aliases): no proxy" },
    ...commonFlags,
  },
  more: 'For an emulator that was started with --tls: eval "$(midtrans-emulator env node)"',
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

async function writeFiles(folder: string, authority: string): Promise<ClientFiles> {
  const files = {
    folder,
    authority: join(folder, 'ca.pem'),
    bundle: join(folder, 'ca-bundle.pem'),
    trustStore: join(folder, 'truststore'),
  }
  try {
    await mkdir(folder, { recursive: true })
    // Nobody means to check these in: they change with the emulator's CA.
    await writeFile(join(folder, '.gitignore'), '*\n')
    await writeFile(files.authority, authority)
    await writeFile(files.bundle, [authority.trim(), ...rootCertificates, ''].join('\n'))
    await writeFile(join(folder, 'midtrans-emulator.ini'), iniFile(files.bundle))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new CommandError(`--folder: cannot write to ${folder} (${code}); choose another one`)
  }
  return files
}

/** For PHP: what curl trusts, and what streams do. */
const iniFile = (bundle: string): string => `curl.cainfo = "${bundle}"\nopenssl.cafile = "${bundle}"\n`
