import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { payer } from '../../src/testkit/index.ts'
import { linkIn } from '../journeys/merchant.ts'
import { basicAuth } from '../journeys/raw-request.ts'
import { emulatorOfFile, happyPayer, newMerchant, newShop, type Shop } from '../midtrans/merchant.ts'
import { adminRequest } from './admin-request.ts'

const emulator = await emulatorOfFile()

const only = async (shop: Pick<Shop, 'admin'>, filter: Record<string, string>) => {
  const found = await shop.admin.requests(filter)
  expect(found).toHaveLength(1)
  return found[0]
}

test('a charge is written down with all that was sent, all that was answered, and what it is about', async () => {
  const shop = await newShop(emulator)
  const frozen = (await shop.admin.post('clock/freeze')) as { now: string }
  const before = Date.now()
  const answer = await shop.charge('order-1', 150_000, {
    headers: { 'idempotency-key': 'k1', 'x-payment-locale': 'en-EN', 'x-emulator-outcome': '201', 'x-other': 'x' },
  })
  const { httpStatus: _, ...body } = answer
  const noted = await only(shop, { operation: 'charge' })
  expect(noted).toMatchObject({
    id: expect.stringMatching(/^[\w-]{21}$/),
    seq: expect.any(Number),
    from: 'merchant',
    operation: 'charge',
    method: 'POST',
    path: '/v2/charge',
    at: frozen.now,
    took_ms: expect.any(Number),
    state: 'answered',
    order_id: 'order-1',
    transaction_id: answer.transaction_id,
    account_id: shop.accountId,
    phone: '628215023424',
    status: 200,
  })
  expect(Date.parse(String(noted?.real_at))).toBeGreaterThanOrEqual(before)
  expect(noted?.headers).toEqual({
    'content-type': 'application/json',
    'idempotency-key': 'k1',
    'x-payment-locale': 'en-EN',
    'x-emulator-outcome': '201',
    'user-agent': expect.any(String),
  })
  expect(JSON.parse(String(noted?.answer))).toEqual(body)
  expect(JSON.parse(String(noted?.body)).transaction_details).toEqual({ order_id: 'order-1', gross_amount: 150_000 })
  expect(await shop.admin.get(`requests/${noted?.id}`)).toEqual(noted)
})

test('the content type is noted as the client has sent it', async () => {
  const merchant = newMerchant(emulator)
  await merchant.raw('POST', '/v2/charge', { body: '{}', headers: { 'content-type': 'text/x-odd' } })
  expect((await only(merchant, { operation: 'charge' }))?.headers).toMatchObject({ 'content-type': 'text/x-odd' })
})

test.each([
  ['GET', '/v2/order-1/status', 'status'],
  ['GET', '/v2/order-1/status/b2b', 'b2b'],
  ['POST', '/v2/order-1/cancel', 'cancel'],
  ['POST', '/v2/order-1/expire', 'expire'],
  ['POST', '/v2/order-1/refund', 'refund'],
  ['POST', '/v2/order-1/refund/online/direct', 'refund'],
  ['POST', '/v2/order-1/approve', 'approve'],
  ['POST', '/v2/capture', 'capture'],
  ['POST', '/v2/pay/account', 'link'],
  ['GET', '/v2/pay/account/nobody', 'account'],
  ['POST', '/v2/pay/account/nobody/unbind', 'unbind'],
  ['GET', '/v2/gopay/promo/nobody?gross_amount=1', 'promo'],
  ['GET', '/v2/token', 'token'],
  ['PUT', '/v2/charge', undefined],
  ['GET', '/v2/nothing/of/this', undefined],
  ['GET', '/v2/%zz/status', undefined],
  ['POST', '/snap/v1/transactions', 'snap'],
  ['POST', '/iris/api/v1/payouts', undefined],
])('%s %s is written down, refused or not, as %s', async (method, path, operation) => {
  const merchant = newMerchant(emulator)
  // Of a sandbox that is there already: what is not there opens none.
  await merchant.api.get('/v2/first/status')
  const { http } = await merchant.raw(method, path)
  const noted = await only(merchant, { path })
  expect(noted).toMatchObject({ method, path, status: http, state: 'answered' })
  expect(noted?.operation).toBe(operation)
})

