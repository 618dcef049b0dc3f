import { expect, test } from 'vitest'
import { startEmulator, type TestEmulator } from '../../src/testkit/index.ts'
import { type Command, runCommand } from '../journeys/command.ts'
import { emulatorOfFile, newMerchant, newShop } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile()

const logs = (key: string, args: readonly string[] = [], { url }: { readonly url: string } = emulator): Command =>
  runCommand(['logs', '--url', url, '--sandbox', key, ...args])

const printed = (command: Command, text: RegExp) => expect.poll(() => command.output.stdout, waiting).toMatch(text)
const complained = (command: Command, text: RegExp) => expect.poll(() => command.output.stderr, waiting).toMatch(text)
const waiting = { timeout: 5_000, interval: 20 }

async function shopWithOrders() {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 20_000)
  await shop.charge('order-2', 20_000)
  await shop.admin.expect({ request: { order_id: 'order-2', state: 'answered' } })
  return shop
}

test('logs prints a line for each thing that happened, and ends', async () => {
  const { code, stdout, stderr } = await logs((await shopWithOrders()).key).ended
  expect([code, stderr]).toEqual([0, ''])
  const line =
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}request {7}order-1 {11}POST \/v2\/charge order-1: 200 settlement \(HTTP 200\)$/m
  expect(stdout).toMatch(line)
  expect(stdout).toMatch(/ {2}change {8}account [0-9a-f]{8} {2}account PENDING -> ENABLED$/m)
  // What the payer's browser asks for is told as what the payer does.
  expect(stdout).toMatch(/ page {10}account [0-9a-f]{8} {2}opens the link page/)
  expect(stdout).not.toContain('/gopay/')
  // No colours where nobody looks.
  expect(stdout).not.toContain('\u001b')
})

test('logs --order-id tells of one order, --json prints what the admin API tells', async () => {
  const { stdout } = await logs((await shopWithOrders()).key, ['--order-id', 'order-2', '--json']).ended
  const lines = stdout.trim().split('\n')
  const entries = lines.map((line) => JSON.parse(line))
  expect(entries.map(({ order_id }) => order_id)).toEqual(entries.map(() => 'order-2'))
  expect(entries.at(-1)).toMatchObject({ kind: 'request', request: { operation: 'charge', status: 200 } })
})

test('logs says how much is remembered no more', async () => {
  const { admin, key } = newMerchant(emulator)
  for (let more = 0; more < 11; more++) {
    await Promise.all(Array.from({ length: 100 }, () => admin.patch('settings', { locale: 'en-EN' })))
  }
  const { stdout } = await logs(key).ended
  expect(stdout).toMatch(/^\.\.\. up to 0 requests and 100 happenings are remembered no more\n/)
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  'logs -f goes on with what happens, until %s, and ends with 0',
  async (signal) => {
    const shop = await newShop(emulator)
    await using command = logs(shop.key, ['-f'])
    await printed(command, /account PENDING -> ENABLED/)
    await shop.charge('order-1', 20_000)
    await printed(command, /POST \/v2\/charge order-1: 200 settlement/)
    expect(await command.end(signal)).toMatchObject({ code: 0, stderr: '' })
  },
)

test('logs -f says so when the emulator goes away, finds it again, and goes on', async () => {
  const first = await startEmulator()
  const port = Number(new URL(first.url).port)
  await newMerchant(first).admin.freeze()
  await using command = logs('SB-Mid-server-logs', ['-f'], first)
  await frozen(first, command, 1)
  await first.close()
  await complained(command, /the emulator at http:\S+ has gone away; looking for it\n/)
  await using second = await startEmulator({ port })
  await frozen(second, command, 2)
  await complained(command, /the emulator at http:\S+ is back\n/)
  expect(await command.end('SIGINT')).toMatchObject({ code: 0 })
})

/** Something happens, and is told for the so many-th time. */
async function frozen(at: TestEmulator, command: Command, times: number): Promise<void> {
  await at.admin('SB-Mid-server-logs').freeze()
  await printed(command, new RegExp(`(the clock stops[^]*){${times}}`))
}

test('logs -f gives up on an emulator that stays away, with 2', async () => {
  const own = await startEmulator()
  await own.admin('SB-Mid-server-logs').freeze()
  await using command = logs('SB-Mid-server-logs', ['-f', '--wait', '0s'], own)
  await printed(command, /the clock stops/)
  await own.close()
  const { code, stderr } = await command.ended
  expect(code).toBe(2)
  expect(stderr).toMatch(/^midtrans-emulator: found no emulator at http:\S+ \([^)]+\): it has gone away\n$/)
})

test('logs -f ends with 0 when its sandbox is deleted', async () => {
  const { admin, key } = await newShop(emulator)
  await using command = logs(key, ['--follow'])
  await printed(command, /account PENDING -> ENABLED/)
  const { merchant_id } = (await admin.get('settings')) as { merchant_id: string }
  await admin.delete(`sandboxes/${merchant_id}`)
  expect(await command.ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/the sandbox was deleted\n$/) })
})

test.each([
  [
    ['--url', 'http://127.0.0.1:1'],
    /found no emulator at http:\/\/127\.0\.0\.1:1 \([^)]+\); say where it is with --url/,
  ],
  [['--wait', 'long'], /--wait: found "long", expected e\.g\. 30s/],
  [['--sandbox', 'G-nobody'], /G-nobody/],
])('logs %j ends with 2, in one line', async (args, message) => {
  const { code, stdout, stderr } = await runCommand(['logs', '-f', '--url', emulator.url, ...args]).ended
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(message)
  expect(stderr).toMatch(/^midtrans-emulator: [^\n]+\n$/)
})
