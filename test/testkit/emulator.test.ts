import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { attachEmulator, openInbox, startEmulator, withStory } from '../../src/testkit/index.ts'
import { openMerchant } from '../journeys/merchant.ts'

test('each sandbox belongs to one test, tells its own inbox, and can be driven by itself', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator()
  const sandbox = await emulator.openSandbox({ notify: inbox.url, merchant_name: 'Toko' })
  const other = await emulator.openSandbox()
  expect(sandbox.serverKey).not.toBe(other.serverKey)
  expect(await sandbox.get('settings')).toMatchObject({ merchant_name: 'Toko', payment_notification_url: inbox.url })
  expect(await other.get('settings')).toMatchObject({ merchant_name: '', payment_notification_url: '' })
  await (await openMerchant(sandbox.url, sandbox.serverKey)).charge('order-1', 5_000)
  await sandbox.expect({ notification: { order_id: 'order-1', transaction_status: 'settlement' } })
  await other.expect({ notification: {}, times: 0, within: '1ms' })
  expect(await sandbox.story()).toMatch(/POST \/v2\/charge order-1/)
  expect(await other.story()).not.toContain('order-1')
})

test('an emulator that runs elsewhere is used the same way, with its admin token, and stays', async () => {
  await using running = await startEmulator({ 'admin-token': 'sesame' })
  const attached = await attachEmulator(`${running.url}/`, { adminToken: 'sesame' })
  expect(attached.url).toBe(running.url)
  const sandbox = await attached.openSandbox()
  expect(await sandbox.advance('1d')).toMatchObject({ happened: [] })
  await attached.close()
  expect((await fetch(`${running.url}/readyz`)).status).toBe(200)
  await expect((await attachEmulator(running.url)).openSandbox()).rejects.toThrow('expected the one that')
})

test('whoever attaches to nothing, or to something that never gets ready, is told so in time', async () => {
  await expect(attachEmulator('http://127.0.0.1:9', { within: 50 })).rejects.toThrow(
    /no emulator is ready at .* after 50 ms/,
  )
  await expect(attachEmulator('here')).rejects.toThrow('found "here", expected an address')
  const failing = createServer((_request, response) => void response.writeHead(503).end())
  await new Promise<void>((resolve) => failing.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = failing.address() as AddressInfo
    await expect(attachEmulator(`http://127.0.0.1:${port}`, { within: 150 })).rejects.toThrow(/150 ms: HTTP 503/)
  } finally {
    failing.close()
  }
})

test('a test that fails tells what happened in its sandbox, in its message and its stack', async () => {
  await using emulator = await startEmulator()
  const sandbox = await emulator.openSandbox()
  const failing = withStory(sandbox, async () => {
    const merchant = await openMerchant(sandbox.url, sandbox.serverKey)
    await merchant.charge('order-1', 5_000)
    throw new Error('expected a refund')
  })
  const error: Error = await failing.then(
    () => new Error('it did not fail'),
    (reason) => reason,
  )
  for (const text of [error.message, error.stack]) {
    expect(text).toMatch(/expected a refund\n\n.*POST \/v2\/charge order-1/s)
  }
  expect(error.stack).toContain('emulator.test.ts')
  expect(await withStory(sandbox, () => 5)).toBe(5)
})
