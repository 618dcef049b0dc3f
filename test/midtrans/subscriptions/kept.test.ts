import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { admin as adminOf } from '../../../src/client/admin.ts'
import { openInbox, startEmulator } from '../../../src/testkit/index.ts'
import { coreApi, linkAccount } from '../../core-api.ts'
import { runCommand } from '../../journeys/command.ts'
import { emulatorOfFile, happyPayer } from '../merchant.ts'
import { openShop } from './subscriber.ts'

const key = 'SB-Mid-server-subscriptions-kept'
const root = await mkdtemp(join(tmpdir(), 'emulator-subscriptions-'))
afterAll(() => rm(root, { recursive: true }))
const emulator = await emulatorOfFile()

/** A sandbox of this key with a frozen clock and a monthly subscription; the first charge was denied. */
async function tell(url: string) {
  const [admin, api] = [adminOf(url, key), coreApi(url, key)]
  await admin.freeze()
  await admin.post('clock/set', { to: '2026-01-10T08:00:00+07:00' })
  const account_id = await linkAccount(api, happyPayer)
  const { metadata } = await api.get(`/v2/pay/account/${account_id}`)
  const { id } = await api.post('/v1/subscriptions', {
    name: 'kept',
    amount: '20000',
    currency: 'IDR',
    payment_type: 'gopay',
    token: metadata.payment_options[0].token,
    schedule: { interval: 1, interval_unit: 'month' },
    gopay: { account_id },
  })
  await admin.rules([{ match: { operation: 'charge', nth: 1 }, outcome: 'deny' }])
  await admin.post('clock/set', { to: '2026-02-10T08:30:00+07:00' })
  return id as string
}

/** What becomes of it until the end of May. */
async function goOn(url: string, id: string) {
  const [admin, api] = [adminOf(url, key), coreApi(url, key)]
  await admin.post('clock/set', { to: '2026-05-31T00:00:00+07:00' })
  const subscription = await api.get(`/v1/subscriptions/${id}`)
  const orders = await Promise.all(subscription.transaction_ids.map((each: string) => api.get(`/v2/${each}/status`)))
  return {
    subscription,
    payments: orders.map(({ transaction_time, transaction_status }) => `${transaction_time} ${transaction_status}`),
    orders: orders.map(({ order_id }) => order_id as string),
  }
}

const untilMay = [
  '2026-02-10 08:00:00 deny',
  '2026-02-10 09:00:00 settlement',
  '2026-03-10 08:00:00 settlement',
  '2026-04-10 08:00:00 settlement',
  '2026-05-10 08:00:00 settlement',
]

test.each(['SIGKILL', 'SIGTERM'] as const)(
  'after %s and a new start its retry and its charges come as planned',
  async (signal) => {
    const start = () => runCommand(['--port', '0', '--data', join(root, signal)])
    await using first = start()
    const id = await tell(await first.ready)
    const before = await coreApi(await first.ready, key).get(`/v1/subscriptions/${id}`)
    await first.end(signal)
    await using second = start()
    const url = await second.ready
    expect(await coreApi(url, key).get(`/v1/subscriptions/${id}`)).toEqual(before)
    expect((await adminOf(url, key).upcoming()).upcoming).toMatchObject([
      { timer: 'subscription-retry', due_at: '2026-02-10T02:00:00.000Z', subscription_id: id },
    ])
    expect((await goOn(url, id)).payments).toEqual(untilMay)
  },
)

test('with one seed two runs have the same ids and order_ids; with another one others', async () => {
  const runs = []
  for (const seed of ['1', '1', '2']) {
    await using seeded = await startEmulator({ seed })
    runs.push(await goOn(seeded.url, await tell(seeded.url)))
  }
  const [first, second, other] = runs
  expect(second).toEqual(first)
  expect(first?.orders.every((order) => /^kept\d{32}$/.test(order))).toBe(true)
  expect(new Set([...(first?.orders ?? []), ...(other?.orders ?? [])]).size).toBe(10)
})

