import { readFile } from 'node:fs/promises'
import { packageFile } from '../../package-files.ts'

/** A real answer of the emulator; `npm run docs` writes them down. */
export interface KeptAnswer {
  /** What was asked for. */
  readonly of: string
  readonly http: number
  readonly body: unknown
}

/** "POST /v2/charge" -> its answers. */
export type Answers = Readonly<Record<string, readonly KeptAnswer[]>>

export const answerFiles = {
  coreApi: 'fixtures/answers/core-api.json',
  admin: 'fixtures/answers/admin-api.json',
} as const

export async function readAnswers(of: keyof typeof answerFiles): Promise<Answers> {
  return JSON.parse(await readFile(packageFile(answerFiles[of]), 'utf8'))
}
