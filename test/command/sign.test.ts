import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const folder = await mkdtemp(join(tmpdir(), 'emulator-sign-'))
afterAll(() => rm(folder, { recursive: true }))
const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const fields = { order_id: 'order-1', status_code: '200', gross_amount: '50000.00' }
const key = 'SB-Mid-server-test'

function run(args: readonly string[], input = '', env: Readonly<Record<string, string>> = {}) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const child = execFile(process.execPath, [cli, ...args], { env, cwd: folder }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
    // It may have ended before it has read.
    child.stdin?.on('error', () => {}).end(input)
  })
}

test('the command signs what it reads, and says of it that it is valid', async () => {
  const signed = await run(['sign', '--key', key], JSON.stringify(fields))
  expect(signed.code).toBe(0)
  expect(await run(['verify', `--key=${key}`], signed.out)).toMatchObject({ code: 0, out: 'valid\n' })
  const wrong = await run(['verify', '--key', 'Mid-server-test'], signed.out)
  expect(wrong).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^not valid\nIt is made with "SB-" before the key/),
  })
})

test('of what is told of a subscription it says that it is never signed', async () => {
  const charge = JSON.stringify({ transaction: {}, subscription: {}, event_name: 'subscription.charge' })
  expect(await run(['verify', '--key', key], charge)).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^not signed\nMidtrans does not sign what it tells of subscriptions/),
  })
  expect((await run(['sign', '--key', key], charge)).code).toBe(2)
})

test('the notification may be in a file, and the key where the other verbs find the sandbox', async () => {
  const env = { MIDTRANS_EMULATOR_SANDBOX: key }
  await writeFile(join(folder, 'plain.json'), JSON.stringify(fields))
  const { out } = await run(['sign', 'plain.json'], '', env)
  await writeFile(join(folder, 'signed.json'), out)
  expect(await run(['verify', 'signed.json'], '', env)).toMatchObject({ code: 0, out: 'valid\n' })
  expect(await run(['verify', '-'], out, env)).toMatchObject({ code: 0 })
  expect(await run(['verify', 'signed.json', '--key', 'SB-Mid-server-other'], '', env)).toMatchObject({ code: 1 })
})

test.each([
  [['sign'], '{}', /found no --key/],
  [['verify', '--key', 'x'], '', /found nothing on stdin, expected a JSON object/],
  [['sign', '--key', 'x'], '[1]', /found something else on stdin/],
  [['sign', '--key', 'x'], 'no json', /found something else on stdin/],
  [['sign', '--key', 'x'], ' '.repeat(1_048_577), /found more than 1048576 bytes/],
  [['sign', '--key', 'x', 'none.json'], '', /cannot read none\.json \(ENOENT\)/],
  [['sign', '--key', 'x', '.'], '', /cannot read \. \(EISDIR\)/],
  [['sign', '--key', 'x', 'one.json', 'two.json'], '', /found 2 files/],
])('%j is bad input, and told as such', async (args, input, reason) => {
  const { code, err } = await run(args, input)
  expect(code).toBe(2)
  expect(err).toMatch(reason)
})

test('a merchant_id signs nothing', async () => {
  expect(await run(['sign'], '{}', { MIDTRANS_EMULATOR_SANDBOX: 'G123456789' })).toMatchObject({
    code: 2,
    err: expect.stringContaining('found no --key'),
  })
})
