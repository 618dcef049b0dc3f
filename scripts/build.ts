/**
 * Builds dist/, or the folder that is named: each entry bundled with all that it needs, so that few files travel and a start reads few of them; and
 * the types beside. What is only needed later (undici, Ajv, YAML) stays in chunks of its own.
 */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { build } from 'rolldown'

const [, , folder = 'dist'] = process.argv

rmSync(folder, { recursive: true, force: true })
await build({
  input: {
    cli: 'src/cli.ts',
    index: 'src/index.ts',
    testkit: 'src/testkit/index.ts',
    testcontainers: 'src/testkit/testcontainers.ts',
  },
  platform: 'node',
  // Whoever uses that part has it.
  external: ['testcontainers'],
  output: { dir: folder, format: 'esm', chunkFileNames: '[name]-[hash].js', minify: true },
  logLevel: 'warn',
})
execFileSync('tsc', ['-p', 'tsconfig.build.json', '--outDir', `${folder}/types`], { stdio: 'inherit' })
