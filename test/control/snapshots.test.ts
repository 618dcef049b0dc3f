import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { admin as adminOf } from '../../src/client/admin.ts'
import { openInbox, payer, startEmulator, type TestEmulator } from '../../src/testkit/index.ts'
import { coreApi } from '../core-api.ts'
import { runCommand } from '../journeys/command.ts'
import { linkIn, type Merchant, merchantOf, openMerchant } from '../journeys/merchant.ts'
import { adminRequest, withoutNearMisses } from './admin-request.ts'

const key = 'SB-Mid-server-snapshots'
const start = '2031-05-06T07:00:00.000Z'

async function openShop(settings: Record<string, string> = {}) {
  const emulator = await startEmulator(settings)
  const admin = emulator.admin(key)
  await admin.freeze()
  await admin.post('clock/set', { to: start })
  const merchant = await openMerchant(emulator.url, key)
  const post = (path: string, body?: unknown) => adminRequest(emulator, path, { method: 'POST', key, body })
  return { emulator, admin, merchant, post, [Symbol.asyncDispose]: () => emulator.close() }
}

/** All that a tester and a merchant see. */
async function everything(emulator: TestEmulator, merchant: Merchant, orders: readonly string[]): Promise<unknown> {
  const nouns = [
    'clock',
    'clock/upcoming',
    'settings',
    'rules',
    'payers',
    'accounts',
    'transactions',
    'notifications',
    'ledger',
    'gate',
  ]
  const told = withoutNearMisses(await Promise.all(nouns.map((noun) => emulator.admin(key).get(noun))))
  return [told, await Promise.all(orders.map((order) => merchant.status(order))), await merchant.balance()]
}

test('a tester comes back to a moment: orders, money, clock, settings, rules and their counts, messages', async () => {
  await using inbox = await openInbox()
  await using shop = await openShop({ 'payment-notification-url': inbox.url, seed: '1' })
  const { admin, emulator, merchant } = shop
  const orders = ['paid', 'waiting', 'denied', 'later']
  inbox.answer(() => 503)
  await admin.put('rules', [{ match: { order_id: 'denied*' }, outcome: 'deny:112', times: 2 }])
  await merchant.charge('paid', 50_000)
  await merchant.charge('waiting', 150_000)
  await merchant.charge('denied', 1_000)
  await admin.advance('1m')
  await admin.post('gate/hold', { filter: { order_id: 'paid' } })
  await admin.snapshot('morning')
  const before = await everything(emulator, merchant, orders)

  const detour = async () => [
    await merchant.api.post('/v2/paid/refund', {}),
    await merchant.charge('denied-again', 1_000),
    await merchant.charge('later', 50_000),
    await merchant.status('waiting'),
  ]
  const first = await detour()
  await admin.patch('settings', { locale: 'en-EN', retry_shift: 'random' })
  await admin.post('gate/resume')
  await admin.advance('2d')
  await admin.speed(60)
  await admin.simulate('unlink', merchant.accountId)

  await admin.restore('morning')
  expect(await everything(emulator, merchant, orders)).toEqual(before)
  expect(await detour()).toEqual(first)
})

test('what is sent when the tester comes back to an earlier moment counts for nothing there', async () => {
  await using inbox = await openInbox()
  await using shop = await openShop({ 'payment-notification-url': inbox.url })
  const { admin, merchant } = shop
  inbox.answer(() => 503)
  await merchant.charge('order-1', 50_000)
  await admin.advance('0s')
  await admin.snapshot('tried-once')

  const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
  const { promise: held, resolve: release } = Promise.withResolvers<number>()
  inbox.answer(() => {
    reach()
    return held
  })
  const advancing = admin.advance('30d')
  advancing.catch(() => {})
  await reached
  await admin.restore('tried-once')
  release(200)
  await expect(advancing).rejects.toThrow(/A reset, a restore or an import has come between/)
  expect(await admin.get('clock')).toMatchObject({ mode: 'frozen', now: start })
  expect(await admin.get('notifications?event=transaction.*')).toMatchObject([
    { state: 'planned', deliveries: [{ attempts: [{ answer: 503 }] }] },
  ])
  inbox.answer(() => 200)
  expect((await admin.next()).happened).toMatchObject([{ attempt: 2, answer: 200 }])
})

test('a clock that ran goes on from the moment of the snapshot, as fast as then', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(key)
  await admin.post('clock/set', { to: start })
  await admin.speed(100_000)
  const taken = (await admin.post('snapshots', { name: 'running' })) as { now: string }
  await admin.speed(60)
  for (let detour = 0; detour < 30; detour++) await admin.post('clock/freeze')
  const before = performance.now()
  await admin.restore('running')
  const { mode, speed, now } = (await admin.get('clock')) as { mode: string; speed: number; now: string }
  expect([mode, speed]).toEqual(['running', 100_000])
  // What the detour took of real time does not count.
  const went = Date.parse(now) - Date.parse(taken.now)
  expect(went).toBeGreaterThanOrEqual(0)
  expect(went).toBeLessThanOrEqual((performance.now() - before + 5) * 100_000)
})

