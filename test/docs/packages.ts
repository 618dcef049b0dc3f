import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './blocks.ts'

/** Our own package by its exports, from the sources; and what is installed for our tests. */
export function linkPackages(folder: string): void {
  const modules = join(folder, 'node_modules')
  const own = join(modules, 'midtrans-emulator')
  mkdirSync(own, { recursive: true })
  const { exports, devDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
    exports: Readonly<Record<string, string | { readonly types: string }>>
    devDependencies: Readonly<Record<string, string>>
  }
  for (const name of ['src', 'fixtures', 'views']) symlinkSync(join(root, name), join(own, name))
  const sources = Object.entries(exports).flatMap(([name, target]) =>
    typeof target === 'string' ? [] : [[name, target.types.replace('dist/types', 'src').replace('.d.ts', '.ts')]],
  )
  writeFileSync(join(own, 'package.json'), JSON.stringify({ type: 'module', exports: Object.fromEntries(sources) }))
  for (const name of Object.keys(devDependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
}
