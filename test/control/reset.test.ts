import { expect, test } from 'vitest'
import { openInbox, payer, startEmulator } from '../../src/testkit/index.ts'
import { linkIn, openMerchant } from '../journeys/merchant.ts'
import { adminRequest } from './admin-request.ts'

const key = 'SB-Mid-server-reset'

test('a reset forgets accounts, payments, money, notifications and the clock', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(key)
  const merchant = await openMerchant(emulator.url, key)
  await admin.advance('30d')
  await admin.post('clock/freeze')
  await merchant.charge('order-1', 50_000)
  const link = linkIn(await merchant.charge('order-2', 150_000), 'verification-link-url')

  const { merchant_id } = (await admin.get('settings')) as { merchant_id: string }
  expect(await admin.post('reset')).toEqual({ sandbox: merchant_id, reset: true })
  expect(await merchant.status('order-1')).toMatchObject({ status_code: '404' })
  expect(await merchant.api.get(`/v2/pay/account/${merchant.accountId}`)).toMatchObject({ status_code: '404' })
  expect(await payer.walk(link)).toMatchObject({ status: 404, steps: [] })
  expect(await admin.get('notifications')).toEqual([])
  expect(await admin.get('ledger')).toEqual({ sum: 0, balances: {} })
  const clock = (await admin.get('clock')) as { mode: string; now: string; next_timer?: unknown }
  expect(clock.mode).toBe('running')
  expect(Math.abs(Date.parse(clock.now) - Date.now())).toBeLessThan(60_000)
  expect(clock.next_timer).toBeUndefined()
})

test('a reset keeps settings and rules, and rules count from the start', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(key)
  await admin.patch('settings', { merchant_id: 'G7', finish_redirect_url: 'https://shop.test/' })
  await admin.put('rules', [{ match: { operation: 'charge' }, outcome: 'deny:112', times: 'once' }])
  const first = await openMerchant(emulator.url, key)
  expect(await first.charge('order-1', 1_000)).toMatchObject({ status_code: '202', channel_response_code: '112' })

  await admin.post('reset')
  expect(await admin.get('settings')).toMatchObject({ merchant_id: 'G7', finish_redirect_url: 'https://shop.test/' })
  expect(await admin.get('rules')).toMatchObject([{ outcome: 'deny:112', times: 1, used: 0 }])
  const second = await openMerchant(emulator.url, key)
  expect(await second.balance()).toBe('8000000.00')
  expect(await second.charge('order-1', 1_000)).toMatchObject({ status_code: '202' })
  expect(await second.charge('order-1', 1_000)).toMatchObject({ status_code: '200' })
})

test('a reset of one merchant leaves the others alone', async () => {
  await using emulator = await startEmulator()
  const one = await openMerchant(emulator.url, key)
  const other = await openMerchant(emulator.url, 'SB-Mid-server-reset-other')
  await one.charge('order-1', 1_000)
  await other.charge('order-1', 2_000)
  await emulator.admin(key).post('reset')
  expect(await one.status('order-1')).toMatchObject({ status_code: '404' })
  expect(await other.status('order-1')).toMatchObject({ gross_amount: '2000.00' })
})

test('a reset while the clock is being advanced has the last word: time is the present', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const admin = emulator.admin(key)
  const merchant = await openMerchant(emulator.url, key)
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
  const { promise: held, resolve: release } = Promise.withResolvers<number>()
  inbox.answer(({ body }) => {
    if (body.transaction_status !== 'expire') return 200
    reach()
    return held
  })
  await merchant.charge('order-1', 150_000)
  const advanced = admin.advance('30d')
  advanced.catch(() => {})
  await reached
  await admin.post('reset')
  release(200)
  await expect(advanced).rejects.toThrow(/A reset, a restore or an import has come between/)

  const isPresent = async () => {
    const { mode, now } = (await admin.get('clock')) as { mode: string; now: string }
    expect(mode).toBe('running')
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000)
  }
  await isPresent()
  expect(await merchant.status('order-1')).toMatchObject({ status_code: '404' })
  expect(await admin.get('notifications')).toEqual([])
  const { now } = await admin.advance('1d')
  expect(Math.abs(Date.parse(now) - Date.now() - 86_400_000)).toBeLessThan(60_000)
})

test('a reset takes no GET', async () => {
  await using emulator = await startEmulator()
  expect(await adminRequest(emulator, 'reset', { key })).toMatchObject({
    status: 405,
    body: { status: 405, title: 'Another method', hint: expect.any(String) },
  })
})
