import { expect, test } from 'vitest'
import { startEmulator } from '../../src/testkit/index.ts'
import { openMerchant } from '../journeys/merchant.ts'
import { adminRequest } from './admin-request.ts'

const key = 'SB-Mid-server-clock'
const at = '2031-05-06T07:08:09.000Z'

test('a fresh clock runs with real time', async () => {
  await using emulator = await startEmulator()
  const before = Date.now()
  const { status, body } = await adminRequest(emulator, 'clock', { key })
  expect(status).toBe(200)
  expect(body.mode).toBe('running')
  expect(Date.parse(body.now)).toBeGreaterThanOrEqual(before)
  expect(Date.parse(body.now)).toBeLessThanOrEqual(Date.now())
  expect(body).not.toHaveProperty('next_timer')
})

test('a frozen clock stands still, and shows it on what the merchant does', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(key)
  await admin.post('clock/set', { to: at })
  const merchant = await openMerchant(emulator.url, key)
  const frozen = (await admin.post('clock/freeze')) as { now: string; mode: string; midtrans_time: string }
  expect(frozen.mode).toBe('frozen')
  const charges = [await merchant.charge('a', 1_000), await merchant.charge('b', 1_000)]
  expect(charges.map(({ transaction_time }) => transaction_time)).toEqual([frozen.midtrans_time, frozen.midtrans_time])
  expect(await admin.get('clock')).toMatchObject({ mode: 'frozen', now: frozen.now })
})

test('a clock that is resumed goes on from where it stood', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(key)
  await admin.post('clock/freeze')
  await admin.post('clock/set', { to: at })
  const { mode, now } = (await admin.post('clock/resume')) as { mode: string; now: string }
  expect(mode).toBe('running')
  expect(Date.parse(now) - Date.parse(at)).toBeGreaterThanOrEqual(0)
  expect(Date.parse(now) - Date.parse(at)).toBeLessThan(60_000)
})

test.each([
  ['250ms', 250],
  ['90s', 90_000],
  ['5m', 300_000],
  ['6h', 21_600_000],
  ['2d', 172_800_000],
  ['PT5M', 300_000],
  ['PT1H30M', 5_400_000],
  ['P1DT12H', 129_600_000],
  ['P2W', 1_209_600_000],
  ['0s', 0],
])('the clock advances by %s', async (by, ms) => {
  await using emulator = await startEmulator()
  await emulator.admin(key).post('clock/freeze')
  const before = await adminRequest(emulator, 'clock', { key })
  const { status, body } = await adminRequest(emulator, 'clock/advance', { method: 'POST', key, body: { by } })
  expect(status).toBe(200)
  expect(Date.parse(body.now) - Date.parse(before.body.now)).toBe(ms)
  expect(body).toMatchObject({ happened: [], omitted: 0, mode: 'frozen' })
})

test.each([
  { by: '5' },
  { by: '5 minutes' },
  { by: '-5m' },
  { by: '1.5h' },
  { by: 'P1M' },
  { by: 'P' },
  { by: 'PT' },
  { by: 'P1DT' },
  { by: '' },
  { by: '11000d' },
  { by: 5 },
  { by: null },
  {},
  { by: '5m', more: true },
  '[]',
  'not json',
])('%j is no duration, and moves nothing', async (body) => {
  await using emulator = await startEmulator()
  await emulator.admin(key).post('clock/freeze')
  const before = await adminRequest(emulator, 'clock', { key })
  const answer = await adminRequest(emulator, 'clock/advance', { method: 'POST', key, body })
  expect(answer).toMatchObject({ status: 400, body: { type: 'about:blank', status: 400 } })
  expect(answer.type).toContain('application/problem+json')
  expect(answer.body.detail).not.toBe('')
  expect((await adminRequest(emulator, 'clock', { key })).body.now).toBe(before.body.now)
})

test('advance without a body says what it expects', async () => {
  await using emulator = await startEmulator()
  expect(await adminRequest(emulator, 'clock/advance', { method: 'POST', key })).toMatchObject({ status: 400 })
})

test.each([
  '2031-05-06T07:08:09Z',
  '2031-05-06T14:08:09+07:00',
  '2031-05-06T07:08:09.000Z',
  '2031-05-06 14:08:09 +0700',
])('the clock is set forward to %s', async (to) => {
  await using emulator = await startEmulator()
  await emulator.admin(key).post('clock/freeze')
  expect(await adminRequest(emulator, 'clock/set', { method: 'POST', key, body: { to } })).toMatchObject({
    status: 200,
    body: { now: at, midtrans_time: '2031-05-06 14:08:09', happened: [] },
  })
})

test.each(['2031-05-06', '2031-05-06T07:08:09', 'tomorrow', '', '2031-13-06T07:08:09Z', '2099-01-01T00:00:00Z'])(
  'the clock is not set to %j',
  async (to) => {
    await using emulator = await startEmulator()
    expect(await adminRequest(emulator, 'clock/set', { method: 'POST', key, body: { to } })).toMatchObject({
      status: 400,
      body: { status: 400, detail: expect.stringContaining('to') },
    })
  },
)

test('what is due happens when the clock is set forward over it', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(key)
  const merchant = await openMerchant(emulator.url, key)
  await merchant.charge('order-1', 150_000)
  const { next_timer } = (await admin.get('clock')) as { next_timer: { kind: string; due_at: string } }
  expect(next_timer.kind).toBe('verification-expiry')
  const { happened } = (await admin.post('clock/set', { to: at })) as { happened: { to?: string }[] }
  expect(happened.map(({ to }) => to)).toEqual(['expired', 'expire'])
})

test('the clock of an empty sandbox may be set back; after a link it only goes forward', async () => {
  await using emulator = await startEmulator()
  const set = (to: string) => adminRequest(emulator, 'clock/set', { method: 'POST', key, body: { to } })
  expect(await set('2016-06-28T00:00:00Z')).toMatchObject({ status: 200, body: { happened: [], omitted: 0 } })
  const merchant = await openMerchant(emulator.url, key)
  expect((await merchant.charge('order-1', 1_000)).transaction_time).toMatch(/^2016-06-28 07:0/)

  expect(await set('2015-01-01T00:00:00Z')).toMatchObject({
    status: 409,
    body: { title: 'The clock only goes forward', hint: expect.stringContaining('reset') },
  })
  await emulator.admin(key).post('reset')
  expect(await set('2015-01-01T00:00:00Z')).toMatchObject({ status: 200 })
})

test('of two that advance the same clock at once, one is refused', async () => {
  await using emulator = await startEmulator()
  await emulator.admin(key).post('clock/freeze')
  const answers = await Promise.all(
    [1, 2].map(() => adminRequest(emulator, 'clock/advance', { method: 'POST', key, body: { by: '1d' } })),
  )
  const statuses = answers.map(({ status }) => status).toSorted()
  // The first may be done before the second comes.
  expect([
    [200, 200],
    [200, 409],
  ]).toContainEqual(statuses)
})
