import { expect, test } from 'vitest'
import { openInbox, payer, startEmulator, type TestEmulator } from '../../src/testkit/index.ts'
import { coreApi } from '../core-api.ts'
import { linkIn, merchantOf, openMerchant } from '../journeys/merchant.ts'
import { adminRequest } from './admin-request.ts'

const [key, forkKey] = ['SB-Mid-server-forked', 'SB-Mid-server-fork']
const start = '2031-05-06T07:00:00.000Z'

async function openShop(settings: Record<string, string> = {}) {
  const emulator = await startEmulator(settings)
  const admin = emulator.admin(key)
  await admin.freeze()
  await admin.post('clock/set', { to: start })
  const merchant = await openMerchant(emulator.url, key)
  return { emulator, admin, merchant, [Symbol.asyncDispose]: () => emulator.close() }
}

type Listed = readonly {
  order_id: string
  account_id: string
  app_page: string
  actions: { name: string; url: string }[]
}[]
const listed = async (emulator: TestEmulator, noun: string) => (await emulator.admin(forkKey).get(noun)) as Listed

test('two endings of one story: the fork goes on by itself, with the same orders, wallets, clock and rules', async () => {
  await using shop = await openShop()
  const { admin, emulator, merchant } = shop
  await admin.put('rules', [{ match: { order_id: 'denied' }, outcome: 'deny:112', times: 'once' }])
  await merchant.charge('paid', 50_000)
  await merchant.charge('waiting', 150_000)
  const fork = await admin.fork(forkKey)
  const forked = merchantOf(coreApi(emulator.url, forkKey), merchant.accountId)

  expect(await fork.get('clock')).toMatchObject({ mode: 'frozen', now: start })
  expect(await forked.balance()).toBe('7950000.00')
  const [own, copied] = [await merchant.status('paid'), await forked.status('paid')]
  expect(copied.transaction_id).toBe(own.transaction_id)
  expect(copied.merchant_id).not.toBe(own.merchant_id)
  expect(copied.signature_key).not.toBe(own.signature_key)

  expect(await forked.charge('denied', 1_000)).toMatchObject({ status_code: '202' })
  await fork.advance('15m')
  expect(await forked.status('waiting')).toMatchObject({ transaction_status: 'expire' })
  expect(await merchant.status('waiting')).toMatchObject({ transaction_status: 'pending' })
  expect(await merchant.charge('denied', 1_000)).toMatchObject({ status_code: '202' })
})