test('what is due at one time happens in the same order as without the detour', async () => {
  await using shop = await openShop()
  const { admin, merchant } = shop
  const ids: string[] = []
  for (const order of ['first', 'second', 'third']) ids.push((await merchant.charge(order, 150_000)).transaction_id)
  await admin.snapshot('waiting')
  await merchant.api.post('/v2/first/cancel')
  await admin.restore('waiting')
  const { happened } = await admin.advance('15m')
  const of = (kind: string) => happened.filter(({ what }) => what === kind)
  expect(of('verification').map(({ subject }) => subject)).toEqual(ids)
  expect(of('transaction').map(({ id }) => id)).toEqual(ids)
})

test('snapshots are listed, taken anew only on purpose, survive a reset, and are deleted', async () => {
  await using shop = await openShop()
  const { admin, post } = shop
  expect(await admin.get('snapshots')).toEqual([])
  const taken = await post('snapshots', { name: 'linked' })
  expect(taken).toMatchObject({ status: 200 })
  expect(taken.body).toEqual({ name: 'linked', now: start, accounts: 1, transactions: 0, notifications: 1 })
  await shop.merchant.charge('order-1', 1_000)
  expect(await post('snapshots', { name: 'linked' })).toMatchObject({
    status: 409,
    body: { title: 'The name is taken', hint: expect.stringContaining('replace') },
  })
  expect(await post('snapshots', { name: 'linked', replace: true })).toMatchObject({ body: { transactions: 1 } })
  await admin.post('reset')
  expect(await admin.get('snapshots')).toMatchObject([{ name: 'linked', transactions: 1 }])
  await admin.restore('linked')
  expect(await shop.merchant.status('order-1')).toMatchObject({ transaction_status: 'settlement' })
  expect(await admin.delete('snapshots/linked')).toMatchObject({ name: 'linked' })
  expect(await post('snapshots/linked/restore')).toMatchObject({ status: 404, body: { title: 'No such snapshot' } })
  expect(await adminRequest(shop.emulator, 'snapshots/linked', { method: 'DELETE', key })).toMatchObject({
    status: 404,
  })
})

test('a sandbox has at most twenty snapshots, of which one may be taken anew', async () => {
  await using shop = await openShop()
  for (let number = 1; number <= 20; number++) await shop.admin.snapshot(`number-${number}`)
  expect(await shop.post('snapshots', { name: 'one-more' })).toMatchObject({
    status: 409,
    body: { title: 'Too many snapshots', hint: expect.any(String) },
  })
  expect(await shop.post('snapshots', { name: 'number-7', replace: true })).toMatchObject({ status: 200 })
  const other = await adminRequest(shop.emulator, 'snapshots', {
    method: 'POST',
    key: `${key}-other`,
    body: { name: 'own' },
  })
  expect(other.status).toBe(200)
})

test.each([{}, { name: '' }, { name: 'a b' }, { name: 'a/b' }, { name: 'x'.repeat(101) }, { name: 5 }])(
  'no snapshot is taken for %j',
  async (body) => {
    await using emulator = await startEmulator()
    expect(await adminRequest(emulator, 'snapshots', { method: 'POST', key, body })).toMatchObject({ status: 400 })
  },
)

test('what was restored survives a kill; the snapshots do not', async () => {
  const data = await mkdtemp(join(tmpdir(), 'emulator-snapshots-'))
  try {
    await using first = runCommand(['--port', '0', '--data', data])
    const firstUrl = await first.ready
    const admin = adminOf(firstUrl, key)
    const merchant = await openMerchant(firstUrl, key)
    await admin.freeze()
    await merchant.charge('before', 50_000)
    const link = linkIn(await merchant.charge('waiting', 150_000), 'verification-link-url')
    await admin.snapshot('kept')
    await merchant.charge('after', 50_000)
    await admin.advance('2d')
    await admin.restore('kept')
    const ledger = await admin.get('ledger')
    const clock = await admin.get('clock')
    await first.end('SIGKILL')

    await using second = runCommand(['--port', '0', '--data', data])
    const url = await second.ready
    const after = merchantOf(coreApi(url, key), merchant.accountId)
    expect(await adminOf(url, key).get('ledger')).toEqual(ledger)
    expect(await adminOf(url, key).get('clock')).toEqual(clock)
    expect(await after.status('before')).toMatchObject({ transaction_status: 'settlement' })
    expect(await after.status('after')).toMatchObject({ status_code: '404' })
    expect(await adminOf(url, key).get('snapshots')).toEqual([])
    expect((await payer.walk(url + new URL(link).pathname)).returnedTo).toContain('result=success')
  } finally {
    await rm(data, { recursive: true })
  }
})
