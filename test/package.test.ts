import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { blocksOf } from './docs/blocks.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'package-'))
afterAll(() => rmSync(folder, { recursive: true }))
const source = join(folder, 'source')
const app = join(folder, 'app')

const npm = (cwd: string, ...args: string[]) => execFileSync('npm', args, { cwd, encoding: 'utf8' })
const tool = (name: string) => join(root, 'node_modules/.bin', name)
const manifest: {
  files: string[]
  exports: Record<string, { types: string }>
  dependencies?: Record<string, string>
  peerDependencies: Record<string, string>
  devDependencies: Record<string, string>
} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const names = Object.keys(manifest.exports).map((path) => `midtrans-emulator${path.slice(1)}`)

/** The package as it is published, in an empty project of somebody else. */
beforeAll(() => {
  mkdirSync(source)
  mkdirSync(app)
  // Not into dist, where others may be at work.
  execFileSync('node', ['scripts/build.ts', join(source, 'dist')], { cwd: root })
  const others = manifest.files.filter((each) => each !== 'dist')
  for (const file of ['package.json', 'README.md', 'LICENSE', ...globSync(others, { cwd: root })]) {
    cpSync(join(root, file), join(source, file), { recursive: true })
  }
  npm(source, 'pack', '--silent', '--ignore-scripts', '--pack-destination', folder)
  writeFileSync(join(app, 'package.json'), '{ "name": "app", "private": true, "type": "module" }')
  const tools = ['vitest', 'testcontainers', 'typescript', '@types/node'].map(
    (name) => `${name}@${manifest.devDependencies[name]}`,
  )
  npm(
    app,
    'install',
    '--silent',
    '--ignore-scripts',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    tarball(),
    ...tools,
    'jest@30',
  )
}, 180_000)

const tarball = () => join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? 'none')

/** What a program of the project prints. */
const run = (command: string, ...args: string[]) => runWith({}, command, ...args)

function runWith(env: NodeJS.ProcessEnv, command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: app,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
  })
  return { status, output: stdout + stderr }
}

test('everything that is exported can be imported', () => {
  expect(names.length).toBeGreaterThan(4)
  // Its fixtures belong to a run of vitest.
  const script = names
    .filter((name) => !name.endsWith('/vitest'))
    .map(
      (name) =>
        `const all = Object.keys(await import('${name}')); if (all.length === 0) throw new Error('${name} is empty')`,
    )
    .map((line) => `{ ${line} }`)
    .join('\n')
  writeFileSync(join(app, 'imports.js'), script)
  expect(run('node', 'imports.js')).toEqual({ status: 0, output: '' })
})

test.each(['nodenext', 'bundler'])('its types are whole, resolved by %s', (resolution) => {
  writeFileSync(
    join(app, 'use.ts'),
    `${names.map((name, index) => `import * as all${index} from '${name}'`).join('\n')}
import { attachEmulator, openInbox, payer, runScenario, startEmulator, type TestSandbox, withStory } from 'midtrans-emulator/testkit'
import { type BrowserPage, emulatorFixtures, payerPages } from 'midtrans-emulator/testkit/playwright'
import { test } from 'midtrans-emulator/testkit/vitest'

export const sandbox: Promise<TestSandbox> = startEmulator({ port: 0 }).then((emulator) => emulator.openSandbox())
test('typed', async ({ sandbox, inbox }) => {
  const key: string = sandbox.serverKey
  await withStory(sandbox, async () => void (await inbox.waitFor(1, 10)))
  // @ts-expect-error: no such thing
  sandbox.serverKeys
  return key as never
})
export const pages = (page: BrowserPage) => payerPages(page).pin()
export const scenario = async () => (await runScenario(await attachEmulator('http://localhost:8765'), 'link-happy')).passed
export { all0, emulatorFixtures, openInbox, payer }
`,
  )
  const tsc = ['--noEmit', '--strict', '--target', 'es2024', '--lib', 'es2024,esnext.disposable,dom', '--types', 'node']
  const [module] = resolution === 'bundler' ? ['preserve'] : ['nodenext']
  const checked = run('npx', 'tsc', ...tsc, '--module', module ?? '', '--moduleResolution', resolution, 'use.ts')
  expect(checked).toEqual({ status: 0, output: '' })
})

/** All that the declarations of the exports name, however far behind: packages, and files of ours. */
function namedByTypes(): { readonly packages: ReadonlySet<string>; readonly files: ReadonlySet<string> } {
  const [packages, files] = [new Set<string>(), new Set<string>()]
  const read = (file: string) => {
    if (files.has(file)) return
    files.add(file)
    const named = readFileSync(file, 'utf8').matchAll(/\b(?:from|import\()\s*'([^']+)'/g)
    for (const [, name = ''] of named) {
      if (name.startsWith('.')) read(join(file, '..', name.replace(/(\.ts)?$/, '.d.ts')))
      else packages.add(name)
    }
  }
  for (const { types } of Object.values(manifest.exports)) read(join(source, types))
  return { packages, files }
}