test('pages of the fork have links of their own, also those that were open, and expire by themselves', async () => {
  await using shop = await openShop({ 'finish-redirect-url': 'https://shop.test/' })
  const { admin, emulator, merchant } = shop
  const links = [linkIn(await merchant.charge('waiting', 150_000), 'verification-link-url')]
  const opened = await merchant.charge('opened', 150_000)
  const page = await payer.walk(linkIn(opened, 'verification-link-url'), { leaveAt: 'pin' })
  const plain = await merchant.api.post('/v2/charge', {
    payment_type: 'gopay',
    transaction_details: { order_id: 'plain', gross_amount: 20_000 },
  })
  const link = await merchant.api.post('/v2/pay/account', {
    payment_type: 'gopay',
    gopay_partner: { phone_number: '8242974268', country_code: '62' },
  })
  const fork = await admin.fork(forkKey)
  const forked = merchantOf(coreApi(emulator.url, forkKey), merchant.accountId)
  const [plainFork, openedFork, waitingFork] = await listed(emulator, 'transactions?status=pending')
  if (!plainFork || !openedFork || !waitingFork) throw new Error('not all payments are listed')
  expect([plainFork.order_id, openedFork.order_id, waitingFork.order_id]).toEqual(['plain', 'opened', 'waiting'])

  const own = linkIn(waitingFork, 'verification-link-url')
  expect(links).not.toContain(own)
  expect((await payer.walk(own)).returnedTo).toContain('result=success')
  expect(await forked.status('waiting')).toMatchObject({ transaction_status: 'settlement' })
  expect(await merchant.status('waiting')).toMatchObject({ transaction_status: 'pending' })

  // The page that was open belongs to the one who was asked first.
  expect((await payer.walk(page.url)).returnedTo).toContain('result=success')
  expect(await merchant.status('opened')).toMatchObject({ transaction_status: 'settlement' })
  expect(await forked.status('opened')).toMatchObject({ transaction_status: 'pending' })
  expect((await payer.walk(linkIn(openedFork, 'verification-link-url'))).status).toBe(410)

  expect((await payer.walk(linkIn(plainFork, 'deeplink-redirect'))).steps).toEqual(['phone', 'pin'])
  expect(await forked.status('plain')).toMatchObject({ transaction_status: 'settlement' })
  expect(await merchant.status('plain')).toMatchObject({ transaction_status: 'pending' })
  const codes = [linkIn(plain, 'generate-qr-code'), linkIn(plainFork, 'generate-qr-code')]
  const [code, codeFork] = await Promise.all(
    codes.map(async (url) => Buffer.from(await (await fetch(url)).arrayBuffer())),
  )
  expect(codeFork?.equals(code ?? Buffer.of())).toBe(false)

  const [pending, linked] = await listed(emulator, 'accounts')
  if (!pending || !linked) throw new Error('not all accounts are listed')
  expect(pending.account_id).toBe(link.account_id)
  await payer.walk(linkIn(pending, 'activation-link-url'))
  expect(await forked.api.get(`/v2/pay/account/${link.account_id}`)).toMatchObject({ account_status: 'ENABLED' })
  expect(await merchant.api.get(`/v2/pay/account/${link.account_id}`)).toMatchObject({ account_status: 'PENDING' })
  const form = new URLSearchParams({ action: 'unlink' })
  await fetch(emulator.url + linked.app_page, { method: 'POST', body: form })
  expect(await forked.api.get(`/v2/pay/account/${merchant.accountId}`)).toMatchObject({ account_status: 'DISABLED' })
  expect(await merchant.api.get(`/v2/pay/account/${merchant.accountId}`)).toMatchObject({ account_status: 'ENABLED' })

  const { happened } = await fork.advance('5m')
  expect(happened.filter(({ to }) => to === 'expired')).toHaveLength(1)
})

test('a page that was open when the fork was made never becomes one of the fork', async () => {
  await using shop = await openShop()
  const { admin, emulator, merchant } = shop
  const waiting = await merchant.charge('waiting', 150_000)
  const page = await payer.walk(linkIn(waiting, 'verification-link-url'), { leaveAt: 'pin' })
  await admin.fork(forkKey)
  const { merchant_id } = (await admin.get('settings')) as { merchant_id: string }
  await admin.delete(`sandboxes/${merchant_id}`)
  expect((await payer.walk(page.url)).status).toBe(404)
  expect((await payer.walk(linkIn(waiting, 'verification-link-url'))).status).toBe(404)
  expect(await coreApi(emulator.url, forkKey).get('/v2/waiting/status')).toMatchObject({
    transaction_status: 'pending',
  })
})

test('messages that wait are signed by the fork, those that a rule has spoiled stay spoiled', async () => {
  await using inbox = await openInbox()
  await using shop = await openShop({ 'payment-notification-url': inbox.url })
  const { admin, merchant } = shop
  await admin.patch('settings', { merchant_id: 'SHOP' })
  await admin.post('gate/hold', {})
  await admin.put('rules', [
    { match: { operation: 'notification', order_id: 'cut' }, outcome: 'cut' },
    { match: { operation: 'notification', order_id: 'wrong' }, outcome: 'wrong-signature' },
    { match: { operation: 'notification', order_id: 'stale' }, outcome: 'stale' },
  ])
  for (const order of ['plain', 'cut', 'wrong', 'stale']) await merchant.charge(order, 50_000)
  const headers = { 'idempotency-key': 'again' }
  const kept = await merchant.charge('kept', 150_000, { headers })

  const fork = await admin.fork(forkKey)
  const { merchant_id } = (await fork.get('settings')) as { merchant_id: string }
  expect(merchant_id).toMatch(/^G\d{9}$/)
  await fork.post('gate/resume')
  await fork.advance('1m')
  const told = await inbox.waitFor(6)
  const signed = told.map((each) => [each.body.order_id, inbox.isSigned(each, forkKey), inbox.isSigned(each, key)])
  expect(signed.toSorted()).toEqual([
    [undefined, false, false],
    ['kept', true, false],
    ['plain', true, false],
    ['stale', true, false],
    ['stale', true, false],
    ['wrong', false, false],
  ])
  expect(told.flatMap(({ body }) => body.merchant_id ?? [])).toEqual(Array(5).fill(merchant_id))
  const whole = (await fork.get('notifications?order_id=cut')) as [
    { body: object; deliveries: [{ request: { body: string } }] },
  ]
  const [{ body, deliveries }] = whole
  expect(JSON.stringify(body).startsWith(deliveries[0].request.body)).toBe(true)

  const again = await merchantOf(coreApi(shop.emulator.url, forkKey), merchant.accountId).charge('other', 1, {
    headers,
  })
  expect(again).toMatchObject({ transaction_id: kept.transaction_id, merchant_id })
  expect((await payer.walk(linkIn(again, 'verification-link-url'))).returnedTo).toContain('order_id=kept')
  expect(await merchant.status('kept')).toMatchObject({ transaction_status: 'pending' })
})

