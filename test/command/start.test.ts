import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, createServer, get } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Command, runCommand } from '../journeys/command.ts'
import { openMerchant } from '../journeys/merchant.ts'

const folder = await mkdtemp(join(tmpdir(), 'emulator-cli-'))
afterAll(() => rm(folder, { recursive: true }))

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createTcpServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('the command says in one line where it listens, and is alive and ready', async () => {
  await using command = runCommand(['--port', '0'])
  const url = await command.ready
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect((await fetch(`${url}/livez`)).status).toBe(200)
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ok', sandboxes: 0 })
  await openMerchant(url, 'SB-Mid-server-cli')
  expect(await command.end('SIGTERM')).toEqual({
    code: 0,
    stdout: `midtrans-emulator is ready: Core API ${url}/v2  dashboard ${url}/  admin ${url}/__admin\n`,
    stderr: '',
  })
})

test.each([
  ['MIDTRANS_EMULATOR_PORT before PORT', { PORT: 'first', MIDTRANS_EMULATOR_PORT: 'second' }, [], 'second'],
  ['a flag before both', { PORT: 'first', MIDTRANS_EMULATOR_PORT: 'second' }, ['--port', 'third'], 'third'],
  ['no empty variable', { PORT: 'first', MIDTRANS_EMULATOR_PORT: '' }, [], 'first'],
] as const)('the port is that of %s', async (_what, variables, flags, expected) => {
  const ports: Record<string, string> = { first: '', second: '', third: '' }
  for (const name of Object.keys(ports)) ports[name] = String(await freePort())
  const env = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, ports[value] ?? '']))
  const args = flags.map((flag) => ports[flag] ?? flag)
  await using command = runCommand(args, env)
  expect(await command.ready).toBe(`http://127.0.0.1:${ports[expected]}`)
})

test('start --json says where it listens, for scripts', async () => {
  await using command = runCommand(['start', '--json', '--port', '0'])
  const { url, ...others } = JSON.parse(await command.firstLine)
  expect(others).toEqual({ core_api: `${url}/v2`, dashboard: `${url}/`, admin_api: `${url}/__admin` })
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
})

test('settings come from variables, and a flag goes before its variable', async () => {
  const env = { MIDTRANS_EMULATOR_MERCHANT_ID: 'G1', MIDTRANS_EMULATOR_FLOW: 'app', MIDTRANS_EMULATOR_PORT: '0' }
  await using command = runCommand(['start', '--merchant-id=G2', '--server-keys', 'SB-Mid-server-cli'], env)
  const settings = await (await fetch(`${await command.ready}/__admin/settings`)).json()
  expect(settings).toMatchObject({ merchant_id: 'G2', flow: 'app' })
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends it within two seconds, although a client keeps its connection and a merchant never answers',
  async (signal) => {
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
    const silent = createServer(() => reach())
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const agent = new Agent({ keepAlive: true })
    try {
      const { port } = silent.address() as AddressInfo
      await using command = runCommand(['--port', '0', '--payment-notification-url', `http://127.0.0.1:${port}/`])
      const url = await command.ready
      await (await openMerchant(url, 'SB-Mid-server-cli')).charge('order-1', 50_000)
      await reached
      await new Promise<void>((resolve, reject) => {
        get(`${url}/livez`, { agent }, (response) => text(response).then(() => resolve(), reject)).on('error', reject)
      })
      const before = performance.now()
      expect(await command.end(signal)).toMatchObject({ code: 0, stderr: '' })
      expect(performance.now() - before).toBeLessThan(2_000)
    } finally {
      agent.destroy()
      silent.closeAllConnections()
      silent.close()
    }
  },
)

test('a data folder that is a file ends the start in one line', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  const folders = [file, join(file, 'below')]
  const ends = await Promise.all(folders.map((data) => runCommand(['--port', '0', '--data', data]).ended))
  for (const [index, { code, stdout, stderr }] of ends.entries()) {
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^midtrans-emulator: cannot write to .*--data.*\n$/)
    expect(stderr).toContain(folders[index])
  }
})

test('a damaged data folder ends the start in one line that names the file', async () => {
  const damaged = join(folder, 'damaged', 'sandbox')
  await mkdir(damaged, { recursive: true })
  await writeFile(join(damaged, '00000001.json'), '[\n["accounts","a"\n]\n')
  const { code, stderr } = await runCommand(['--port', '0', '--data', join(folder, 'damaged')]).ended
  expect(code).toBe(2)
  expect(stderr).toMatch(/^midtrans-emulator: .*00000001\.json is damaged.*\n$/)
})