test('a request that is not understood is written down as it came', async () => {
  const merchant = newMerchant(emulator)
  await merchant.raw('POST', '/v2/charge', { body: '{"order_id": ' })
  await merchant.raw('POST', '/v2/charge', { body: JSON.stringify({ payment_type: 'gopay' }) })
  const [incomplete, broken] = await merchant.admin.requests()
  expect(broken).toMatchObject({ body: '{"order_id": ', answer: expect.stringContaining('malformed syntax') })
  expect(incomplete).toMatchObject({ status: 400, answer: expect.stringContaining('is required') })
})

test('whoever has no key, or another one, stands in no journal', async () => {
  const merchant = newMerchant(emulator)
  await merchant.api.get('/v2/order-1/status')
  await fetch(`${emulator.url}/v2/order-1/status`)
  await newMerchant(emulator).api.get('/v2/order-1/status')
  await fetch(`${emulator.url}/__admin/nothing`, { headers: { authorization: basicAuth(merchant.key) } })
  expect(await merchant.admin.requests()).toHaveLength(1)
})

test('what is not there opens no sandbox for its key', async () => {
  const merchant = newMerchant(emulator)
  for (const path of ['/v2/nothing/of/this', '/v2/token']) await merchant.raw('GET', path)
  expect(await adminRequest(emulator, 'requests', { key: merchant.key })).toMatchObject({ status: 200, body: [] })
})

test('an order is found by whatever names it, an account by its number', async () => {
  const shop = await newShop(emulator)
  const { transaction_id } = await shop.charge('order-1', 150_000)
  await shop.charge('order-2', 150_000)
  await shop.api.get(`/v2/${transaction_id}/status`)
  await shop.api.post(`/v2/${transaction_id}/refund`, {})
  await shop.api.post('/v2/capture', { transaction_id })
  const operations = async (filter: Record<string, string>) =>
    (await shop.admin.requests(filter)).map(({ operation }) => operation)
  expect(await operations({ order_id: 'order-1' })).toEqual(['capture', 'refund', 'status', 'charge'])
  expect(await operations({ transaction_id })).toEqual(['capture', 'refund', 'status', 'charge'])
  expect(await operations({ order_id: 'order-*', operation: 'charge' })).toEqual(['charge', 'charge'])
  expect(await operations({ phone: '*8215023424', operation: 'link' })).toEqual(['link'])
  expect(await operations({ account_id: shop.accountId, from: 'merchant' })).toContain('account')
  expect(await operations({ status_code: '412' })).toEqual(['capture', 'refund'])
  expect(await operations({ status: '200', transaction_status: 'pending' })).toHaveLength(3)
  expect(await operations({ from: 'payer', order_id: 'order-1' })).toEqual([])
  expect(await operations({ no_such_field: 'x' })).toEqual([])
})

test('requests come in pages, and say how many there are', async () => {
  const merchant = newMerchant(emulator)
  for (const order of ['a', 'b', 'c']) await merchant.api.get(`/v2/${order}/status`)
  const page = await merchant.raw('GET', '/__admin/requests?operation=status&per_page=2&page=2')
  expect(JSON.parse(page.text)).toMatchObject([{ order_id: 'a' }])
  expect([page.headers.get('x-total-count'), page.headers.get('x-dropped-count')]).toEqual(['3', '0'])
  const answer = await adminRequest(emulator, 'requests?page=0', { key: merchant.key })
  expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining('expected a number from 1') } })
})

test('requests can be forgotten, and one that is gone is a problem that says so', async () => {
  const merchant = newMerchant(emulator)
  await merchant.api.get('/v2/order-1/status')
  const [noted] = await merchant.admin.requests()
  expect(await merchant.admin.delete('requests')).toEqual({ forgotten: 1 })
  expect(await merchant.admin.requests()).toEqual([])
  const gone = await adminRequest(emulator, `requests/${noted?.id}`, { key: merchant.key })
  expect(gone).toMatchObject({ status: 404, body: { title: 'No such request', hint: expect.stringContaining('GET') } })
})

test('what the payer opens and fills in is written down, but not what is typed', async () => {
  const merchant = newMerchant(emulator)
  const link = await merchant.api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner: happyPayer })
  await payer.walk(linkIn(link, 'activation-link-url'))
  const pages = (await merchant.admin.requests({ from: 'payer' })).toReversed()
  expect(pages.map(({ method, operation, body, status }) => [method, operation, body, status])).toEqual([
    ['GET', 'link-page', undefined, 303],
    ['GET', 'page', undefined, 200],
    ['POST', 'page', 'action', 303],
    ['GET', 'page', undefined, 200],
    ['POST', 'page', 'action&otp', 303],
    ['GET', 'page', undefined, 200],
    ['POST', 'page', 'action&pin', 303],
    ['GET', 'page', undefined, 200],
  ])
  expect(pages[0]).toMatchObject({
    location: expect.stringContaining('/gopay/web/'),
    account_id: link.account_id,
    phone: '628215023424',
  })
})

