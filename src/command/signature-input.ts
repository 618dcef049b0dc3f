import { text as readText } from 'node:stream/consumers'
import { commonFlags } from './parse.ts'
import { CommandError, type FlagValues } from './verb.ts'

export const signatureFlags = {
  key: { about: 'the server key that signs', value: 'KEY' },
  ...commonFlags,
} as const

/** The key, and the notification on stdin. */
export async function readSigned({ key }: FlagValues<typeof signatureFlags>): Promise<{ key: string; body: object }> {
  if (!key) throw new CommandError('found no --key, expected --key SERVER_KEY')
  const text = await readText(process.stdin)
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { key, body }
  } catch {
    // Told below, as for JSON that is no object.
  }
  throw new CommandError(`found ${text.trim() === '' ? 'nothing' : 'something else'} on stdin, expected a JSON object`)
}
