import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import type { ClientFiles } from './client-env.ts'
import { CommandError } from './verb.ts'

/** Writes what settings of clients name. Rejects with a CommandError where the folder cannot be written to. */
export async function writeFiles(folder: string, authority: string): Promise<ClientFiles> {
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
