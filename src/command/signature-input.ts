import { createReadStream } from 'node:fs'
import { readClientSettings } from '../config/index.ts'
import { looksLikeKey } from '../keys.ts'
import { mostBytes } from '../text/document.ts'
import { commonFlags } from './parse.ts'
import { CommandError, type FlagValues } from './verb.ts'

export const signatureFlags = {
  key: { about: 'the server key that signs (MIDTRANS_EMULATOR_SANDBOX, if that is a server key)', value: 'KEY' },
  ...commonFlags,
} as const

export const signatureHelp = 'Without a file, or with "-", it reads stdin. No emulator is needed.'

/** The key, and the notification in the file that is named or on stdin. */
export async function readSigned(
  flags: FlagValues<typeof signatureFlags>,
  [file = '-', ...others]: readonly string[],
): Promise<{ readonly key: string; readonly body: object }> {
  if (others.length > 0) throw new CommandError(`found ${others.length + 1} files, expected one, or none to read stdin`)
  const key = flags.key ?? keyOfSandbox()
  if (!key) throw new CommandError('found no --key, expected --key SERVER_KEY')
  const [from, stream] = file === '-' ? ['on stdin', process.stdin] : [`in ${file}`, createReadStream(file)]
  const text = await readText(stream).catch((error: NodeJS.ErrnoException) => {
    throw error instanceof CommandError ? error : new CommandError(`cannot read ${file} (${error.code})`)
  })
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { key, body }
  } catch {
    // Told below, as for JSON that is no object.
  }
  throw new CommandError(`found ${text.trim() === '' ? 'nothing' : 'something else'} ${from}, expected a JSON object`)
}

/** The variable may hold a merchant_id instead, which signs nothing. */
function keyOfSandbox(): string | undefined {
  const { sandbox } = readClientSettings()
  return sandbox !== undefined && looksLikeKey(sandbox) ? sandbox : undefined
}

async function readText(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of stream) {
    size += part.length
    if (size > mostBytes) throw new CommandError(`found more than ${mostBytes} bytes, expected one notification`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}
