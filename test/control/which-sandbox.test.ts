import { expect, test } from 'vitest'
import { startEmulator } from '../../src/testkit/index.ts'
import { coreApi } from '../core-api.ts'
import { openMerchant } from '../journeys/merchant.ts'
import { adminRequest } from './admin-request.ts'

const one = 'SB-Mid-server-which-one'
const two = 'SB-Mid-server-which-two'
const idOf = async (emulator: { url: string }, key: string) =>
  (await adminRequest(emulator, 'settings', { key })).body.merchant_id as string

test('a server key names its sandbox, and opens it on first sight', async () => {
  await using emulator = await startEmulator()
  expect(await idOf(emulator, one)).not.toBe(await idOf(emulator, two))
  expect((await adminRequest(emulator, 'sandboxes')).body).toHaveLength(2)
})

test('a sandbox is named by its merchant_id, so that no key stands in a URL', async () => {
  await using emulator = await startEmulator()
  const [first, second] = [await idOf(emulator, one), await idOf(emulator, two)]
  expect((await adminRequest(emulator, `settings?sandbox=${second}`)).body.merchant_id).toBe(second)
  const change = { method: 'PATCH', body: { flow: 'app' } }
  expect(await adminRequest(emulator, `settings?sandbox=${first}`, change)).toMatchObject({
    body: { merchant_id: first, flow: 'app' },
  })
  expect((await adminRequest(emulator, 'settings', { key: two })).body.flow).toBe('web')

  await adminRequest(emulator, 'settings', { key: one, method: 'PATCH', body: { merchant_id: 'MINE' } })
  expect(await adminRequest(emulator, 'settings?sandbox=MINE')).toMatchObject({ status: 200, body: { flow: 'app' } })
  expect(await adminRequest(emulator, `settings?sandbox=${first}`)).toMatchObject({ status: 404 })
})

test('the only sandbox there is needs no name', async () => {
  await using emulator = await startEmulator()
  const id = await idOf(emulator, one)
  expect(await adminRequest(emulator, 'settings')).toMatchObject({ status: 200, body: { merchant_id: id } })
  expect(await adminRequest(emulator, 'clock/freeze', { method: 'POST' })).toMatchObject({ body: { mode: 'frozen' } })
})

test('where there are several, one has to be named', async () => {
  await using emulator = await startEmulator({ 'server-keys': `${one},${two}` })
  const answer = await adminRequest(emulator, 'clock/freeze', { method: 'POST' })
  expect(answer).toMatchObject({
    status: 409,
    body: { type: 'about:blank', title: 'Which sandbox?', hint: expect.stringContaining('?sandbox=') },
  })
  expect(answer.body.detail).toContain(await idOf(emulator, one))
  expect(answer.body.detail).toContain(await idOf(emulator, two))
  for (const key of [one, two]) {
    expect((await adminRequest(emulator, 'clock', { key })).body.mode).toBe('running')
  }
})

test('where there is none, the answer says how to open one', async () => {
  await using emulator = await startEmulator()
  const answer = await adminRequest(emulator, 'settings')
  expect(answer).toMatchObject({ status: 404, body: { status: 404, hint: expect.stringContaining('server key') } })
  expect(answer.type).toContain('application/problem+json')
})

test('an unknown merchant_id is told with those there are', async () => {
  await using emulator = await startEmulator()
  const id = await idOf(emulator, one)
  expect(await adminRequest(emulator, 'settings?sandbox=G000')).toMatchObject({
    status: 404,
    body: { detail: expect.stringMatching(new RegExp(`G000.*${id}`)) },
  })
})

test('two merchant_ids in one request name nobody', async () => {
  await using emulator = await startEmulator()
  const [first, second] = [await idOf(emulator, one), await idOf(emulator, two)]
  const twice = `settings?sandbox=${first}&sandbox=${second}`
  for (const method of ['GET', 'PATCH']) {
    const answer = await adminRequest(emulator, twice, method === 'GET' ? {} : { method, body: { flow: 'app' } })
    expect(answer, method).toMatchObject({ status: 400, body: { title: 'Which sandbox?', status: 400 } })
  }
  expect((await adminRequest(emulator, 'settings', { key: one })).body.flow).toBe('web')
})

