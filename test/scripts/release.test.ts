import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'release-'))
afterAll(() => rmSync(folder, { recursive: true }))

const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim()
const release = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/release.ts', ...args], { cwd: folder, encoding: 'utf8' })
const versionIn = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')).version

for (const file of ['package-lock.json', 'scripts/release.ts']) cpSync(join(root, file), join(folder, file))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
// Stands for what `npm run docs` makes: it has to come after the version.
const docs = 'node -p "require(\'./package.json\').version" > docs/made.txt'
writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, scripts: { docs } }, null, 2))
mkdirSync(join(folder, 'docs'))
writeFileSync(join(folder, 'docs/made.txt'), '')
writeFileSync(
  join(folder, 'docs/ci.md'),
  'image: ghcr.io/o/midtrans-emulator:0.1\nnpx midtrans-emulator@0.1.0 at :8765\n',
)
writeFileSync(
  join(folder, 'CHANGELOG.md'),
  '# Changelog\n\n## Unreleased\n\n### Added\n\n- A thing.\n\n## 0.0.1 - 2026-01-01\n\n- Old.\n',
)
git('init', '--quiet', '--initial-branch', 'main')
git('config', 'user.name', 'test')
git('config', 'user.email', 'test@localhost')
git('add', '--all')
git('commit', '--quiet', '--message', 'first')

test('a release stands in package, lock and changelog, is committed and tagged', () => {
  expect(release('9.8.7', '--dry-run').stdout).toContain('-> 9.8.7')
  expect(git('tag')).toBe('')
  expect(release('9.8.7', '--no-test')).toMatchObject({ status: 0, stderr: '' })
  expect([versionIn('package.json'), versionIn('package-lock.json')]).toEqual(['9.8.7', '9.8.7'])
  expect(readFileSync(join(folder, 'docs/ci.md'), 'utf8')).toBe(
    'image: ghcr.io/o/midtrans-emulator:9.8\nnpx midtrans-emulator@9.8.7 at :8765\n',
  )
  expect(readFileSync(join(folder, 'docs/made.txt'), 'utf8')).toBe('9.8.7\n')
  expect(git('tag')).toBe('v9.8.7')
  expect(git('status', '--porcelain')).toBe('')
  expect(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')).toMatch(
    /## Unreleased\n\n## 9\.8\.7 - \d{4}-\d\d-\d\d\n\n### Added\n\n- A thing\.\n\n## 0\.0\.1/,
  )
  expect(release('--notes', 'v9.8.7').stdout).toBe('### Added\n\n- A thing.\n')
  expect(release('--check', 'v9.8.7').status).toBe(0)
})

test('what would be a bad release is refused, and nothing is changed', () => {
  const refused = (...args: string[]) => {
    const { status, stderr } = release(...args)
    expect(status).toBe(2)
    return stderr
  }
  expect(refused('next')).toContain('major, minor, patch')
  expect(refused('minor', '--no-test')).toContain('nothing under Unreleased')
  expect(refused('--check', 'v1.0.0')).toContain('the tag says 1.0.0')
  expect(refused('--notes', 'v1.0.0')).toContain('no section of 1.0.0')
  writeFileSync(join(folder, 'CHANGELOG.md'), '# Changelog\n\n## Unreleased\n\n- More.\n')
  expect(refused('minor', '--no-test')).toContain('not committed')
  git('commit', '--quiet', '--all', '--message', 'more')
  expect(refused('9.8.7', '--no-test')).toContain('is there already')
  git('checkout', '--quiet', '-b', 'side')
  expect(refused('minor', '--no-test')).toContain('the branch side')
})

test('the version that is there can be released, and a release that fails half-way leaves nothing behind', () => {
  git('checkout', '--quiet', 'main')
  const before = git('rev-parse', 'HEAD')
  writeFileSync(join(folder, '.git/hooks/pre-commit'), '#!/bin/sh\necho no room >&2; exit 1\n', { mode: 0o755 })
  const failed = release('9.9.0', '--no-test')
  expect(failed.status).toBe(2)
  expect(failed.stderr).toContain('no room')
  expect([git('status', '--porcelain'), git('rev-parse', 'HEAD'), git('tag')]).toEqual(['', before, 'v9.8.7'])
  rmSync(join(folder, '.git/hooks/pre-commit'))
  git('tag', '--delete', 'v9.8.7')
  expect(release('9.8.7', '--no-test')).toMatchObject({ status: 0, stderr: '' })
  expect(git('tag')).toBe('v9.8.7')
})

/** A workflow, as far as this test reads it. */
interface Workflow {
  readonly permissions?: unknown
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly run?: string; readonly uses?: string }[] }>
  >
}

const workflows = readdirSync(join(root, '.github/workflows'))

test.each(workflows)('the workflow %s names scripts that exist, versions of actions, and what it may do', (file) => {
  const workflow = parse(readFileSync(join(root, '.github/workflows', file), 'utf8')) as Workflow
  const { scripts }: { scripts: object } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)
  const named = steps.flatMap(({ run = '' }) =>
    Array.from(run.matchAll(/npm run (?:--silent )?([\w-]+)/g), ([, name]) => name),
  )
  expect(workflow.permissions).toEqual({ contents: 'read' })
  for (const name of named) expect(Object.keys(scripts)).toContain(name)
  for (const { uses } of steps) expect(uses ?? 'x@v1').toMatch(/@v\d+$/)
})
