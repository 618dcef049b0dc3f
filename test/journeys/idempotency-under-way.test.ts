import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startEmulator } from '../../src/testkit/index.ts'
import { coreApi } from '../core-api.ts'
import { sandboxesOf } from '../insides.ts'
import { newShop } from '../midtrans/merchant.ts'
import { holdDisk } from './held-disk.ts'

// facts.md, section 6, for all of this file.
const root = await mkdtemp(join(tmpdir(), 'emulator-idempotency-'))
afterAll(() => rm(root, { recursive: true }))
const headers = { 'idempotency-key': 'key-1' }

// "second request while the first runs: HTTP 202". Its body is not documented, so only its message is looked for.
test.skipIf(process.platform === 'win32')('a repeat while the first is not answered is told to wait', async () => {
  const data = join(root, 'held')
  await using emulator = await startEmulator({ data })
  const shop = await newShop(emulator)
  const isCharged = () =>
    sandboxesOf(emulator).ofServerKey(shop.key)?.state.transactionOf.latest('order-1') !== undefined
  const disk = await holdDisk(data)
  const first = shop.charge('order-1', 50_000, { headers })
  const answers = []
  try {
    await expect.poll(isCharged).toBe(true)
    answers.push(await shop.charge('order-1', 50_000, { headers }))
    answers.push(await shop.charge('order-2', 0, { headers }))
    answers.push(await shop.api.post('/v2/order-1/refund', {}, headers))
  } finally {
    await disk.release()
  }
  expect(answers).toEqual(Array(3).fill({ httpStatus: 202, message: expect.stringMatching(/Idempotency-Key/) }))
  const answer = await first
  expect(answer).toMatchObject({ httpStatus: 200, status_code: '200', order_id: 'order-1' })
  expect(await shop.charge('order-2', 60_000, { headers })).toEqual(answer)
  expect(await shop.told('order-1')).toHaveLength(1)
  expect(await shop.balance()).toBe('7950000.00')
})

test('20 repeats at once make one payment, whether they wait or learn of it', async () => {
  await using emulator = await startEmulator({ data: join(root, 'many') })
  const shop = await newShop(emulator)
  const charges = Array.from({ length: 20 }, (_, i) => shop.charge(`order-${i}`, 50_000, { headers }))
  const answers = await Promise.all(charges)
  const ids = new Set(answers.flatMap(({ transaction_id }) => transaction_id ?? []))
  expect(ids.size).toBe(1)
  for (const { httpStatus, status_code } of answers)
    expect([httpStatus, status_code]).toEqual(status_code ? [200, '200'] : [202, undefined])
  expect(await shop.balance()).toBe('7950000.00')
})

test('after a restart a key still gets its answer, and no longer than five minutes', async () => {
  const data = join(root, 'restarted')
  const first = await startEmulator({ data })
  const shop = await newShop(first)
  await shop.admin.post('clock/freeze')
  const answer = await shop.charge('order-1', 150_000, { headers })
  await shop.admin.advance('4m')
  await first.close()

  await using second = await startEmulator({ data })
  const cancel = () => coreApi(second.url, shop.key).post('/v2/order-1/cancel', undefined, headers)
  await second.admin(shop.key).advance('59s')
  expect(await cancel()).toEqual(answer)
  await second.admin(shop.key).advance('1s')
  expect(await cancel()).toMatchObject({ status_code: '200', transaction_status: 'cancel' })
})
