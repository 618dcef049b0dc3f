/**
 * Builds dist/, or the folder that is named: each entry bundled with all that it needs, so that few files travel and a
 * start reads few of them; and the types beside. What is only needed later (undici, Ajv, YAML) stays in chunks of its own.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

const [, , folder = 'dist'] = process.argv
const { engines, exports }: { engines: { node: string }; exports: Record<string, { types: string }> } = JSON.parse(
  readFileSync('package.json', 'utf8'),
)

rmSync(folder, { recursive: true, force: true })
const { output } = await build({
  input: {
    cli: 'src/cli.ts',
    index: 'src/index.ts',
    testkit: 'src/testkit/index.ts',
    'testkit-vitest': 'src/testkit/vitest.ts',
    'testkit-playwright': 'src/testkit/playwright.ts',
    testcontainers: 'src/testkit/testcontainers.ts',
  },
  platform: 'node',
  // `using`, for one, is syntax of Node 24.
  transform: { target: engines.node.replace('>=', 'node') },
  // Whoever uses these parts has them.
  external: ['testcontainers', 'vitest'],
  output: {
    dir: folder,
    format: 'esm',
    chunkFileNames: '[name]-[hash].js',
    minify: true,
    // Each with all that it needs: a start reads two files instead of forty, a health check one.
    codeSplitting: {
      groups: [
        { name: 'config', test: /\/src\/config\/index\.ts$/, priority: 2 },
        { name: 'emulator', test: /\/src\/emulator\.ts$/, priority: 1 },
      ],
    },
  },
  // Fastify names its validator, too; what counts is when it is run.
  checks: { ineffectiveDynamicImport: false },
  logLevel: 'warn',
})
// What browsers load comes as files.
for (const [name, path] of [
  ['htmx.js', 'htmx.org/dist/htmx.min.js'],
  ['swagger-ui.css', 'swagger-ui-dist/swagger-ui.css'],
  ['swagger-ui.js', 'swagger-ui-dist/swagger-ui-bundle.js'],
] as const) {
  cpSync(fileURLToPath(import.meta.resolve(path)), join(folder, 'browser', name))
}
writeLicences()
writeTypes()

/** Declarations that the exports lead to: all others would be three hundred files about insides. */
function writeTypes(): void {
  const all = `${folder}/all-types`
  execFileSync('tsc', ['-p', 'tsconfig.build.json', '--outDir', all], { stdio: 'inherit' })
  const wanted = new Set(Object.values(exports).map(({ types }) => relative('dist/types', types)))
  // It grows while it is walked.
  for (const file of wanted) {
    const named = readFileSync(join(all, file), 'utf8').matchAll(/\b(?:from|import\()\s*'(\.[^']+)\.ts'/g)
    for (const [, name] of named) wanted.add(join(file, '..', `${name}.d.ts`))
    cpSync(join(all, file), join(folder, 'types', file))
  }
  rmSync(all, { recursive: true })
}

/** Whose work travels along, and on what terms: dist/LICENSES.txt. */
function writeLicences(): void {
  const modules = output.flatMap((chunk) => ('moduleIds' in chunk ? chunk.moduleIds : []))
  const ofModules = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? [])
  const ofFiles = ['htmx.org', 'swagger-ui-dist'].map((name) => resolve('node_modules', name))
  const sections = [...new Set([...ofModules, ...ofFiles])].sort().map((path) => {
    const { name, version, license }: Record<string, string> = JSON.parse(
      readFileSync(join(path, 'package.json'), 'utf8'),
    )
    const texts = globSync(['{LICEN[SC]E,NOTICE}*', '*-bundle.js.LICENSE.txt'], { cwd: path }).sort()
    return [`${name} ${version} (${license})`, ...texts.map((file) => readFileSync(join(path, file), 'utf8').trim())]
  })
  const lines = sections.map((section) => section.join('\n\n')).join(`\n\n${'-'.repeat(80)}\n\n`)
  writeFileSync(join(folder, 'LICENSES.txt'), `${lines}\n`)
}
