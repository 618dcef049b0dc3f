import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openInbox } from '../../src/testkit/index.ts'
import { runCommand } from '../journeys/command.ts'
import { emulatorOfFile, newMerchant } from '../midtrans/merchant.ts'

const folder = await mkdtemp(join(tmpdir(), 'emulator-command-'))
afterAll(() => rm(folder, { recursive: true }))
const inbox = await openInbox()
afterAll(() => inbox.close())
const emulator = await emulatorOfFile({ 'payment-notification-url': inbox.url })

/** The command, as somebody types it for one merchant. */
function shellOf({ key }: { readonly key: string }) {
  const variables = { MIDTRANS_EMULATOR_URL: emulator.url, MIDTRANS_EMULATOR_SANDBOX: key }
  return async (...args: string[]) => runCommand(args, variables).ended
}

async function shopWithOrder(orderId: string) {
  const merchant = newMerchant(emulator)
  const shell = shellOf(merchant)
  await merchant.admin.freeze()
  const body = JSON.stringify({
    payment_type: 'gopay',
    transaction_details: { order_id: orderId, gross_amount: 50_000 },
  })
  await merchant.raw('POST', '/v2/charge', { body, headers: { 'content-type': 'application/json' } })
  return { ...merchant, shell, json: async (...args: string[]) => JSON.parse((await shell(...args, '--json')).stdout) }
}

test('simulate lists what can happen, and lets it happen', async () => {
  const { shell, json } = await shopWithOrder('order-1')
  expect((await shell('simulate')).stdout).toMatch(/^settle {2,}GoPay takes the money/m)
  expect(await shell('simulate', 'settle', 'order-1')).toMatchObject({ code: 0, stderr: '' })
  expect(await json('expect', 'transaction', 'order_id=order-1')).toMatchObject({
    found: 1,
    transactions: [{ status: 'settlement' }],
  })
  expect(await shell('simulate', 'settle', 'order-1')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('pending'),
  })
  expect(await shell('simulate', 'settle')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('expected one id'),
  })
})

test('advance moves the clock of that sandbox, and says what happened on the way', async () => {
  const { shell, json } = await shopWithOrder('order-1')
  const { stdout } = await shell('advance', '15m')
  expect(stdout).toMatch(/^\d{4}-\d\d-\d\d [\d:]{8} +order-1 +transaction pending -> expire$/m)
  expect(stdout).toMatch(/^it is \d{4}-/m)
  expect(await json('advance', '1h')).toMatchObject({ happened: [] })
  expect(await shell('advance', 'next')).toMatchObject({ code: 2, stderr: expect.stringContaining('no timer') })
  expect(await shell('advance', 'soon')).toMatchObject({ code: 2, stderr: expect.stringContaining('found "soon"') })
  expect(await shell('advance')).toMatchObject({ code: 2, stderr: expect.stringContaining('expected one duration') })
})

test('expect ends with 0 or 1, and says what there is instead', async () => {
  const { shell } = await shopWithOrder('order-1')
  expect(await shell('expect', 'transaction', 'order_id=order-1', 'transaction_status=pending')).toMatchObject({
    code: 0,
    stdout: 'found 1\n',
  })
  const failed = await shell('expect', 'transaction', 'order_id=order-1', 'transaction_status=deny', '--within', '10ms')
  expect(failed).toMatchObject({ code: 1, stderr: '' })
  expect(failed.stdout).toContain('expected "deny", found "pending"')
  expect(await shell('expect', 'notification', '--times', '0', '--within', '10ms', 'event=none')).toMatchObject({
    code: 0,
  })
  for (const bad of [
    ['expect'],
    ['expect', 'wallet'],
    ['expect', 'account', 'x'],
    ['expect', 'account', '--times=x'],
  ]) {
    expect(await shell(...bad)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('expected') })
  }
})

test('notifications are held, let go twice, sent again and dropped from the command line', async () => {
  const { shell, json } = await shopWithOrder('held-1')
  const told = () =>
    inbox.received.filter(({ body }) => body.order_id === 'held-1').map((each) => each.body.transaction_status)
  await shell('expect', 'notification', 'order_id=held-1')
  expect((await shell('notifications', 'hold', 'order_id=held-1')).code).toBe(0)
  await shell('simulate', 'settle', 'held-1')
  expect((await shell('notifications', 'list', 'order_id=held-1')).stdout).toMatch(
    /transaction.settlement +held-1 +\S+ +held http/,
  )
  expect(await json('notifications', 'release', '--first', '1', '--twice')).toMatchObject({ released: 1 })
  await shell('expect', 'notification', 'order_id=held-1', 'transaction_status=settlement', '--times', '2')
  expect(told()).toEqual(['pending', 'settlement', 'settlement'])
  expect((await shell('notifications', 'resume')).code).toBe(0)
  expect((await shell('notifications', 'resend', 'transaction_status=pending', '--resign')).stdout).toBe('resent 1\n')
  for (const [bad, told] of [
    [['forget'], '"forget"'],
    [['relaese'], 'did you mean release?'],
    [['resume', 'order_id=held-1'], 'it lets all go'],
    [['release', '--first', '0'], 'first'],
    [['resend', '--since', 'yesterday'], 'since'],
  ] as const) {
    expect(await shell('notifications', ...bad)).toMatchObject({ code: 2, stderr: expect.stringContaining(told) })
  }
})

