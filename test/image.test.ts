import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8').replaceAll('\\\n', ' ')
const [, build = '', image = ''] = dockerfile.split(/^FROM /m)
const folder = mkdtempSync(join(tmpdir(), 'image-'))
afterAll(() => {
  chmodSync(app, 0o755)
  rmSync(folder, { recursive: true })
})
const app = join(folder, 'app')
const dist = join(folder, 'dist')

/** What `COPY` says, of the image's own stage: from where in the project, to where below the working directory. */
function copies(): { from: string; to: string }[] {
  return Array.from(image.matchAll(/^COPY (?:--from=build )?(.+) (\S+)$/gm), ([, sources = '', target = '']) =>
    sources.split(' ').map((source) => {
      const from = source.replace(/^\/app\//, '')
      return { from, to: target.endsWith('/') ? `${target}${basename(from)}` : target }
    }),
  ).flat()
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Runs a program as the image's user, where this one may: root writes wherever it likes. */
function asUser(): { command: string; user: { uid?: number; gid?: number } } {
  if (process.getuid?.() !== 0) return { command: process.execPath, user: {} }
  chmodSync(folder, 0o755)
  // Whoever that is, it may not reach the one that runs this test.
  const command = join(folder, 'node')
  copyFileSync(process.execPath, command)
  return { command, user: { uid: 10_001, gid: 0 } }
}

beforeAll(() => {
  // Not into dist, where others may be at work.
  execFileSync('npm', ['run', '--silent', 'build', '--', dist], { cwd: root, stdio: 'inherit' })
  for (const { from, to } of copies()) {
    mkdirSync(dirname(join(app, to)), { recursive: true })
    cpSync(from === 'dist' ? dist : join(root, from), join(app, to), { recursive: true })
  }
}, 60_000)

test('what the image holds is enough: it starts, serves its pages, is healthy, and stops in time', async () => {
  const port = await freePort()
  // Where somebody would mount it.
  writeFileSync(join(app, 'midtrans-emulator.yaml'), `port: ${port}\nmerchant_name: Mounted\n`)
  // Its root may be read-only.
  chmodSync(app, 0o555)
  const { command, user } = asUser()
  const options = { cwd: app, ...user, env: { MIDTRANS_EMULATOR_TLS: 'on', HOME: '/nonexistent' } }
  const child = spawn(command, [join(app, 'dist/cli.js')], { ...options, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
    expect(child.exitCode).toBe(null)
    const url = `http://127.0.0.1:${port}`
    for (const path of [
      '/readyz',
      '/',
      '/assets/htmx.js',
      '/assets/pages.css',
      '/dashboard/api',
      '/llms.txt',
      '/docs/docker.md',
      '/__admin/scenarios',
      '/__admin/ca.pem',
    ]) {
      expect([path, (await fetch(url + path)).status]).toEqual([path, 200])
    }
    const headers = { authorization: `Basic ${btoa('SB-Mid-server-image:')}` }
    expect(await (await fetch(`${url}/__admin/settings`, { headers })).json()).toMatchObject({
      merchant_name: 'Mounted',
    })
    const health = spawn(command, [join(app, 'dist/cli.js'), 'healthcheck'], { ...options, stdio: 'inherit' })
    expect(await once(health, 'exit')).toEqual([0, null])
    const began = performance.now()
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(performance.now() - began).toBeLessThan(2_000)
  } finally {
    child.kill('SIGKILL')
  }
}, 60_000)

test('what is built has no syntax that the oldest Node of package.json does not know', () => {
  const scripts = readdirSync(dist).filter((file) => file.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(10)
  // Minified, a declaration has no space before its sign, and texts that show one to people have.
  const newer = scripts.filter((file) => /\busing [\w$]+=/.test(readFileSync(join(dist, file), 'utf8')))
  expect(newer).toEqual([])
})

test('the image runs as nobody in particular, on one port, and asks its own command for its health', () => {
  expect(build).toContain('${BASE} AS build')
  expect(image).toMatch(/^USER \d+$/m)
  expect(image.match(/^EXPOSE .*$/gm)).toEqual(['EXPOSE 8765'])
  expect(image).toMatch(/^HEALTHCHECK .*"healthcheck"\]$/m)
  expect(image).not.toContain('npm')
})

test('nothing in the package is made for one kind of machine', () => {
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' })
  expect(files.filter((file) => /\.(node|so|dylib|dll|exe|wasm)$/.test(file))).toEqual([])
})
