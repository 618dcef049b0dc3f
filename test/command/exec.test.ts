import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { runCommand } from '../journeys/command.ts'

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
  expect(stderr).toMatch(/what happened in the sandbox G\d{9}\n.*\n.* POST \/v2\/charge order-1\n/)
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

test('a signal to exec ends the command, and exec as that ends', async () => {
  const waits = `console.log(process.pid); setInterval(() => {}, 1000)`
  const command = run('--', process.execPath, '-e', waits)
  const started = await command.firstLine
  expect(await command.end('SIGTERM')).toMatchObject({ code: 143 })
  expect(() => process.kill(Number(started), 0)).toThrow('ESRCH')
})
