/**
 * Makes a release: `npm run release -- minor` (or major, patch, 1.2.3). Checks that the tree is clean and on main, and
 * runs all tests; then the version stands in package.json, the lock, the changelog and wherever the documentation names it,
 * committed and tagged. Pushing the tag publishes: .github/workflows/release.yml.
 *
 * --dry-run says what would be; --no-test leaves the tests out. --notes v1.2.3 prints what the changelog says of a
 * version, --check v1.2.3 fails unless package.json and changelog know that version.
 */
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'dry-run': { type: 'boolean' },
    'no-test': { type: 'boolean' },
    notes: { type: 'string' },
    check: { type: 'string' },
  },
})

const changelogFile = 'CHANGELOG.md'
const changelog = readFileSync(changelogFile, 'utf8')
const { version: current }: { version: string } = JSON.parse(readFileSync('package.json', 'utf8'))

if (values.notes !== undefined) console.log(notesOf(bare(values.notes)))
else if (values.check !== undefined) check(bare(values.check))
else release(positionals)

function bare(tag: string): string {
  return tag.replace(/^v/, '')
}

/** What the changelog says of a version. */
function notesOf(version: string): string {
  const [, ...sections] = changelog.split(/^## /m)
  const section = sections.find((each) => each.startsWith(`${version} `) || each.startsWith(`${version}\n`))
  if (section === undefined) fail(`${changelogFile} has no section of ${version}`)
  return section.slice(section.indexOf('\n') + 1).trim()
}

function check(version: string): void {
  if (version !== current) fail(`the tag says ${version}, package.json ${current}`)
  notesOf(version)
}

function release(wanted: readonly string[]): void {
  const version = nextVersion(wanted)
  if (notesOf('Unreleased') === '') fail(`${changelogFile} says nothing under Unreleased`)
  expectClean()
  const branch = run('git', 'rev-parse', '--abbrev-ref', 'HEAD')
  if (branch !== 'main') fail(`found the branch ${branch}, expected main`)
  if (run('git', 'tag', '--list', `v${version}`) !== '') fail(`v${version} is there already`)
  const steps = `${current} -> ${version}: package.json, package-lock.json, ${changelogFile}, docs; commit and tag v${version}`
  if (values['dry-run']) {
    console.log(steps)
    return
  }
  if (!values['no-test']) execFileSync('npm', ['run', 'check'], { stdio: 'inherit' })
  // Tests take a while, and somebody may have gone on working.
  expectClean()
  try {
    write(version)
    run('git', 'commit', '--all', '--message', `chore: release ${version}`)
  } catch (error) {
    // There was nothing else: the tree was clean.
    run('git', 'reset', '--hard')
    fail(`undone, since it failed: ${error instanceof Error ? error.message : error}`)
  }
  run('git', 'tag', '--annotate', `v${version}`, '--message', `v${version}`)
  console.log(`${steps}. To publish: git push --follow-tags`)
}

function expectClean(): void {
  if (run('git', 'status', '--porcelain') !== '') fail('found changes that are not committed')
}

function write(version: string): void {
  // The first release may be the version that is there.
  run('npm', 'version', version, '--no-git-tag-version', '--allow-same-version')
  // The day of the commit, as everybody reads it.
  const today = new Date().toISOString().slice(0, 10)
  writeFileSync(changelogFile, changelog.replace('## Unreleased\n', `## Unreleased\n\n## ${version} - ${today}\n`))
  for (const page of globSync(['README.md', 'docs/**/*.md'])) {
    writeFileSync(page, withVersion(readFileSync(page, 'utf8'), version))
  }
  // What is made of the code tells the version as well.
  run('npm', 'run', 'docs')
}

/** "midtrans-emulator:0.1" and "midtrans-emulator@0.1.0", as exact as they were. */
function withVersion(text: string, version: string): string {
  return text.replaceAll(/(\bmidtrans-emulator[:@])(\d+\.\d+(?:\.\d+)?)\b/g, (_all, name: string, old: string) => {
    const parts = old.split('.').length
    return name + version.split('.').slice(0, parts).join('.')
  })
}

function nextVersion([wanted, ...others]: readonly string[]): string {
  const [major = 0, minor = 0, patch = 0] = current.split('.').map(Number)
  if (others.length === 0) {
    switch (wanted) {
      case 'major':
        return `${major + 1}.0.0`
      case 'minor':
        return `${major}.${minor + 1}.0`
      case 'patch':
        return `${major}.${minor}.${patch + 1}`
    }
    if (wanted !== undefined && /^\d+\.\d+\.\d+$/.test(wanted)) return wanted
  }
  return fail('expected one of major, minor, patch, or a version such as 1.2.3')
}

function run(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8' }).trim()
}

function fail(why: string): never {
  console.error(`release: ${why}`)
  process.exit(2)
}
