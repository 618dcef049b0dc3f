import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startEmulator } from '../../src/testkit/index.ts'
import { coreApi } from '../core-api.ts'
import { runCommand } from './command.ts'
import { merchantOf, openMerchant } from './merchant.ts'

const key = 'SB-Mid-server-data-folder'
const root = await mkdtemp(join(tmpdir(), 'emulator-data-'))
afterAll(() => rm(root, { recursive: true }))

let folders = 0
const newFolder = () => join(root, String(++folders))
const start = (data: string) => runCommand(['--port', '0', '--data', data])

test('a second process on one folder ends at once, and says which one has it; the first goes on', async () => {
  const data = newFolder()
  await using first = start(data)
  const merchant = await openMerchant(await first.ready, key)
  for (const attempt of ['second', 'third']) {
    const { code, stdout, stderr } = await start(data).ended
    expect([code, stdout], attempt).toEqual([2, ''])
    expect(stderr).toMatch(/^midtrans-emulator: [^\n]+\n$/)
    expect(stderr).toContain(`in use by process ${first.pid};`)
    expect(stderr).toContain(data)
  }
  expect(await merchant.charge('order-1', 1_000)).toMatchObject({ status_code: '200' })
  expect(await first.end('SIGTERM')).toMatchObject({ code: 0, stderr: '' })
  await using next = start(data)
  const after = merchantOf(coreApi(await next.ready, key), merchant.accountId)
  expect(await after.status('order-1')).toMatchObject({ transaction_status: 'settlement' })
})

test('what a killed process has left behind is taken over, and is not free for a third one', async () => {
  const data = newFolder()
  await using killed = start(data)
  const { accountId } = await openMerchant(await killed.ready, key)
  await killed.end('SIGKILL')
  await using next = start(data)
  const account = await coreApi(await next.ready, key).get(`/v2/pay/account/${accountId}`)
  expect(account).toMatchObject({ account_status: 'ENABLED' })
  const { code, stderr } = await start(data).ended
  expect(code).toBe(2)
  expect(stderr).toContain(`in use by process ${next.pid};`)
})

test.each(['SIGTERM', 'SIGINT'] as const)('after %s nothing says that the folder is in use', async (signal) => {
  const data = newFolder()
  await using command = start(data)
  await command.ready
  expect(existsSync(join(data, 'lock'))).toBe(true)
  await command.end(signal)
  expect(existsSync(join(data, 'lock'))).toBe(false)
})

test('a start that fails on its port lets go of the folder', async () => {
  await using other = runCommand(['--port', '0'])
  const { port } = new URL(await other.ready)
  const data = newFolder()
  expect(await runCommand(['--port', port, '--data', data]).ended).toMatchObject({ code: 2 })
  expect(existsSync(join(data, 'lock'))).toBe(false)
})

test.each([
  ['of another machine', JSON.stringify({ pid: process.pid, host: 'another-machine' })],
  ['of a process that is gone', JSON.stringify({ pid: 2 ** 30, host: hostname() })],
  ['that holds nothing', ''],
  ['that is damaged', '{"pid":'],
])('a lock %s is taken over', async (_what, text) => {
  const data = newFolder()
  await mkdir(data)
  await writeFile(join(data, 'lock'), text)
  await using command = start(data)
  await command.ready
  expect(JSON.parse(await readFile(join(data, 'lock'), 'utf8'))).toMatchObject({ pid: command.pid })
})

test.each([
  ['that is free', undefined],
  ['of a killed process', JSON.stringify({ pid: 2 ** 30, host: hostname() })],
])('of many that start at once on a folder %s, one gets it', async (_what, lock) => {
  const data = newFolder()
  await mkdir(data)
  if (lock !== undefined) await writeFile(join(data, 'lock'), lock)
  const commands = Array.from({ length: 6 }, () => start(data))
  try {
    const starts = await Promise.allSettled(commands.map(({ ready }) => ready))
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  } finally {
    await Promise.all(commands.map((command) => command[Symbol.asyncDispose]()))
  }
})

test('two emulators in one process do not share a folder', async () => {
  const data = newFolder()
  const first = await startEmulator({ data })
  await expect(startEmulator({ data })).rejects.toThrow('in use by')
  await first.close()
  await using next = await startEmulator({ data })
  expect((await fetch(`${next.url}/readyz`)).status).toBe(200)
})

test('folders are made as deep as needed, for their owner alone', async () => {
  const data = join(newFolder(), 'a', 'b', 'c')
  await using command = start(data)
  await openMerchant(await command.ready, key)
  if (process.platform !== 'win32') expect((await stat(data)).mode & 0o777).toBe(0o700)
  expect((await stat(join(data, 'lock'))).isFile()).toBe(true)
})

test.runIf(process.platform === 'linux').each(['/proc/x', '/proc/x/y', '/dev/null', '/dev/null/x'])(
  '%s, where no folder can be, ends the start at once in one line',
  async (data) => {
    const before = performance.now()
    const { code, stdout, stderr } = await start(data).ended
    expect(performance.now() - before).toBeLessThan(5_000)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^midtrans-emulator: [^\n]+\n$/)
    expect(stderr).toContain(data.split('/').slice(0, 3).join('/'))
  },
)

test('a folder that could not be read is free again for the same process', async () => {
  const data = newFolder()
  const damaged = join(data, 'sandbox', '00000001.json')
  await mkdir(join(data, 'sandbox'), { recursive: true })
  await writeFile(damaged, '[\n["accounts"\n]\n')
  await expect(startEmulator({ data })).rejects.toThrow('is damaged')
  expect(existsSync(join(data, 'lock'))).toBe(false)
  await rm(damaged)
  await using emulator = await startEmulator({ data })
  await openMerchant(emulator.url, key)
})
