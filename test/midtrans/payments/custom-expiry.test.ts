import { expect, test } from 'vitest'
import { emulatorOfFile, newShop, refusedBecause, type Shop } from '../merchant.ts'

const emulator = await emulatorOfFile()

/** A shop whose clock stands at noon of 2026-12-01, Jakarta. */
async function frozenShop(): Promise<Shop> {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  await shop.admin.post('clock/set', { to: '2026-12-01T12:00:00+07:00' })
  return shop
}
const custom = (custom_expiry: object) => ({ more: { custom_expiry } })

// facts.md, section 3, custom_expiry; section 12: above the maximum of 7 days it is trimmed.
test.each([
  [{ expiry_duration: 20, unit: 'second' }, '2026-12-01 12:00:20'],
  [{ expiry_duration: 1 }, '2026-12-01 12:01:00'],
  [{ expiry_duration: 90, unit: 'minute' }, '2026-12-01 13:30:00'],
  [{ expiry_duration: 2, unit: 'hour' }, '2026-12-01 14:00:00'],
  [{ expiry_duration: 7, unit: 'day' }, '2026-12-08 12:00:00'],
  [{ expiry_duration: 8, unit: 'day' }, '2026-12-08 12:00:00'],
  [{ expiry_duration: 365, unit: 'day' }, '2026-12-08 12:00:00'],
  [{ order_time: '2026-12-01 11:50:00 +0700', expiry_duration: 15 }, '2026-12-01 12:05:00'],
  [{ order_time: '2026-12-01 04:50:00 +0000', expiry_duration: 15 }, '2026-12-01 12:05:00'],
  [{ order_time: '2026-12-01 12:10:00 +0700', expiry_duration: 15 }, '2026-12-01 12:25:00'],
])('custom_expiry %j ends at %s', async (custom_expiry, expiry_time) => {
  const shop = await frozenShop()
  const charged = await shop.charge('order-1', 150_000, custom(custom_expiry))
  expect(charged).toMatchObject({ status_code: '201', transaction_time: '2026-12-01 12:00:00', expiry_time })
  expect(await shop.status('order-1')).toMatchObject({ expiry_time })
  expect(await shop.told('order-1')).toMatchObject([{ expiry_time }])
})

test('without custom_expiry a payment ends after 15 minutes', async () => {
  const shop = await frozenShop()
  expect(await shop.charge('order-1', 150_000)).toMatchObject({ expiry_time: '2026-12-01 12:15:00' })
})

test.each([
  { expiry_duration: 19, unit: 'second' },
  { expiry_duration: 1, unit: 'second' },
  { order_time: '2026-12-01 11:00:00 +0700', expiry_duration: 15 },
  { order_time: '2026-12-01 11:45:19 +0700', expiry_duration: 15 },
])('custom_expiry %j is below the minimum of 20 seconds', async (custom_expiry) => {
  const shop = await frozenShop()
  expect(await shop.charge('order-1', 150_000, custom(custom_expiry))).toMatchObject(
    refusedBecause('custom_expiry is below minimum threshold'),
  )
  expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
})

test.each([
  { expiry_duration: 0 },
  { expiry_duration: -5 },
  { expiry_duration: 1.5 },
  { expiry_duration: 'soon' },
  { expiry_duration: 15, unit: 'week' },
  { expiry_duration: 15, order_time: '2026-12-01T12:00:00Z' },
  { expiry_duration: 15, order_time: '2026-12-01 12:00:00' },
  { expiry_duration: 15, order_time: '2026-13-01 12:00:00 +0700' },
])('custom_expiry %j cannot be understood', async (custom_expiry) => {
  const shop = await frozenShop()
  const answer = await shop.charge('order-1', 150_000, custom(custom_expiry))
  expect(answer).toMatchObject({ httpStatus: 400, status_code: '400' })
  expect(answer.validation_messages).toEqual([expect.stringMatching(/^custom_expiry/)])
})

test('the payment expires at that time, and not a second before', async () => {
  const shop = await frozenShop()
  await shop.charge('order-1', 150_000, custom({ expiry_duration: 30, unit: 'second' }))
  await shop.admin.advance('29s')
  expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'pending' })
  await shop.admin.advance('1s')
  expect(await shop.status('order-1')).toMatchObject({ status_code: '407' })
})

// facts.md, A.6: custom_expiry changes how long the money is reserved.
test('a reservation lasts as long as custom_expiry says', async () => {
  const shop = await frozenShop()
  const over = { gopay: { pre_auth: true }, ...custom({ expiry_duration: 2, unit: 'day' }) }
  await shop.charge('order-1', 100_000, over)
  await shop.admin.advance('47h')
  expect(await shop.balance()).toBe('7900000.00')
  await shop.admin.advance('1h')
  expect(await shop.balance()).toBe('8000000.00')
  expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'expire' })
})

// design.md, trap 2: a timer runs at its own due time, also inside one long jump.
test('in one long jump each payment expires at its own time', async () => {
  const shop = await frozenShop()
  await shop.charge('late', 150_000, custom({ expiry_duration: 2, unit: 'hour' }))
  await shop.charge('early', 150_000, custom({ expiry_duration: 1, unit: 'hour' }))
  const { happened } = await shop.admin.advance('30d')
  const expired = happened.filter(({ what, to }) => what === 'transaction' && to === 'expire')
  expect(expired.map(({ order_id, at }) => [order_id, at])).toEqual([
    ['early', '2026-12-01T06:00:00.000Z'],
    ['late', '2026-12-01T07:00:00.000Z'],
  ])
})
