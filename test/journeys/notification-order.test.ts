import { expect, test } from 'vitest'
import { openInbox, payer, startEmulator } from '../../src/testkit/index.ts'
import { openMerchant } from './merchant.ts'

const serverKey = 'SB-Mid-server-notification-order'

test('a merchant who answers slowly is still told of one order in order', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const merchant = await openMerchant(emulator.url, serverKey)
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  inbox.answer(async () => {
    await held
    return 200
  })
  const pending = await merchant.charge('order-1', 150_000)
  await payer.walk(pending.actions[0].url)
  for (const amount of [1_000, 2_000]) await merchant.api.post('/v2/order-1/refund', { amount })
  await merchant.api.post('/v2/order-1/refund')
  expect(inbox.received.length).toBeLessThanOrEqual(1)
  release()
  expect((await inbox.waitFor(5)).map(({ body }) => body.transaction_status)).toEqual([
    'pending',
    'settlement',
    'partial_refund',
    'partial_refund',
    'refund',
  ])
})

test('a merchant who does not answer for one order is told of others all the same', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const merchant = await openMerchant(emulator.url, serverKey)
  inbox.answer(({ body }) => (body.order_id === 'stuck' ? new Promise(() => {}) : 200))
  for (const order of ['stuck', 'a', 'b', 'c']) await merchant.charge(order, 1_000)
  const told = (await inbox.waitFor(4)).map(({ body }) => body.order_id)
  expect(new Set(told)).toEqual(new Set(['stuck', 'a', 'b', 'c']))
})

test('a refused request is not told', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const merchant = await openMerchant(emulator.url, serverKey)
  await merchant.charge('order-1', 50_000)
  await merchant.charge('order-1', 50_000)
  await merchant.charge('order-2', 50_000, { gopay: { payment_option_token: 'of somebody else' } })
  await merchant.api.post('/v2/order-1/cancel')
  await merchant.charge('order-3', 1_000)
  expect((await inbox.waitFor(2)).map(({ body }) => body.order_id)).toEqual(['order-1', 'order-3'])
})

test('a body is frozen when the payment happens: settings that change later do not alter what is tried again', async () => {
  await using inbox = await openInbox()
  await using elsewhere = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const admin = emulator.admin(serverKey)
  const merchant = await openMerchant(emulator.url, serverKey)
  await admin.post('clock/freeze')
  inbox.answer(() => 503)
  await merchant.charge('order-1', 150_000)
  await inbox.waitFor(1)
  await merchant.api.post('/v2/order-1/cancel')
  await admin.patch('settings', { merchant_id: 'CHANGED', payment_notification_url: elsewhere.url })
  inbox.answer(() => 200)
  await admin.advance('2m')

  const pending = inbox.received.filter(({ body }) => body.transaction_status === 'pending')
  expect(pending).toHaveLength(2)
  expect(pending[1]?.text).toBe(pending[0]?.text)
  expect(elsewhere.received).toEqual([])
  await merchant.charge('order-2', 50_000)
  expect((await elsewhere.waitFor(1))[0]?.body).toMatchObject({ order_id: 'order-2', merchant_id: 'CHANGED' })
})
