import { readFile } from 'node:fs/promises'
import type { Static, TSchema } from 'typebox'
import { Problem } from './admin/problem.ts'

export interface CheckedFile {
  readonly file: string | URL
  /** What it is to people, e.g. "scenario mine.yaml". */
  readonly shown: string
  /** What to do where there is no such file. */
  readonly hint: string
}

/** Reads YAML or JSON that a schema describes. Throws a Problem that names the file, and the place in it. */
export async function readChecked<Schema extends TSchema>(
  schema: Schema,
  { file, shown, hint }: CheckedFile,
): Promise<Static<Schema>> {
  const [kind = ''] = shown.split(' ')
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Problem(404, `No such ${kind}`, `${shown}: there is no such file`, hint)
  })
  // Only whoever uses such files pays for these: a fifth of a cold start.
  const [{ parse }, { Value }] = await Promise.all([import('yaml'), import('typebox/value')])
  const bad = (fault: string) => new Problem(400, `Bad ${kind}`, `${shown}: ${fault}`)
  let found: unknown
  try {
    // YAML holds JSON, so one parser reads both.
    found = parse(text)
  } catch (error) {
    throw bad(error instanceof Error ? `${error.message.split('\n')[0]}` : String(error))
  }
  if (Value.Check(schema, found)) return found
  const faults = Value.Errors(schema, found).map(({ instancePath, message }) => `${instancePath} ${message}`)
  throw bad(faults.slice(0, 3).join('; '))
}
