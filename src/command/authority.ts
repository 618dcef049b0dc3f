import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { authorityFile } from '../tls/authority-files.ts'
import { targetFlags, targetOf } from './target.ts'
import { CommandError, type FlagValues } from './verb.ts'

/** Where the CA of an emulator is found. */
export const authorityFlags = {
  url: targetFlags.url,
  'admin-token': targetFlags['admin-token'],
  data: { about: 'the data folder of an emulator, to read the CA there instead of asking for it', value: 'FOLDER' },
} as const

/** The certificate of the CA of an emulator. Rejects with a CommandError where there is none. */
export async function readAuthority(flags: FlagValues<typeof authorityFlags>): Promise<X509Certificate> {
  const { data } = flags
  const pem = data === undefined ? await askFor(flags) : await readKept(data)
  try {
    return new X509Certificate(String(pem))
  } catch {
    throw new CommandError(`found no certificate ${data === undefined ? 'at --url' : `in ${authorityFile(data)}`}`)
  }
}

/** The one answer of the admin API that is no JSON. */
async function askFor(flags: FlagValues<typeof authorityFlags>): Promise<unknown> {
  const running = targetOf({ ...flags, sandbox: undefined })
  const answer = await running.call('GET', 'ca.pem')
  return answer.status === 200 ? answer.body : running.read(answer)
}

async function readKept(data: string): Promise<string> {
  try {
    return await readFile(authorityFile(data), 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new CommandError(
      `--data: cannot read ${authorityFile(data)} (${code}), expected the data folder of an emulator that was started with --tls`,
    )
  }
}
