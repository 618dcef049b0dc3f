import { createReadStream, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Document, mostBytes, readDocument } from '../text/document.ts'
import type { Environment } from './environment.ts'
import { fileVariable } from './variables.ts'

/** Found in the working directory. */
export const usualNames = ['midtrans-emulator.yaml', 'midtrans-emulator.yml', 'midtrans-emulator.json']

/** The text of a configuration, read. */
export interface FoundFile {
  /** "file shop.yaml", "variable MIDTRANS_EMULATOR_CONFIG". */
  readonly from: string
  /** The same in short. */
  readonly at: string
  /** Paths in it are meant from here. */
  readonly folder: string
  readonly document: Document
}

interface Finding {
  /** None where there is none, or where it cannot be used. */
  readonly file?: FoundFile
  readonly faults?: readonly string[]
}

/** The file that --config names, else what the variable holds, else that of a usual name, if it may be looked for. */
export async function findFile(flag: string | undefined, env: Environment, isLookedFor: boolean): Promise<Finding> {
  if (flag !== undefined) return readFile(flag, `--config ${flag}`)
  const inVariable = env[fileVariable]
  if (inVariable) return ofVariable(inVariable)
  const found = isLookedFor ? usualNames.filter((name) => existsSync(name)) : []
  if (found.length > 1) {
    return { faults: [`found ${found.join(' and ')}, expected one of them; choose with --config, or take one away`] }
  }
  return found[0] === undefined ? {} : readFile(found[0], found[0])
}

/** A map is what a file would hold, a mere text says where the file lies. */
async function ofVariable(given: string): Promise<Finding> {
  const document = await readDocument(given)
  if (document.faults) return { faults: document.faults.map((fault) => `${fileVariable}: ${fault}`) }
  if (typeof document.value === 'string') return readFile(document.value, `${fileVariable} ${document.value}`)
  return { file: { from: `variable ${fileVariable}`, at: fileVariable, folder: '.', document } }
}

async function readFile(path: string, given: string): Promise<Finding> {
  let found: string
  try {
    // A pipe has no size that could be asked for.
    found = await text(createReadStream(path, { end: mostBytes }))
  } catch (error) {
    return { faults: [`${given}: ${reasonOf(error)}, expected a file of YAML or JSON`] }
  }
  if (Buffer.byteLength(found) > mostBytes) return { faults: [`${given}: found more than ${mostBytes} bytes`] }
  const document = await readDocument(found)
  if (document.faults) return { faults: document.faults.map((fault) => `${path}: ${fault}`) }
  return { file: { from: `file ${path}`, at: path, folder: dirname(path), document } }
}

function reasonOf(error: unknown): string {
  const { code = String(error) } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file'
  if (code === 'EISDIR') return 'found a folder'
  return `cannot be read (${code})`
}