test.concurrent.each([
  [['--port=99999'], /--port: found "99999", expected a number from 0 to 65535/],
  [['--port=abc'], /--port: found "abc"/],
  [['--port=0', '--flow=sideways'], /--flow: found "sideways", expected web, app/],
  [['--port=0', '--payment-notification-url=shop.test'], /--payment-notification-url: found "shop\.test"/],
  [['--port=0', '--finish-redirect-url=javascript:alert(1)'], /--finish-redirect-url: found "javascript:alert\(1\)"/],
  [['--port=0', '--scenario=no-such-story'], /no-such-story/],
  [['--port=0', '--callback-hosts=https://shop.example/'], /--callback-hosts: found "https:\/\/shop\.example\/"/],
  [['--port=0', '--admin-hosts=https://ci.example/'], /--admin-hosts: found "https:\/\/ci\.example\/"/],
  [['--port=0', '--keys=listed'], /--keys listed: found no --server-keys/],
  [['--port=0', '--colour=red'], /--colour/],
  [['fly', '--port=0'], /found "fly", expected a verb; --help lists all/],
  [['start', '--port=0', 'now'], /now/],
])('%j ends the start in one line, with code 2', async (args, message) => {
  await using command = runCommand(args)
  const ended = command.ready.then(
    () => command.end('SIGTERM'),
    () => command.ended,
  )
  const { code, stdout, stderr } = await ended
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(message)
  expect(stderr).toMatch(/^midtrans-emulator: [^\n]+\n$/)
})

test('a bad variable is told by its name', async () => {
  const { code, stderr } = await runCommand([], { MIDTRANS_EMULATOR_KEYS: 'some', PORT: '0' }).ended
  expect(code).toBe(2)
  expect(stderr).toBe('midtrans-emulator: MIDTRANS_EMULATOR_KEYS: found "some", expected midtrans, any, listed\n')
})

test('--help and -h list all flags', async () => {
  const [long, short] = await Promise.all(['--help', '-h'].map((flag) => runCommand([flag]).ended))
  expect(long).toMatchObject({ code: 0, stderr: '' })
  expect(short).toEqual(long)
  for (const name of ['--port', '--data', '--server-keys', '--scenario', '--flow', 'healthcheck', 'Exit codes']) {
    expect(long?.stdout).toContain(name)
  }
})

let running: Command
let runningUrl: string
beforeAll(async () => {
  running = runCommand(['--port', '0'])
  runningUrl = await running.ready
})
afterAll(() => running[Symbol.asyncDispose]())

test('a port in use ends the start in one line that says which, and how to choose another', async () => {
  const { port } = new URL(runningUrl)
  const { code, stdout, stderr } = await runCommand(['--port', port]).ended
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(new RegExp(`^midtrans-emulator: port ${port} is in use.*--port.*MIDTRANS_EMULATOR_PORT\\n$`))
})

test('healthcheck ends with 0 where an emulator is ready', async () => {
  const { port } = new URL(runningUrl)
  expect(await runCommand(['healthcheck'], { PORT: port }).ended).toEqual({ code: 0, stdout: '', stderr: '' })
})

test('healthcheck asks the own machine where the emulator listens on all addresses', async () => {
  const env = { PORT: new URL(runningUrl).port, MIDTRANS_EMULATOR_HOST: '0.0.0.0' }
  expect(await runCommand(['healthcheck'], env).ended).toMatchObject({ code: 0 })
})

test('healthcheck asks an emulator elsewhere by its address', async () => {
  expect(await runCommand(['healthcheck', '--url', runningUrl]).ended).toEqual({ code: 0, stdout: '', stderr: '' })
  expect((await runCommand(['healthcheck', '--url', runningUrl, '--json']).ended).stdout).toBe(
    `${JSON.stringify({ ready: true, url: runningUrl })}\n`,
  )
  expect(await runCommand(['healthcheck', '--url', `http://127.0.0.1:${await freePort()}`]).ended).toMatchObject({
    code: 1,
  })
  expect(await runCommand(['healthcheck', '--url', 'localhost']).ended).toMatchObject({ code: 2 })
})

test('healthcheck ends with 1 where nothing listens, and with 2 on a bad setting', async () => {
  const nothing = await runCommand(['healthcheck', '--port', String(await freePort())]).ended
  expect(nothing.code).toBe(1)
  expect(nothing.stderr).toMatch(/^midtrans-emulator: [^\n]+\n$/)
  expect(await runCommand(['healthcheck', '--port', 'x']).ended).toMatchObject({ code: 2 })
})
