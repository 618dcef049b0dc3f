import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../docs/blocks.ts'
import { linkPackages } from '../docs/packages.ts'

/** Somebody's project that has our package, from the sources, and the tools of ours. */
export interface Project {
  /** Runs a tool, by its file below node_modules; resolves with all that it has printed. */
  run(tool: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>
  [Symbol.dispose](): void
}

export function openProject(files: Readonly<Record<string, string>>): Project {
  const folder = mkdtempSync(join(tmpdir(), 'project-'))
  linkPackages(folder)
  for (const [name, text] of Object.entries({ 'package.json': '{ "type": "module" }', ...files })) {
    writeFileSync(join(folder, name), text)
  }
  return {
    async run(tool, args, env = {}) {
      const { FORCE_COLOR, ...others } = process.env
      const child = spawn(process.execPath, [join(root, 'node_modules', tool), ...args], {
        cwd: folder,
        env: { ...others, NO_COLOR: '1', ...env },
      })
      let output = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text
        })
      }
      await new Promise((resolve) => child.on('close', resolve))
      return output
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
}
