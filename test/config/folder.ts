import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Ended, runCommand } from '../journeys/command.ts'

/** A project of its own: a folder with files, and the command run in it. */
export interface Project {
  readonly folder: string
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>
  /** What `config` says of each setting. */
  settings(args?: readonly string[], env?: Readonly<Record<string, string>>): Promise<Settings>
  [Symbol.asyncDispose](): Promise<void>
}

export type Settings = Readonly<Record<string, { readonly value: unknown; readonly from: string }>>

export async function openProject(files: Readonly<Record<string, string>> = {}): Promise<Project> {
  // As the command sees it: the folder for temporary files may be a link.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'emulator-config-')))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, dirname(name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  const run: Project['run'] = (args, env = {}) => runCommand(args, env, folder).ended
  return {
    folder,
    run,
    async settings(args = [], env = {}) {
      const { code, stdout, stderr } = await run(['config', '--json', ...args], env)
      if (code !== 0) throw new Error(`config ended with ${code}: ${stdout}${stderr}`)
      return JSON.parse(stdout)
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}
