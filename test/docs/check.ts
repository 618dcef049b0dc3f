import { execFileSync } from 'node:child_process'
import { parseDocument } from 'yaml'
import { type Block, fileNameOf, root } from './blocks.ts'
import { exceptionOf } from './exceptions.ts'
import { isInstalled, type Language, languages, runnerOf, scripts } from './languages.ts'
import { differences } from './output.ts'
import type { Outcome, Reader } from './reader.ts'
import { environmentsOf, faultsOf, type Kind, kindOf } from './yaml-blocks.ts'

/** How a block fared: nothing is wrong with it, it was not run and why, or what is wrong. */
export type Result = { readonly skipped?: string; readonly wrong?: string; readonly stdout?: string }

/** Languages that are shown and cannot be run; each with what is done instead. */
const shown: Readonly<Record<string, string>> = {
  mermaid: 'a diagram',
  html: 'no program',
  xml: 'no program',
  ini: 'settings of another program',
  groovy: 'a build file',
  gradle: 'a build file',
  kotlin: 'no runtime is asked for',
  powershell: 'no runtime is asked for',
  dockerfile: 'needs a container engine',
}

/** Runs a block as its reader would. `before` is what the block before it printed. */
export async function check(reader: Reader, block: Block, before: string | undefined): Promise<Result> {
  const exception = exceptionOf(block)
  if (exception) return { skipped: exception }
  const { language, info } = block
  if (language === 'sh' || language === 'bash') return asResult(await shell(reader, block), info === 'refused')
  if (language === 'text' || language === 'console') return output(block, before)
  if (language === 'json') return json(reader, block)
  if (language === 'yaml' || language === 'yml') return yaml(reader, block)
  const extension = scripts[language]
  if (extension) return script(reader, block, extension)
  const other = languages[language]
  if (other) return program(reader, block, other)
  const why = shown[language]
  if (why) return { skipped: `${language}: ${why}` }
  return { wrong: `nobody knows how to check a block of "${language}"; test/docs/check.ts has what can be checked` }
}

const shell = (reader: Reader, { text, info }: Block): Promise<Outcome> =>
  // What has to be refused would end the shell.
  reader.shell(info === 'refused' ? `if (set -e\n${text}\n); then exit 1; fi` : text)

function asResult({ ok, stdout, stderr }: Outcome, mayFail = false): Result {
  if (ok) return { stdout }
  const printed = [stdout, stderr].map(ending).join('\n').trim()
  return { wrong: mayFail ? `expected to be refused, but went well: ${printed}` : printed, stdout }
}

/** What matters stands at the end, and some answers are long. */
const ending = (text: string): string => (text.length > 2_000 ? `...${text.slice(-2_000)}` : text)

function output({ text, follows }: Block, before: string | undefined): Result {
  if (!follows || before === undefined) return { skipped: 'output of no block' }
  const found = differences(text, before)
  return found.length === 0 ? {} : { wrong: `printed otherwise: ${found.join('\n')}\nIt printed:\n${before}` }
}

function json(reader: Reader, block: Block): Result {
  try {
    JSON.parse(block.text)
  } catch (error) {
    return { wrong: String(error) }
  }
  const name = fileNameOf(block)
  if (name) reader.write(name, block.text)
  return {}
}

async function yaml(reader: Reader, block: Block): Promise<Result> {
  const [fault] = parseDocument(block.text).errors
  if (fault) return { wrong: fault.message }
  const name = fileNameOf(block)
  const kind = kindOf(block.text, name, isSetting)
  if (kind === undefined) return { wrong: 'found YAML that is neither scenario, configuration, payers, Compose nor CI' }
  const file = reader.write(name ?? `line-${block.line}.yaml`, block.text)
  const faults = faultsOf(block.text)
  if (faults.length > 0) return { wrong: faults.join('\n') }
  if (kind === 'compose' || kind === 'ci') return containers(reader, block)
  const command = commandOf[kind]?.(file)
  return command === undefined ? {} : asResult(await reader.shell(command))
}

/** Whether the emulator would start with the variables that its containers get. */
async function containers(reader: Reader, { text }: Block): Promise<Result> {
  for (const variables of environmentsOf(text)) {
    const given = Object.entries(variables).map(([name, value]) => `'${name}=${value}'`)
    const result = asResult(await reader.shell(`env ${given.join(' ')} midtrans-emulator config`))
    if (result.wrong !== undefined) return result
  }
  return {}
}

const commandOf: Readonly<Partial<Record<Kind, (file: string) => string>>> = {
  scenario: (file) => `midtrans-emulator run ${file}`,
  'rules of a scenario': (file) => `midtrans-emulator validate ${file}`,
  configuration: (file) => `midtrans-emulator config --config ${file}`,
  payers: (file) => `midtrans-emulator start --payers ${file}`,
}

async function script(reader: Reader, block: Block, extension: string): Promise<Result> {
  const test = /\b(test|it|describe)\(/.test(block.text) ? 'test.' : ''
  const file = reader.write(fileNameOf(block) ?? `line-${block.line}.${test}${extension}`, block.text)
  const { run, needs } = runnerOf(block.text, file)
  if (needs === undefined) return asResult(await reader.shell(run))
  const { ok, stdout, stderr } = await reader.shell(`node --check ${file}`)
  return ok ? { skipped: `syntax only: ${needs} is not here` } : { wrong: `${stdout}\n${stderr}` }
}

async function program(reader: Reader, block: Block, language: Language): Promise<Result> {
  if (!isInstalled(language.runtime)) return { skipped: `${language.runtime} is not installed` }
  const file = reader.write(fileNameOf(block) ?? language.file, language.complete?.(block.text) ?? block.text)
  for (const { name, used, probe } of language.libraries) {
    if (!used.test(block.text)) continue
    const { stdout } = await reader.shell(`${probe} >/dev/null 2>&1 && echo there || echo missing`)
    if (stdout === 'there\n') continue
    const checked = asResult(await reader.shell(language.check(file)))
    return checked.wrong === undefined ? { skipped: `syntax only: ${name} is not here` } : checked
  }
  return asResult(await reader.shell(language.run(file)))
}

let settings: string | undefined

/** By what `--help` lists. */
function isSetting(key: string): boolean {
  settings ??= execFileSync(process.execPath, [`${root}src/cli.ts`, '--help'], { encoding: 'utf8' })
  return settings.includes(`--${key.replaceAll('_', '-')} `)
}