test('its types name no package that it does not bring or ask for, and none of its own that it does not publish', () => {
  const { packages, files } = namedByTypes()
  const known = Object.keys(manifest.peerDependencies)
  expect([...packages].filter((name) => !name.startsWith('node:') && !known.includes(name))).toEqual([])
  const published = globSync('dist/types/**/*.d.ts', { cwd: source }).map((file) => join(source, file))
  expect(published.toSorted()).toEqual([...files].toSorted())
})

test('it installs nothing besides itself, and brings the licences of what it is made of', () => {
  expect(manifest.dependencies).toBeUndefined()
  const licences = readFileSync(join(app, 'node_modules/midtrans-emulator/dist/LICENSES.txt'), 'utf8')
  for (const name of ['fastify', 'undici', 'yaml', 'htmx.org', 'swagger-ui-dist', '@peculiar/x509']) {
    expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+.* \\(.+\\)$`, 'm'))
  }
  expect(licences).not.toContain('(undefined)')
})

test('its command is there, starts, and serves what the package brings', async () => {
  expect(run('npx', 'midtrans-emulator', '--version').output).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(run('npx', 'midtrans-emulator', '--help')).toMatchObject({ status: 0 })
  expect(run('npx', 'midtrans-emulator', 'run', 'link-happy')).toMatchObject({ status: 0 })
  const command = join(app, 'node_modules/.bin/midtrans-emulator')
  const child = spawn(command, ['--port', '0', '--tls'], { cwd: app, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
    const url = /Core API (\S+)\/v2/.exec(line)?.[1]
    for (const path of [
      '/readyz',
      '/assets/htmx.js',
      '/assets/pages.css',
      '/__admin/scenarios',
      '/dashboard',
      '/__admin/ca.pem',
    ]) {
      expect([path, (await fetch(`${url}${path}`)).status]).toEqual([path, 200])
    }
    expect(run(command, 'healthcheck', '--url', url ?? '')).toMatchObject({ status: 0 })
  } finally {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
})

test('a failing test of its fixtures prints what happened, a passing one nothing', () => {
  const charge = (order: string) => `await fetch(sandbox.url + '/v2/charge', {
    method: 'POST',
    headers: { authorization: 'Basic ' + btoa(sandbox.serverKey + ':'), 'content-type': 'application/json' },
    body: JSON.stringify({ payment_type: 'gopay', transaction_details: { order_id: '${order}', gross_amount: 5000 } }),
  })`
  writeFileSync(
    join(app, 'shop.test.js'),
    `import { expect } from 'vitest'
import { test } from 'midtrans-emulator/testkit/vitest'
test('passes', async ({ sandbox, inbox }) => {
  ${charge('quiet')}
  expect((await inbox.waitFor(1))[0].body.transaction_status).toBe('pending')
})
test('fails', async ({ sandbox }) => {
  ${charge('loud')}
  expect(await sandbox.get('transactions')).toEqual([])
})
`,
  )
  const { status, output } = run('npx', 'vitest', 'run')
  expect(status).toBe(1)
  expect(output).toMatch(/POST \/v2\/charge loud/)
  expect(output).not.toContain('quiet')
  expect(output).toMatch(/1 failed .* 1 passed/)
})

test('the test for jest that the docs show passes, and one that fails tells what happened, whatever it failed by', () => {
  const onPage = blocksOf('docs/testkit.md').find(({ text }) => text.includes("from '@jest/globals'"))?.text ?? ''
  writeFileSync(
    join(app, 'shop.jest.js'),
    `import assert from 'node:assert/strict'
${onPage}
for (const [name, fail] of Object.entries({
  'an expectation of jest': (status) => expect(status).toBe('paid'),
  'an assertion of Node': (status) => assert.equal(status, 'paid'),
})) {
  test('fails by ' + name, async () => {
    const sandbox = await emulator.openSandbox()
    await withStory(sandbox, async () => fail((await sandbox.trigger('settlement', { order_id: name })).status))
  })
}
`,
  )
  const env = { NODE_OPTIONS: '--experimental-vm-modules' }
  const { status, output } = runWith(env, 'npx', 'jest', '--testMatch', '**/*.jest.js')
  expect(status).toBe(1)
  expect(output).toMatch(/2 failed, 1 passed/)
  expect(output).toContain('POST /v2/charge an expectation of jest')
  expect(output).toContain('POST /v2/charge an assertion of Node')
})

test('nothing is wrong with how it is published', () => {
  expect(spawnSync(tool('publint'), ['--strict', tarball()], { encoding: 'utf8' })).toMatchObject({ status: 0 })
  const types = spawnSync(tool('attw'), ['--profile', 'esm-only', '--no-color', tarball()], { encoding: 'utf8' })
  expect([types.status, types.stdout]).toEqual([0, expect.stringContaining('"midtrans-emulator/testkit"')])
})
