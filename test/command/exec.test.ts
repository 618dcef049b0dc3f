import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { constants } from 'node:os'
import { expect, test } from 'vitest'
import { type Command, runCommand } from '../journeys/command.ts'

const path = { PATH: process.env.PATH ?? '' }
const run = (...args: string[]) => runCommand(['exec', ...args], path)
const charge = `fetch(process.env.MIDTRANS_EMULATOR_URL + '/v2/charge', {
  method: 'POST',
  headers: { authorization: 'Basic ' + btoa('SB-Mid-server-exec:'), 'content-type': 'application/json' },
  body: JSON.stringify({ payment_type: 'gopay', transaction_details: { order_id: 'order-1', gross_amount: 5000 } }),
}).then((answer) => answer.json()).then(({ status_code }) => console.log(status_code))`

test('exec has an emulator ready for a command, and ends with 0 as it does', async () => {
  expect(await run('--', process.execPath, '-e', charge).ended).toEqual({ code: 0, stdout: '201\n', stderr: '' })
})

test('exec hands on the exit code, and tells on stderr what happened', async () => {
  const { code, stdout, stderr } = await run('--', process.execPath, '-e', `${charge}.then(() => process.exit(7))`)
    .ended
  expect([code, stdout]).toEqual([7, '201\n'])
  expect(stderr).toMatch(/what happened in the sandbox G\d{9}\norder order-1\n( {2}.*\n)+/)
  expect(stderr).toContain('POST /v2/charge order-1: 201 pending (HTTP 200)')
})

test('the story of what went wrong stands first, and a crowd of orders does not fill the log', async () => {
  const program = `const charge = (order_id, gross_amount) => fetch(process.env.MIDTRANS_EMULATOR_URL + '/v2/charge', {
    method: 'POST',
    headers: { authorization: 'Basic ' + btoa('SB-Mid-server-exec:'), 'content-type': 'application/json' },
    body: JSON.stringify({ payment_type: 'gopay', transaction_details: { order_id, gross_amount } }),
  })
  await charge('refused-1', -1)
  for (let i = 1; i <= 30; i++) await charge('order-' + i, 5000)
  process.exit(1)`
  const { code, stderr } = await run('--', process.execPath, '--input-type=module', '-e', program).ended
  expect(code).toBe(1)
  const titles = Array.from(stderr.matchAll(/^order .*$/gm), ([title]) => title)
  expect(titles).toEqual(['order refused-1: something went wrong', ...[30, 29, 28, 27].map((i) => `order order-${i}`)])
  expect(stderr).toContain('and 26 more')
})

test('exec starts no command where the emulator cannot be started', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = taken.address() as AddressInfo
    const { code, stdout, stderr } = await run('--port', String(port), '--', process.execPath, '-e', 'console.log(1)')
      .ended
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^midtrans-emulator: port \d+ is in use/)
  } finally {
    taken.close()
  }
})

test.each([
  [['--', 'no-such-command'], /no-such-command cannot be run \(ENOENT\)/],
  [[], /found no command, expected one after --/],
  [['--keys', 'listed', '--', 'true'], /found no --server-keys/],
  [['--colour=red', '--', 'true'], /--colour/],
])('exec %j ends with 2 and one line', async (args, message) => {
  const { code, stdout, stderr } = await run(...args).ended
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(message)
  expect(stderr).toMatch(/^midtrans-emulator: [^\n]+\n$/)
})

test('with --tls, a client that knows Midtrans alone reaches the emulator, without any setting', async () => {
  const client = `const { CoreApi } = (await import('midtrans-client')).default
const core = new CoreApi({ isProduction: false, serverKey: 'SB-Mid-server-exec' })
console.log((await core.charge({
  payment_type: 'gopay',
  transaction_details: { order_id: 'order-1', gross_amount: 5000 },
})).status_code)`
  const { code, stdout, stderr } = await run('--tls', '--', process.execPath, '--input-type=module', '-e', client).ended
  expect([code, stdout, stderr]).toEqual([0, '201\n', ''])
})

test('a command that a signal ends has exec end with 128 and more', async () => {
  const { code } = await run('--', process.execPath, '-e', `process.kill(process.pid, 'SIGKILL')`).ended
  expect(code).toBe(137)
})

test('exec on a port of its own listens there', async () => {
  const program = `console.log(new URL(process.env.MIDTRANS_EMULATOR_URL).hostname, process.argv.slice(1).join())`
  const { stdout } = await run('--port=0', '--flow', 'app', '--', process.execPath, '-e', program, '--', '--port', 'x')
    .ended
  expect(stdout).toBe('127.0.0.1 --port,x\n')
})

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s to exec ends the command, and exec as that ends',
  async (signal) => {
    const waits = `console.log(process.pid); setInterval(() => {}, 1000)`
    const command = run('--', process.execPath, '-e', waits)
    const started = await command.firstLine
    const { code } = await endWith(command, signal, Number(started))
    expect(code).toBe(128 + constants.signals[signal])
  },
)

test('below npm, the command ends when npm is gone', async () => {
  const waits = `console.log(process.pid); setInterval(() => {}, 1000)`
  // The second command keeps the shell from becoming exec itself.
  const line = '"$NODE" src/cli.ts exec -- "$NODE" -e "$WAITS"; true'
  const env = { ...path, NODE: process.execPath, WAITS: waits, npm_lifecycle_event: 'test' }
  const npm = spawn('sh', ['-c', line], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [started] = await once(npm.stdout.setEncoding('utf8'), 'data')
  npm.kill('SIGKILL')
  await expectEnd(Number(started))
})

/** The child holds on to the output of the command: should it stay, so would the test. */
async function endWith(command: Command, signal: NodeJS.Signals, pid: number) {
  const [ended] = await Promise.all([command.end(signal), expectEnd(pid)])
  return ended
}

/** Whatever a test says, nothing is left behind. */
async function expectEnd(pid: number): Promise<void> {
  try {
    await expect.poll(() => isRunning(pid), { timeout: 3_000 }).toBe(false)
  } finally {
    if (isRunning(pid)) process.kill(pid, 'SIGKILL')
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('exec hands on the admin token, and a fault of its own end hides no failure of the command', async () => {
  const cli = 'src/cli.ts'
  const flags = ['--admin-token', 'sesame', '--server-keys', 'SB-Mid-server-exec']
  const advance = await run(...flags, '--', process.execPath, cli, 'advance', '1m').ended
  expect(advance).toMatchObject({ code: 0, stderr: '' })
  const unwritable = ['--export-on-exit', '/nonexistent/state.json', '--', process.execPath, '-e']
  expect(await run(...unwritable, 'process.exit(7)').ended).toMatchObject({
    code: 7,
    stderr: expect.stringContaining('/nonexistent/state.json'),
  })
  expect(await run(...unwritable, '').ended).toMatchObject({ code: 2 })
})