test('one that begins on the last day that a time can name goes to another emulator, too', async () => {
  const shop = await openShop(emulator)
  const start_time = '9999-12-31 23:59:59 +0700'
  const { id } = await shop.subscribe({ schedule: { interval: 9_999, interval_unit: 'month', start_time } })
  const file = await shop.admin.get('export')
  await shop.admin.post('import', file)
  expect(await shop.subscription(id)).toMatchObject({ schedule: { start_time: '9999-12-31 23:59:59' } })
})

test('it goes to another emulator as a file, and is charged there', async () => {
  await using here = await startEmulator()
  await using there = await startEmulator()
  const id = await tell(here.url)
  const file = await here.admin(key).get('export')
  await there.admin(key).post('import', file)
  expect((await goOn(there.url, id)).payments).toEqual(untilMay)
})

test.each([
  ['charges', 'many', /charges: found "many", expected a number/],
  ['token', 7, /token: found 7, expected a text/],
  ['nextAt', 'soon', /nextAt: found "soon"/],
])('a file whose subscription has a wrong %s is refused', async (field, value, words) => {
  await using here = await startEmulator()
  await tell(here.url)
  const file = (await here.admin(key).get('export')) as {
    sandboxes: { records: Record<string, Record<string, unknown>[]> }[]
  }
  Object.assign(file.sandboxes[0]?.records.subscriptions?.[0] ?? {}, { [field]: value })
  await expect(here.admin(key).post('import', file)).rejects.toThrow(words)
})

test('a fork is charged by itself, and is told so in its own name', async () => {
  await using here = await startEmulator()
  const id = await tell(here.url)
  await here.admin(key).patch('settings', { merchant_id: 'OWN' })
  await goOn(here.url, id)
  const fork = await here.admin(key).fork('SB-Mid-server-subscriptions-fork')
  const { merchant_id } = (await fork.get('settings')) as { merchant_id: string }
  await fork.advance('30d')
  const told = await fork.get(`notifications?reference=${id}&event=subscription.charge`)
  const names = (told as { body: { subscription: { merchant_id: string } } }[]).map(({ body }) => body.subscription)
  expect(names.map((each) => each.merchant_id)).toEqual(Array(5).fill(merchant_id))
  expect(merchant_id).not.toBe('OWN')
})

test('after a reset nothing of it is left', async () => {
  const shop = await openShop(emulator)
  const { id } = await shop.subscribe()
  await shop.admin.post('reset')
  expect(await shop.admin.upcoming()).toMatchObject({ total: 0 })
  expect(await shop.subscription(id)).toMatchObject({ httpStatus: 404 })
})

// Issue 8, "Done when".
test('a monthly subscription goes through 24 months with two failures in between, told of step by step, in no time', async () => {
  await using inbox = await openInbox()
  const shop = await openShop(emulator)
  const { url } = inbox
  await shop.admin.patch('settings', { payment_notification_url: url, recurring_notification_url: url })
  await shop.admin.rules([
    { match: { operation: 'charge', nth: 5 }, outcome: 'deny' },
    { match: { operation: 'charge', nth: 13 }, outcome: 'gopay:1703' },
  ])
  const { id } = await shop.subscribe({ schedule: { interval: 1, interval_unit: 'month', max_interval: 24 } })
  const begun = performance.now()
  await shop.admin.advance('731d')
  const tookMs = performance.now() - begun
  expect(await shop.subscription(id)).toMatchObject({ status: 'inactive', schedule: { current_interval: 24 } })
  expect(await shop.balance()).toBe('7520000.00')
  // One of its creation; of the 25 payments one each, of the 24 cycles one each: the refused try left no payment.
  expect(inbox.received).toHaveLength(1 + 25 + 24)
  // A second on a machine that has nothing else to do.
  expect(tookMs).toBeLessThan(5_000)
})
