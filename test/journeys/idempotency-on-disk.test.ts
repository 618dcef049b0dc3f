import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { admin as adminOf } from '../../src/client/admin.ts'
import { startEmulator } from '../../src/testkit/index.ts'
import { coreApi } from '../core-api.ts'
import { takeAway } from '../engine/store/folder.ts'
import { sandboxesOf } from '../insides.ts'
import { runCommand } from './command.ts'
import { holdDisk } from './held-disk.ts'
import { type Merchant, merchantOf, openMerchant } from './merchant.ts'

// facts.md, section 6, for all of this file; ARCHITECTURE.md: a kept answer is part of its step.
const key = 'SB-Mid-server-keyed'
const root = await mkdtemp(join(tmpdir(), 'emulator-keyed-'))
afterAll(() => rm(root, { recursive: true }))
const start = (data: string) => runCommand(['--port', '0', '--data', data])
const keyed = (name: string) => ({ headers: { 'idempotency-key': name } })

test('after a kill each key still gets its answer, for as long as it would have', async () => {
  const data = join(root, 'killed')
  await using first = start(data)
  const url = await first.ready
  const merchant = await openMerchant(url, key)
  await adminOf(url, key).post('clock/freeze')
  const pending = await merchant.charge('pending', 150_000, keyed('key-1'))
  await merchant.charge('paid', 50_000)
  const refund = { refund_key: 'r', amount: 20_000 }
  const post = ({ api }: Merchant, path: string, body: object, name: string) =>
    api.post(path, body, keyed(name).headers)
  const refunded = await post(merchant, '/v2/paid/refund', refund, 'key-2')
  expect([pending.status_code, refunded.status_code]).toEqual(['201', '200'])
  await first.end('SIGKILL')

  await using second = start(data)
  const secondUrl = await second.ready
  const after = merchantOf(coreApi(secondUrl, key), merchant.accountId)
  const { advance } = adminOf(secondUrl, key)
  await advance('299s')
  expect(await after.charge('other', 60_000, keyed('key-1'))).toEqual(pending)
  expect(await post(after, '/v2/paid/refund', refund, 'key-2')).toEqual(refunded)
  expect(await after.status('other')).toMatchObject({ status_code: '404' })
  expect(await after.balance()).toBe('7970000.00')
  await advance('1s')
  expect(await post(after, '/v2/paid/refund', refund, 'key-2')).toMatchObject({ status_code: '406' })
  expect(await after.charge('other', 60_000, keyed('key-1'))).toMatchObject({ status_code: '200', order_id: 'other' })
})

test('whoever repeats all charges after a kill has paid each of them once', async () => {
  const data = join(root, 'killed-amid')
  await using first = start(data)
  const url = await first.ready
  const merchant = await openMerchant(url, key)
  const answered = new Map<string, string>()
  const { promise: enough, resolve: isEnough } = Promise.withResolvers<void>()
  const orders = Array.from({ length: 400 }, (_, i) => `order-${i}`)
  const charge = (from: Merchant, order: string) => from.charge(order, 1_000, keyed(`key-${order}`))
  const lanes = Promise.allSettled(
    Array.from({ length: 8 }, async (_, lane) => {
      for (const order of orders.filter((_order, i) => i % 8 === lane)) {
        const { transaction_id } = await charge(merchant, order)
        answered.set(order, transaction_id)
        if (answered.size === 40) isEnough()
      }
    }),
  )
  // Not `enough` alone: where charges fail it would be waited for in vain.
  await Promise.race([enough, lanes])
  await first.end('SIGKILL')
  expect((await lanes).map(({ status }) => status)).toContain('rejected')

  await using second = start(data)
  const after = merchantOf(coreApi(await second.ready, key), merchant.accountId)
  for (const order of orders) {
    const repeated = await charge(after, order)
    expect(repeated, order).toMatchObject({ httpStatus: 200, status_code: '200', order_id: order })
    if (answered.has(order)) expect(repeated.transaction_id).toBe(answered.get(order))
  }
  expect(await after.balance()).toBe('7600000.00')
})

test.skipIf(process.platform === 'win32')('nobody waits but those who repeat the key', async () => {
  const data = join(root, 'held')
  await using emulator = await startEmulator({ data })
  const merchant = await openMerchant(emulator.url, key)
  const isCharged = (order: string) => sandboxesOf(emulator).ofServerKey(key)?.state.transactionOf.latest(order)?.id
  const charge = await chargesOf(merchant)
  const disk = await holdDisk(data)
  const first = charge('first', 'key-1')
  const others: ReturnType<typeof charge>[] = []
  try {
    await expect.poll(() => isCharged('first')).toBeDefined()
    expect(await charge('again', 'key-1')).toMatchObject({ httpStatus: 202 })
    others.push(charge('other-key', 'key-2'), charge('no-key'))
    await expect.poll(() => isCharged('other-key') && isCharged('no-key')).toBeDefined()
    const neighbour = await openMerchant(emulator.url, `${key}-other`)
    expect(await neighbour.charge('theirs', 1_000, keyed('key-1'))).toMatchObject({
      httpStatus: 200,
      order_id: 'theirs',
    })
  } finally {
    await disk.release()
  }
  const orders = (await Promise.all([first, ...others])).map(({ httpStatus, order_id }) => [httpStatus, order_id])
  expect(orders).toEqual([
    [200, 'first'],
    [200, 'other-key'],
    [200, 'no-key'],
  ])
  expect(await charge('again', 'key-1')).toEqual(await first)
  expect(await merchant.balance()).toBe('7997000.00')
})

test('a charge that could not be kept is made once when its key comes again', async () => {
  const data = join(root, 'away')
  await using emulator = await startEmulator({ data, 'log-level': 'silent' })
  const merchant = await openMerchant(emulator.url, key)
  const charge = await chargesOf(merchant)
  const chargeAgain = () => charge('order-1', 'key-1')
  const [folder = ''] = (await readdir(data, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(data, name))
  const giveBack = await takeAway(folder)
  expect([(await chargeAgain()).status_code, (await chargeAgain()).status_code]).toEqual(['500', '500'])
  await giveBack()
  expect((await fetch(`${emulator.url}/readyz`)).status).toBe(200)
  const made = await chargeAgain()
  expect(made).toMatchObject({ httpStatus: 200, status_code: '200', order_id: 'order-1' })
  expect(await chargeAgain()).toEqual(made)
  expect(await merchant.balance()).toBe('7999000.00')
})

/** Not `merchant.charge`, which asks for the token first: that waits for the disk as well. */
async function chargesOf({ api, accountId }: Merchant) {
  const { metadata } = await api.get(`/v2/pay/account/${accountId}`)
  const gopay = { account_id: accountId, payment_option_token: metadata.payment_options[0].token }
  return (order_id: string, name = '') =>
    api.post(
      '/v2/charge',
      { payment_type: 'gopay', gopay, transaction_details: { order_id, gross_amount: 1_000 } },
      keyed(name).headers,
    )
}
