import { expect, test } from 'vitest'
import { openInbox, startEmulator } from '../../src/testkit/index.ts'
import { coreApi } from '../core-api.ts'
import { visit } from './browser.ts'
import { happyPayer, linkIn, openMerchant } from './merchant.ts'

const serverKey = 'SB-Mid-server-expiry'
const threeDays = { custom_expiry: { expiry_duration: 3, unit: 'day' } }

test('a link that nobody finishes expires after fifteen minutes, and the merchant is not told', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'pay-account-notification-url': inbox.url })
  const admin = emulator.admin(serverKey)
  await admin.post('clock/freeze')
  const api = coreApi(emulator.url, serverKey)
  const { account_id } = await api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner: happyPayer })

  await admin.advance('14m')
  await admin.advance('59s')
  expect(await api.get(`/v2/pay/account/${account_id}`)).toMatchObject({
    status_code: '201',
    account_status: 'PENDING',
  })
  const { happened } = await admin.advance('1s')
  expect(happened).toMatchObject([{ what: 'account', id: account_id, from: 'PENDING', to: 'EXPIRED' }])
  expect(await api.get(`/v2/pay/account/${account_id}`)).toMatchObject({
    status_code: '204',
    account_status: 'EXPIRED',
  })
  expect(await admin.get('notifications')).toEqual([])
  expect(inbox.received).toEqual([])
})

test('a linked account does not expire', async () => {
  await using emulator = await startEmulator()
  const { api, accountId } = await openMerchant(emulator.url, serverKey)
  await emulator.admin(serverKey).advance('365d')
  expect(await api.get(`/v2/pay/account/${accountId}`)).toMatchObject({ account_status: 'ENABLED' })
})

test('an authorization expires after fifteen minutes: the hold is released, and the merchant is told', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const admin = emulator.admin(serverKey)
  const merchant = await openMerchant(emulator.url, serverKey)
  await admin.post('clock/freeze')
  const { transaction_id } = await merchant.charge('order-1', 100_000, { gopay: { pre_auth: true } })
  expect(await merchant.balance()).toBe('7900000.00')

  await admin.advance('14m')
  await admin.advance('59s')
  expect(await merchant.status('order-1')).toMatchObject({ transaction_status: 'authorize' })
  await admin.advance('1s')
  expect(await merchant.status('order-1')).toMatchObject({ status_code: '407', transaction_status: 'expire' })
  expect(await merchant.balance()).toBe('8000000.00')

  const told = inbox.received.map(({ body }) => [body.status_code, body.transaction_status])
  expect(told).toEqual([
    ['200', 'authorize'],
    ['202', 'expire'],
  ])
  expect(inbox.received.every((each) => inbox.isSigned(each, serverKey))).toBe(true)
  expect(await merchant.api.post('/v2/capture', { transaction_id })).toMatchObject({ status_code: '412' })
})

test('an authorization that was captured does not expire', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  const { transaction_id } = await merchant.charge('order-1', 100_000, { gopay: { pre_auth: true } })
  await merchant.api.post('/v2/capture', { transaction_id })
  await emulator.admin(serverKey).advance('1d')
  expect(await merchant.status('order-1')).toMatchObject({ transaction_status: 'settlement' })
  expect(await merchant.balance()).toBe('7900000.00')
})

test('custom_expiry moves the end of an authorization', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(serverKey)
  const merchant = await openMerchant(emulator.url, serverKey)
  await merchant.charge('order-1', 100_000, { gopay: { pre_auth: true }, body: threeDays })
  await admin.advance('2d')
  expect(await merchant.status('order-1')).toMatchObject({ transaction_status: 'authorize' })
  await admin.advance('1d')
  expect(await merchant.status('order-1')).toMatchObject({ transaction_status: 'expire' })
})

test('a pending payment expires at its own time within one long jump, and is told of at that time', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const admin = emulator.admin(serverKey)
  const merchant = await openMerchant(emulator.url, serverKey)
  await admin.post('clock/freeze')
  const { now } = (await admin.get('clock')) as { now: string }
  const after = (ms: number) => new Date(Date.parse(now) + ms).toISOString()
  await merchant.charge('far', 150_000, { body: threeDays })
  await merchant.charge('near', 150_000)
  await admin.advance('0s')

  const { happened } = await admin.advance('30d')
  const fiveMinutes = after(5 * 60_000)
  const quarter = after(15 * 60_000)
  const threeDaysOn = after(3 * 86_400_000)
  expect(
    happened.map(({ what, at, order_id, reference, to, status }) => [what, at, order_id ?? reference, to ?? status]),
  ).toEqual([
    ['verification', fiveMinutes, undefined, 'expired'],
    ['verification', fiveMinutes, undefined, 'expired'],
    ['transaction', quarter, 'near', 'expire'],
    ['notification', quarter, 'near', 'delivered'],
    ['transaction', threeDaysOn, 'far', 'expire'],
    ['notification', threeDaysOn, 'far', 'delivered'],
  ])
  const told = inbox.received.filter(({ body }) => body.transaction_status === 'expire')
  expect(told.map(({ body }) => [body.order_id, body.status_code])).toEqual([
    ['near', '202'],
    ['far', '202'],
  ])
  const [latest] = (await admin.get('notifications?reference=far')) as { created_at: string }[]
  expect(latest?.created_at).toBe(threeDaysOn)
})

test('a payment whose own time is shorter than the link closes the page with it', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  const body = { custom_expiry: { expiry_duration: 1, unit: 'minute' } }
  const link = linkIn(await merchant.charge('order-1', 150_000, { body }), 'verification-link-url')
  await emulator.admin(serverKey).advance('1m')
  expect(await merchant.status('order-1')).toMatchObject({ transaction_status: 'expire' })
  expect(await visit(link)).toMatchObject({ status: 410, ending: 'expired' })
})

test('an order_id is free again once its payment has expired', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  await merchant.charge('order-1', 150_000)
  expect(await merchant.charge('order-1', 50_000)).toMatchObject({ status_code: '406' })
  await emulator.admin(serverKey).advance('15m')
  expect(await merchant.charge('order-1', 50_000)).toMatchObject({ status_code: '200' })
  expect(await merchant.status('order-1')).toMatchObject({ gross_amount: '50000.00' })
})
