import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openInbox, payer, startEmulator, type TestEmulator } from '../../src/testkit/index.ts'
import { coreApi } from '../core-api.ts'
import { sandboxesOf } from '../insides.ts'
import { linkIn, merchantOf, openMerchant } from '../journeys/merchant.ts'
import { adminRequest } from './admin-request.ts'

const key = 'SB-Mid-server-deleted'
const otherKey = 'SB-Mid-server-deleted-not'

async function deleteIt(emulator: TestEmulator, serverKey = key) {
  const { merchant_id } = (await emulator.admin(serverKey).get('settings')) as { merchant_id: string }
  return await adminRequest(emulator, `sandboxes/${merchant_id}`, { method: 'DELETE' })
}

test('a sandbox that is deleted is gone: the next request opens an empty one, others stay', async () => {
  await using emulator = await startEmulator()
  const [merchant, other] = [await openMerchant(emulator.url, key), await openMerchant(emulator.url, otherKey)]
  await other.charge('order-1', 1_000)
  const link = linkIn(await merchant.charge('order-1', 150_000), 'verification-link-url')
  await emulator.admin(key).snapshot('gone')
  expect(await deleteIt(emulator)).toMatchObject({ status: 200, body: { transactions: 1 } })
  expect((await adminRequest(emulator, 'sandboxes')).body).toHaveLength(1)
  expect((await payer.walk(link)).status).toBe(404)
  expect(await merchant.status('order-1')).toMatchObject({ status_code: '404' })
  expect(await emulator.admin(key).get('snapshots')).toEqual([])
  expect(await other.status('order-1')).toMatchObject({ transaction_status: 'settlement' })
})

test('nothing more is told of a sandbox that is deleted', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  inbox.answer(() => 503)
  const [merchant, other] = [await openMerchant(emulator.url, key), await openMerchant(emulator.url, otherKey)]
  await emulator.admin(key).freeze()
  await merchant.charge('order-1', 150_000)
  await emulator.admin(key).advance('0s')
  // All retries would come within two seconds of real time, the first of them at once.
  await emulator.admin(key).speed(10_000)
  await emulator.admin(key).resume()
  await deleteIt(emulator)
  const before = inbox.received.length
  await other.charge('order-2', 1_000)
  await emulator.admin(otherKey).advance('1d')
  const orders = inbox.received.slice(before).map(({ body }) => body.order_id)
  expect(new Set(orders)).toEqual(new Set(['order-2']))
})

test('with --data the folder goes, too, and what comes at once after it is kept', async () => {
  const data = await mkdtemp(join(tmpdir(), 'emulator-deleted-'))
  const folders = async () => (await readdir(data)).filter((name) => name !== 'lock')
  try {
    await using first = await startEmulator({ data })
    await openMerchant(first.url, otherKey)
    const merchant = await openMerchant(first.url, key)
    await merchant.charge('order-1', 1_000)
    const sandbox = sandboxesOf(first).ofServerKey(key)
    if (!sandbox) throw new Error('the sandbox is not open')
    const gone = sandboxesOf(first).delete(sandbox)
    const after = await openMerchant(first.url, key)
    await gone
    await after.charge('order-2', 1_000)
    expect(await folders()).toHaveLength(2)
    await first.close()

    await using second = await startEmulator({ data })
    const kept = merchantOf(coreApi(second.url, key), after.accountId)
    expect(await kept.status('order-1')).toMatchObject({ status_code: '404' })
    expect(await kept.status('order-2')).toMatchObject({ transaction_status: 'settlement' })
    await deleteIt(second)
    expect(await folders()).toHaveLength(1)
  } finally {
    await rm(data, { recursive: true })
  }
})

test('one that was listed is open again, and empty, with the next request', async () => {
  await using emulator = await startEmulator({ keys: 'listed', 'server-keys': key })
  const merchant = await openMerchant(emulator.url, key)
  expect(await deleteIt(emulator)).toMatchObject({ status: 200, body: { accounts: 1 } })
  expect(await merchant.api.get(`/v2/pay/account/${merchant.accountId}`)).toMatchObject({ status_code: '404' })
})

test('whoever names no sandbox, or several, deletes none', async () => {
  await using emulator = await startEmulator({ 'merchant-id': 'SHOP', 'server-keys': `${key},${otherKey}` })
  const ask = (id: string) => adminRequest(emulator, `sandboxes/${id}`, { method: 'DELETE' })
  expect(await ask('G1')).toMatchObject({
    status: 404,
    body: { hint: expect.stringContaining('GET /__admin/sandboxes') },
  })
  expect(await ask('SHOP')).toMatchObject({ status: 409, body: { title: 'Which sandbox?' } })
  expect((await adminRequest(emulator, 'sandboxes')).body).toHaveLength(2)
})
