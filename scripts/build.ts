/**
 * Builds dist/, or the folder that is named: each entry bundled with all that it needs, so that few files travel and a
 * start reads few of them; and the types beside. What is only needed later (undici, Ajv, YAML) stays in chunks of its own.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

const [, , folder = 'dist'] = process.argv
const { engines, exports }: { engines: { node: string }; exports: Record<string, { types: string }> } = JSON.parse(
  readFileSync('package.json', 'utf8'),
)

rmSync(folder, { recursive: true, force: true })
await build({
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
// The viewer of the API descriptions comes as files, with its licence.
for (const name of [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'swagger-ui-bundle.js.LICENSE.txt',
  'LICENSE',
  'NOTICE',
]) {
  cpSync(fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`)), `${folder}/swagger-ui/${name}`)
}
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
