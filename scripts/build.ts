/**
 * Builds dist/: each entry bundled with all that it needs, so that few files travel and a start reads few of them; and
 * the types beside. What is only needed later (undici, Ajv, YAML) stays in chunks of its own.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

rmSync('dist', { recursive: true, force: true })
await build({
  input: { cli: 'src/cli.ts', index: 'src/index.ts', testkit: 'src/testkit/index.ts' },
  platform: 'node',
  output: { dir: 'dist', format: 'esm', chunkFileNames: '[name]-[hash].js', minify: true },
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
  cpSync(fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`)), `dist/swagger-ui/${name}`)
}
execFileSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