test('a fork of a snapshot is what the sandbox was then', async () => {
  await using shop = await openShop({ seed: '1' })
  const { admin, emulator, merchant } = shop
  await admin.snapshot('empty')
  await merchant.charge('order-1', 50_000)
  const body = { server_key: forkKey, snapshot: 'empty' }
  const forked = await adminRequest(emulator, 'sandboxes/fork', { method: 'POST', key, body })
  expect(forked.body).toEqual({
    sandbox: expect.stringMatching(/^G\d{9}$/),
    server_key: 'SB-Mid-server-...',
    client_key: expect.stringMatching(/^SB-Mid-client-/),
    accounts: 1,
    transactions: 0,
    notifications: 1,
  })
  const one = await merchant.charge('order-2', 150_000)
  const other = await merchantOf(coreApi(emulator.url, forkKey), merchant.accountId).charge('order-2', 150_000)
  expect(other.transaction_id).not.toBe(one.transaction_id)
})

test.each([
  ['its own key', {}, { server_key: key }, 409],
  ['a key that looks like none', {}, { server_key: 'nothing' }, 409],
  ['a key that is not listed', { keys: 'listed', 'server-keys': key }, { server_key: forkKey }, 409],
  ['a snapshot that nobody took', {}, { server_key: forkKey, snapshot: 'none' }, 404],
  ['no key', {}, {}, 400],
])('no fork is made with %s', async (_what, flags, body, status) => {
  await using shop = await openShop(flags)
  const refused = await adminRequest(shop.emulator, 'sandboxes/fork', { method: 'POST', key, body })
  expect(refused.status).toBe(status)
  expect(refused.body.detail).not.toContain(forkKey)
  expect(await adminRequest(shop.emulator, 'sandboxes')).toMatchObject({ body: [{ accounts: 1 }] })
})

test('payments are listed by order_id and status, the last one first, with a link only while one waits', async () => {
  await using shop = await openShop()
  const { emulator, merchant } = shop
  for (const order of ['a-1', 'a-2', 'b-1']) await merchant.charge(order, 1_000)
  await merchant.charge('a-3', 150_000)
  const ids = async (query: string) => {
    const { body } = await adminRequest(emulator, `transactions${query}`, { key })
    return body.map(({ order_id }: { order_id: string }) => order_id)
  }
  expect(await ids('')).toEqual(['a-3', 'b-1', 'a-2', 'a-1'])
  expect(await ids('?order_id=a-*&status=settlement')).toEqual(['a-2', 'a-1'])
  expect(await ids('?status=refund')).toEqual([])
  await merchant.api.post('/v2/a-1/refund', { refund_key: 'r1', amount: 1, reason: 'broken' })
  const { body } = await adminRequest(emulator, 'transactions?order_id=a-1', { key })
  expect(body).toMatchObject([
    { status: 'partial_refund', amount: 1_000, created_at: start, refunds: [{ is_direct: false }] },
  ])
  expect(body[0].actions).toBeUndefined()
})