test.each(['SB-Mid-client-abc', 'secret', ''])('%j opens no sandbox', async (key) => {
  await using emulator = await startEmulator()
  expect(await adminRequest(emulator, 'settings', { key })).toMatchObject({
    status: 401,
    body: { title: 'Unknown server key', hint: expect.stringContaining('SB-Mid-server-') },
  })
  expect((await adminRequest(emulator, 'sandboxes')).body).toEqual([])
})

test('the admin API opens no sandbox of a key that is not listed', async () => {
  await using emulator = await startEmulator({ keys: 'listed', 'server-keys': one })
  expect(await adminRequest(emulator, 'settings', { key: one })).toMatchObject({ status: 200 })
  expect(await adminRequest(emulator, 'settings', { key: two })).toMatchObject({ status: 401 })
})

test('the list of sandboxes shows no key', async () => {
  await using emulator = await startEmulator({ 'server-keys': `${one},${two}` })
  const { body } = await adminRequest(emulator, 'sandboxes')
  expect(body).toMatchObject([
    { sandbox: await idOf(emulator, one), accounts: 0, transactions: 0, notifications: 0 },
    { sandbox: await idOf(emulator, two) },
  ])
  expect(JSON.stringify(body)).not.toContain('which')
})

test('a page of another site, open in the same browser, drives nothing', async () => {
  await using emulator = await startEmulator()
  await idOf(emulator, one)
  const freezeFrom = (origin: string) => adminRequest(emulator, 'clock/freeze', { method: 'POST', headers: { origin } })
  for (const origin of ['https://evil.example', 'null', emulator.url.replace('127.0.0.1', 'localhost')]) {
    expect(await freezeFrom(origin), origin).toMatchObject({ status: 403, body: { title: 'Another origin' } })
  }
  const settings = { body: { flow: 'app' }, headers: { origin: 'https://evil.example' } }
  expect(await adminRequest(emulator, 'settings', { method: 'PATCH', ...settings })).toMatchObject({ status: 403 })
  expect((await adminRequest(emulator, 'clock')).body.mode).toBe('running')
  expect(await freezeFrom(emulator.url)).toMatchObject({ status: 200, body: { mode: 'frozen' } })
})

test('two merchants with the same order_id see nothing of each other, not even their clocks', async () => {
  await using emulator = await startEmulator()
  const [first, second] = [await openMerchant(emulator.url, one), await openMerchant(emulator.url, two)]
  await first.charge('order-1', 1_000)
  const { transaction_id } = await second.charge('order-1', 2_000)
  expect(await first.status('order-1')).toMatchObject({ gross_amount: '1000.00' })
  expect(await first.status(transaction_id)).toMatchObject({ status_code: '404' })
  expect([await first.balance(), await second.balance()]).toEqual(['7999000.00', '7998000.00'])
  const other = coreApi(emulator.url, one)
  expect(await other.get(`/v2/pay/account/${second.accountId}`)).toMatchObject({ status_code: '404' })
  expect(await other.post(`/v2/pay/account/${second.accountId}/unbind`)).toMatchObject({ status_code: '404' })

  await second.charge('order-2', 150_000)
  await first.charge('order-2', 150_000)
  await emulator.admin(one).advance('15m')
  expect(await first.status('order-2')).toMatchObject({ transaction_status: 'expire' })
  expect(await second.status('order-2')).toMatchObject({ transaction_status: 'pending' })
  await emulator.admin(two).put('rules', [{ match: {}, outcome: '202' }])
  expect(await first.charge('order-3', 1_000)).toMatchObject({ status_code: '200' })
  expect(await emulator.admin(one).get('notifications?reference=order-1')).toHaveLength(1)
})