test('a page that waits for the app does not fill the journal', async () => {
  const merchant = newMerchant(emulator)
  await merchant.admin.patch('settings', { flow: 'app' })
  const link = await merchant.api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner: happyPayer })
  const url = linkIn(link, 'activation-link-url')
  const html = await (await fetch(url)).text()
  const again = /http-equiv="refresh" content="\d+; url=(\S+)"/.exec(html)?.[1] ?? 'none'
  for (let times = 0; times < 3; times++) expect((await fetch(new URL(again, url))).status).toBe(200)
  expect(await merchant.admin.requests({ from: 'payer' })).toHaveLength(1)
  const { entries } = await merchant.admin.timeline(link.account_id)
  expect(entries.filter(({ kind }) => kind === 'page').map(({ title }) => title)).toEqual([
    'opens the link page: consent',
  ])
})

test('a request that the client breaks off is written down as such', async () => {
  const merchant = newMerchant(emulator)
  await merchant.api.get('/v2/first/status')
  const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1')
  const head = `POST /v2/charge HTTP/1.1\r\nHost: x\r\nAuthorization: ${basicAuth(merchant.key)}\r\nContent-Length: 100\r\n\r\n{`
  await new Promise<void>((resolve) => socket.write(head, () => resolve()))
  await expect.poll(() => merchant.admin.requests({ state: 'under way' })).toHaveLength(1)
  socket.destroy()
  await expect.poll(() => merchant.admin.requests({ state: 'broken off' })).toHaveLength(1)
  const noted = await only(merchant, { operation: 'charge' })
  expect(noted).not.toHaveProperty('status')
  expect(noted).toMatchObject({ took_ms: expect.any(Number) })
})

test('of long bodies the beginning is kept', async () => {
  const merchant = newMerchant(emulator)
  const body = `"${'x'.repeat(100_000)}"`
  await merchant.raw('POST', '/v2/charge', { body })
  expect((await only(merchant, { operation: 'charge' }))?.body).toBe(
    `"${'x'.repeat(8_191)} ... (91810 more characters)`,
  )
})

test('of 2,000 requests the latest 1,000 are kept, and of long ones as many as 4 MiB hold', async () => {
  const merchant = newMerchant(emulator)
  const ask = async (count: number, body?: string) => {
    for (let sent = 0; sent < count; sent += 50) {
      const batch = Array.from({ length: 50 }, (_, index) => `/v2/order-${sent + index}/cancel`)
      await Promise.all(batch.map((path) => merchant.raw('POST', path, body === undefined ? {} : { body })))
    }
  }
  await ask(2_000)
  const counts = async () => {
    const { headers, text } = await merchant.raw('GET', '/__admin/requests')
    const all: readonly { seq: number; path: string }[] = JSON.parse(text)
    return { all, total: Number(headers.get('x-total-count')), dropped: Number(headers.get('x-dropped-count')) }
  }
  const { all, total, dropped } = await counts()
  expect([all.length, total, dropped]).toEqual([1_000, 1_000, 1_000])
  expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).toSorted((one, other) => other - one))
  expect(new Set(all.map(({ path }) => Number(/\d{3,}/.exec(path)?.[0])))).toEqual(
    new Set(Array.from({ length: 1_000 }, (_, index) => 1_000 + index)),
  )
  await merchant.admin.delete('requests')
  await ask(1_000, JSON.stringify('y'.repeat(20_000)))
  const long = await counts()
  const weight = long.all.reduce((sum, each) => sum + JSON.stringify(each).length, 0)
  expect(long.total).toBeLessThan(600)
  expect(long.total).toBeGreaterThan(400)
  expect(long.total + long.dropped).toBe(1_000)
  expect(weight).toBeLessThan(5 * 1_024 * 1_024)
})

test('a reset of the sandbox leaves its journal', async () => {
  const merchant = newMerchant(emulator)
  await merchant.api.get('/v2/order-1/status')
  await merchant.admin.post('reset')
  expect(await merchant.admin.requests({ order_id: 'order-1' })).toHaveLength(1)
})