test('a notification is shown with its body and every try, by its id or by its fields', async () => {
  const { shell, json } = await shopWithOrder('shown-1')
  await shell('expect', 'notification', 'order_id=shown-1')
  const { stdout } = await shell('notifications', 'show', 'order_id=shown-1')
  expect(stdout).toContain('"transaction_status": "pending"')
  expect(stdout).toMatch(/^ {2}to http\S+: delivered$/m)
  expect(stdout).toMatch(/^ {4}\d{4}-\d\d-\d\d [\d:]{8} {2}HTTP 200 .*\(\d+ ms\)/m)
  const [{ id }] = await json('notifications', 'list', 'order_id=shown-1')
  expect((await shell('notifications', 'show', id)).stdout).toBe(stdout)
  expect(await shell('notifications', 'show', 'none')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Found the id none'),
  })
  expect(await shell('notifications', 'show')).toMatchObject({ code: 2, stderr: expect.stringContaining('an id') })
})

test('a sandbox is kept under a name, emptied, and brought back', async () => {
  const { shell, json } = await shopWithOrder('order-1')
  expect((await shell('snapshot', 'save', 'full')).code).toBe(0)
  expect((await shell('reset')).code).toBe(0)
  expect((await shell('expect', 'transaction', 'order_id=*', '--times', '0', '--within', '1ms')).code).toBe(0)
  expect(await json('snapshot', 'list')).toMatchObject([{ name: 'full' }])
  expect((await shell('snapshot')).stdout).toMatch(/^full {2}\d{4}-.* {2}transactions: 1$/m)
  expect((await shell('snapshot', 'restore', 'full')).code).toBe(0)
  expect((await shell('expect', 'transaction', 'order_id=order-1')).code).toBe(0)
  expect((await shell('snapshot', 'delete', 'full')).code).toBe(0)
  expect(await shell('snapshot', 'restore', 'full')).toMatchObject({ code: 2 })
  expect(await shell('snapshot', 'save')).toMatchObject({ code: 2, stderr: expect.stringContaining('one name') })
})

test('a sandbox goes into a file for its owner alone, and comes out of it', async () => {
  const { shell } = await shopWithOrder('order-1')
  const file = join(folder, 'state.json')
  expect(await shell('export', file)).toMatchObject({ code: 0, stdout: '' })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await shell('reset')
  expect(await shell('import', file)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^G\d{9} {2}accounts: 0 {2}transactions: 1$/m),
    stderr: '',
  })
  expect((await shell('expect', 'transaction', 'order_id=order-1')).code).toBe(0)
  expect(JSON.parse((await shell('export')).stdout)).toMatchObject({ format: 'midtrans-emulator' })
  await writeFile(file, '{"format": "other"}')
  expect(await shell('import', file)).toMatchObject({ code: 2, stderr: expect.stringContaining('format') })
  expect(await shell('import', join(folder, 'none'))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('ENOENT'),
  })
  expect(await shell('export', join(folder, 'none', 'state.json'))).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/cannot write \S+state\.json \(ENOENT\); choose another file/),
  })
})

test('whoever names no sandbox, a wrong one or no emulator is told what to do', async () => {
  await shopWithOrder('order-1')
  await shopWithOrder('order-1')
  const plain = (...args: string[]) => runCommand(args).ended
  expect((await plain('reset', '--url', emulator.url)).stderr).toContain('There are several')
  expect((await plain('reset', '--url', emulator.url, '--sandbox', 'nobody')).stderr).toContain('?sandbox=nobody')
  expect((await plain('reset', '--url', 'localhost')).stderr).toContain('expected an address')
  expect(await plain('reset', '--url', 'http://127.0.0.1:9999')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^midtrans-emulator: found no emulator at .* \(ECONNREFUSED\); start one.*\n$/),
  })
})

test.each([['reset'], ['expect', 'transaction'], ['notifications']])(
  '%s tells that another server listens there',
  async (...args) => {
    const other = createServer((_request, response) => response.end('<h1>Welcome</h1>'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    try {
      const { port } = other.address() as AddressInfo
      expect(await runCommand([...args, '--url', `http://127.0.0.1:${port}`]).ended).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining('found something else than an emulator'),
      })
    } finally {
      other.close()
    }
  },
)

test('what listens there and is no emulator is taken for none, by health check and logs as well', async () => {
  const other = createServer((_request, response) => void response.end('<html></html>'))
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
  try {
    expect(await runCommand(['healthcheck', '--url', url]).ended).toMatchObject({ code: 1 })
    for (const args of [['logs'], ['reset'], ['trigger', 'settlement']]) {
      expect(await runCommand([...args, '--url', url]).ended).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('something else than an emulator'),
      })
    }
  } finally {
    other.close()
  }
})

test('an error is JSON where answers are, holds no key in full, and drives no terminal', async () => {
  const { shell } = await shopWithOrder('order-1')
  const { code, stderr } = await shell('advance', 'soon', '--json')
  expect([code, JSON.parse(stderr)]).toEqual([2, { error: expect.stringContaining('"soon"') }])
  expect((await shell('SB-Mid-server-secret-1234567890')).stderr).not.toContain('secret-1234567890')
  const driven = await shell('trigger', 'settlement', '--order-id', 'o\u001b[31mr')
  expect(driven.stdout + driven.stderr).not.toContain('\u001b')
})

test('an order that is called ".." can be refunded all the same', async () => {
  const { shell } = await shopWithOrder('..')
  expect(await shell('trigger', 'refund', '--order-id', '..')).toMatchObject({ code: 0, stderr: '' })
})
