/**
 * Builds dist/: each entry bundled with all that it needs, so that few files travel and a start reads few of them; and
 * the types beside. What is only needed later (undici, Ajv, YAML) stays in chunks of its own.
 */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { build } from 'rolldown'

rmSync('dist', { recursive: true, force: true })
await build({
  input: { cli: 'src/cli.ts', index: 'src/index.ts', testkit: 'src/testkit/index.ts' },
  platform: 'node',
  output: { dir: 'dist', format: 'esm', chunkFileNames: '[name]-[hash].js', minify: true },
  logLevel: 'warn',
})
execFileSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
