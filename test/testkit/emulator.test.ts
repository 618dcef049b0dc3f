import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { attachEmulator, openInbox, runScenario, startEmulator } from '../../src/testkit/index.ts'
import { openMerchant } from '../journeys/merchant.ts'

test('each sandbox belongs to one test, tells its own inbox, and can be driven by itself', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator()
  const sandbox = await emulator.openSandbox({ notify: inbox.url, merchant_name: 'Toko' })
  const other = await emulator.openSandbox()
  expect(sandbox.serverKey).not.toBe(other.serverKey)
  expect(sandbox.clientKey).not.toBe(other.clientKey)
  expect(await sandbox.get('settings')).toMatchObject({ client_key: sandbox.clientKey })
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
  expect(await runScenario(attached, 'link-happy')).toMatchObject({ passed: true })
  await attached.close()
  expect((await fetch(`${running.url}/readyz`)).status).toBe(200)
  await expect((await attachEmulator(running.url)).openSandbox()).rejects.toThrow('expected the one that')
})

test('a sandbox that is closed is forgotten, and nothing else is', async () => {
  await using emulator = await startEmulator()
  const stays = await emulator.openSandbox()
  await stays.trigger('settlement')
  {
    await using goes = await emulator.openSandbox({ merchant_id: 'G-goes' })
    await goes.trigger('settlement')
    expect(await stays.get('sandboxes')).toHaveLength(2)
  }
  expect(await stays.get('sandboxes')).toMatchObject([{ transactions: 1 }])
})

/** What answers each request so, until the test is over. */
async function somethingElse(status: number, body: string) {
  const server = createServer((_request, response) => void response.writeHead(status).end(body))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('whoever attaches to nothing, to something else, or to what never gets ready, is told so in time', async () => {
  const attaching = (url: string) => expect(attachEmulator(url, { within: 150 })).rejects
  await attaching('http://127.0.0.1:1').toThrow(/no emulator is ready at .* after 150 ms: bad port|ECONNREFUSED/)
  await attaching(await somethingElse(503, '')).toThrow('150 ms: HTTP 503')
  await attaching(await somethingElse(200, '{ "status": "ok" }')).toThrow('150 ms: something else answers there')
  await attaching(await somethingElse(200, '<h1>Shop</h1>')).toThrow('150 ms: something else answers there')
})

test.each(['here', 'localhost:8765', 'ftp://localhost', ''])('"%s" is no address of an emulator', async (url) => {
  await expect(attachEmulator(url)).rejects.toThrow(`found "${url}", expected an address such as`)
})
