import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Admin, admin as adminOf } from '../../src/client/admin.ts'
import { openInbox, payer } from '../../src/testkit/index.ts'
import { withoutNearMisses } from '../control/admin-request.ts'
import { coreApi } from '../core-api.ts'
import { runCommand } from './command.ts'
import { linkIn, merchantOf, openMerchant } from './merchant.ts'

const key = 'SB-Mid-server-restart'
const otherKey = 'SB-Mid-server-restart-other'
const root = await mkdtemp(join(tmpdir(), 'emulator-restart-'))
afterAll(() => rm(root, { recursive: true }))

let folders = 0
const newFolder = () => join(root, String(++folders))
const start = (data: string) => runCommand(['--port', '0', '--data', data])
const moved = (link: string, url: string) => url + new URL(link).pathname

/** All that a merchant can see of a sandbox, but for the balance. */
const everything = async (admin: Admin) => ({
  clock: await admin.get('clock'),
  rules: withoutNearMisses(await admin.get('rules')),
  settings: await admin.get('settings'),
  notifications: await admin.get('notifications'),
  ledger: await admin.get('ledger'),
})

test.each(['SIGKILL', 'SIGTERM'] as const)('after %s and a new start everything is as it was', async (signal) => {
  await using inbox = await openInbox()
  const data = newFolder()
  await using first = start(data)
  const firstUrl = await first.ready
  const admin = adminOf(firstUrl, key)
  await admin.patch('settings', { merchant_id: 'KEPT', payment_notification_url: inbox.url, locale: 'en-EN' })
  await admin.put('rules', [{ match: { order_id: 'denied' }, outcome: 'deny:112', times: 2 }])
  const merchant = await openMerchant(firstUrl, key)
  await admin.advance('40d')
  await admin.post('clock/freeze')

  inbox.answer(() => 503)
  await merchant.charge('paid', 50_000)
  await merchant.charge('denied', 1_000)
  const authorized = await merchant.charge('authorized', 100_000, { gopay: { pre_auth: true } })
  const waiting = linkIn(await merchant.charge('waiting', 150_000), 'verification-link-url')
  await merchant.charge('lapsing', 150_000)
  await admin.advance('0s')
  expect(inbox.received).toHaveLength(5)
  const other = await openMerchant(firstUrl, otherKey)
  await other.charge('paid', 2_000)
  const orders = ['paid', 'denied', 'authorized', 'waiting', 'lapsing']
  const statusesBefore = await Promise.all(orders.map((order) => merchant.status(order)))
  const before = await everything(admin)
  await first.end(signal)

  await using second = start(data)
  const url = await second.ready
  const adminAfter = adminOf(url, key)
  expect(await everything(adminAfter)).toEqual(before)
  const after = merchantOf(coreApi(url, key), merchant.accountId)
  expect(await Promise.all(orders.map((order) => after.status(order)))).toEqual(statusesBefore)
  expect(await after.balance()).toBe('7850000.00')
  const otherAfter = merchantOf(coreApi(url, otherKey), other.accountId)
  expect(await otherAfter.status('paid')).toMatchObject({ gross_amount: '2000.00', transaction_status: 'settlement' })
  expect(await otherAfter.balance()).toBe('7998000.00')

  inbox.answer(() => 200)
  await adminAfter.advance('2m')
  expect(inbox.received.slice(5).map(({ text }) => text)).toEqual(inbox.received.slice(0, 5).map(({ text }) => text))
  expect((await payer.walk(moved(waiting, url))).returnedTo).toContain('order_id=waiting&result=success')
  const { transaction_id } = authorized
  expect(await after.api.post('/v2/capture', { transaction_id })).toMatchObject({ transaction_status: 'settlement' })
  expect(await after.charge('denied', 1_000)).toMatchObject({ status_code: '202', channel_response_code: '112' })
  expect(await after.charge('denied', 1_000)).toMatchObject({ status_code: '200' })
  await adminAfter.advance('13m')
  expect(await after.status('lapsing')).toMatchObject({ status_code: '407', transaction_status: 'expire' })
  expect(await coreApi(url, 'SB-Mid-server-restart-new').get('/v2/paid/status')).toMatchObject({ status_code: '404' })
  expect(await second.end('SIGTERM')).toMatchObject({ code: 0, stderr: '' })
})

test('a kill in the middle of many charges loses none that was answered, and leaves the money whole', async () => {
  const data = newFolder()
  await using first = start(data)
  const url = await first.ready
  const merchant = await openMerchant(url, key)
  const account = await merchant.api.get(`/v2/pay/account/${merchant.accountId}`)
  const gopay = { account_id: merchant.accountId, payment_option_token: account.metadata.payment_options[0].token }
  const answered = new Map<string, { transaction_id: string; transaction_status: string }>()
  const { promise: enough, resolve: isEnough } = Promise.withResolvers<void>()
  const chargeInTurn = async (lane: number) => {
    for (let turn = 0; turn < 25; turn++) {
      const order_id = `order-${lane}-${turn}`
      const transaction_details = { order_id, gross_amount: turn % 5 === 0 ? 150_000 : 1_000 }
      const answer = await merchant.api.post('/v2/charge', { payment_type: 'gopay', gopay, transaction_details })
      answered.set(order_id, answer)
      if (answered.size === 60) isEnough()
    }
  }
  const lanes = Promise.allSettled(Array.from({ length: 8 }, (_, lane) => chargeInTurn(lane)))
  await enough
  await first.end('SIGKILL')
  const ends = await lanes
  expect(ends.some(({ status }) => status === 'rejected')).toBe(true)
  expect(answered.size).toBeGreaterThanOrEqual(60)

  await using second = start(data)
  const secondUrl = await second.ready
  const after = merchantOf(coreApi(secondUrl, key), merchant.accountId)
  for (const [orderId, { transaction_id, transaction_status }] of answered) {
    expect(await after.status(orderId), orderId).toMatchObject({ transaction_id, transaction_status })
  }
  const { sum, balances } = (await adminOf(secondUrl, key).get('ledger')) as {
    sum: number
    balances: Record<string, number>
  }
  expect(sum).toBe(0)
  const paid = [...answered.values()].filter((answer) => answer.transaction_status === 'settlement').length
  // What was under way may have been kept or not, but never more than one payment in each lane.
  expect(balances.merchant).toBeGreaterThanOrEqual(paid * 1_000)
  expect(balances.merchant).toBeLessThanOrEqual((paid + 8) * 1_000)
  expect(await after.balance()).toBe(`${8_000_000 - (balances.merchant ?? 0)}.00`)
  expect(await after.charge('one-more', 1_000)).toMatchObject({ status_code: '200' })
})

test('a notification that was under way when the process was killed is sent again', async () => {
  await using inbox = await openInbox()
  const data = newFolder()
  await using first = start(data)
  const url = await first.ready
  await adminOf(url, key).patch('settings', { payment_notification_url: inbox.url })
  inbox.answer(() => new Promise<number>(() => {}))
  const merchant = await openMerchant(url, key)
  await merchant.charge('order-1', 50_000)
  await merchant.charge('order-2', 50_000)
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
  inbox.answer(async () => {
    reach()
    return 200
  })
  await first.end('SIGKILL')
  const before = inbox.received.length

  await using second = start(data)
  await second.ready
  await reached
  const again = (await inbox.waitFor(before + 2)).slice(before)
  // Different orders go side by side.
  expect(again.map(({ body }) => body.order_id).toSorted()).toEqual(['order-1', 'order-2'])
})
