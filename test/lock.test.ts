import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Entry {
  readonly version?: string
  readonly link?: boolean
  readonly integrity?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Where a package stands in the lock -> what is locked; '' is the project itself. */
type Lock = Readonly<Record<string, Entry>>

/** What Node would find: in the package's own node_modules, or in those of the folders around it. */
function locked(lock: Lock, path: string, name: string): Entry | undefined {
  const own = lock[`${path}${path === '' ? '' : '/'}node_modules/${name}`]
  if (own || path === '') return own
  return locked(lock, path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name)
}

/**
 * What the lock does not have, but should. npm leaves out, without a word, a package for another platform that its
 * registry lacked at the time: `npm ci` then fails, or the tool does, on that platform only.
 */
function missing(lock: Lock): string[] {
  return Object.entries(lock).flatMap(([path, entry]) => {
    const wanted = { ...entry.dependencies, ...entry.devDependencies, ...entry.optionalDependencies }
    return Object.entries(wanted).flatMap(([name, version]) => {
      const found = locked(lock, path, name)
      // Platform packages are wanted in one exact version; ranges are npm's own business.
      const fits = found && (!/^\d+\.\d+\.\d+/.test(version) || found.version === version)
      return fits ? [] : [`${path || 'the project'} wants ${name}@${version}, found ${found?.version ?? 'nothing'}`]
    })
  })
}

// The type says what npm documents of package-lock.json, version 3.
const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Lock
}

test('the lock has all packages that any package wants, those of other platforms included', () => {
  expect(Object.keys(packages).length).toBeGreaterThan(50)
  expect(missing(packages)).toEqual([])
})

test('every locked package has a checksum', () => {
  const without = Object.entries(packages).filter(([path, entry]) => path !== '' && !entry.link && !entry.integrity)
  expect(without.map(([path]) => path)).toEqual([])
})

test('a platform package that is missing, or locked in another version, is found', () => {
  const lock: Lock = {
    '': { devDependencies: { tool: '^1.0.0' } },
    'node_modules/tool': {
      version: '1.2.0',
      optionalDependencies: { 'tool-linux': '1.2.0', 'tool-mac': '1.2.0', 'tool-windows': '1.2.0' },
    },
    'node_modules/tool-linux': { version: '1.2.0' },
    'node_modules/tool/node_modules/tool-mac': { version: '1.1.0' },
  }
  expect(missing(lock)).toEqual([
    'node_modules/tool wants tool-mac@1.2.0, found 1.1.0',
    'node_modules/tool wants tool-windows@1.2.0, found nothing',
  ])
})
