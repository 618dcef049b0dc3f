import { expect, test } from 'vitest'
import { basic, emulatorOfFile, newMerchant, newShop, sendRaw } from '../merchant.ts'

const emulator = await emulatorOfFile()
const json = { 'content-type': 'application/json' }

// recordings.md, "What each client sends that is unusual": none of it may change the answer.
const bodiesThatSayNothing = [
  ['no body and no content type (hanif, go)', {}],
  ['an empty body with JSON content type (php)', { body: '', headers: json }],
  ['the text null (node)', { body: 'null', headers: json }],
  ['an empty object (python)', { body: '{}', headers: json }],
  [
    'pretty JSON with a charset (veritrans-ruby)',
    { body: '{\n}', headers: { 'content-type': 'application/json; charset=utf-8' } },
  ],
  ['another content type', { body: '{}', headers: { 'content-type': 'text/plain' } }],
] as const

test.each(bodiesThatSayNothing)('a POST without a message may have %s', async (_form, request) => {
  const shop = await newShop(emulator)
  await shop.charge('to-cancel', 150_000)
  await shop.charge('to-expire', 150_000)
  expect((await shop.raw('POST', '/v2/to-cancel/cancel', request)).body).toMatchObject({ status_code: '200' })
  expect((await shop.raw('POST', '/v2/to-expire/expire', request)).body).toMatchObject({ status_code: '407' })
  expect((await shop.raw('POST', `/v2/pay/account/${shop.accountId}/unbind`, request)).body).toMatchObject({
    status_code: '204',
  })
})

// recordings.md, "HTTP status against body status_code": the gateway's own format, without a status_code.
test.each(bodiesThatSayNothing)('a charge with %s is an unexpected error of the gateway', async (_form, request) => {
  const answer = await newMerchant(emulator).raw('POST', '/v2/charge', request)
  expect(answer).toMatchObject({ http: 500, text: '{"message":"An unexpected error occurred"}' })
})

// facts.md, section 5, code 413, and section 0: over HTTP 200, without an id.
test.each(['/v2/charge', '/v2/capture', '/v2/pay/account'])('a body that is no JSON is refused by %s', async (path) => {
  const { raw } = newMerchant(emulator)
  for (const body of ['{"payment_type":', 'payment_type=gopay', '{"a":1}}']) {
    const answer = await raw('POST', path, { body, headers: json })
    expect(answer).toMatchObject({
      http: 200,
      body: {
        status_code: '413',
        status_message: 'The request cannot be processed due to malformed syntax in the request body',
      },
    })
    expect(answer.body).not.toHaveProperty('id')
  }
})

test.each([
  ['/v2/capture', 'null'],
  ['/v2/capture', '{}'],
  ['/v2/pay/account', 'null'],
  ['/v2/pay/account', ''],
  ['/v2/pay/account', '{}'],
  ['/v2/charge', '5'],
  ['/v2/charge', '"gopay"'],
])('%s with the body %j is refused in words that a person understands', async (path, body) => {
  const answer = await newMerchant(emulator).raw('POST', path, { body, headers: json })
  expect(answer).toMatchObject({ http: 400, body: { status_code: '400' } })
  const messages = answer.body.validation_messages as string[]
  expect(messages.length).toBeGreaterThan(0)
  for (const message of messages) expect(message).toMatch(/^[a-zA-Z]\S* /)
})

// The node client sends GET with a body; fetch cannot, so only the header is sent here (test/sdk does the rest).
test('a GET may carry a JSON content type', async () => {
  const answer = await newMerchant(emulator).raw('GET', '/v2/nothing/status', { headers: json })
  expect(answer.body).toMatchObject({ status_code: '404' })
})

// recordings.md: the mekari gem sends nulls for what it does not have.
test('a field that is null counts as absent', async () => {
  const shop = await newShop(emulator)
  const more = {
    item_details: null,
    customer_details: null,
    custom_expiry: null,
    custom_field1: null,
    metadata: null,
  }
  const gopay = { callback_url: null, pre_auth: null, recurring: null, promotion_ids: null }
  expect(await shop.charge('order-1', 50_000, { gopay, more })).toMatchObject({ status_code: '200' })
  expect(await shop.status('order-1')).not.toHaveProperty('custom_field1')
})

// recordings.md: veritrans-ruby sends these headers empty on every call; repeated headers are joined by Node.
test('empty headers are none', async () => {
  const shop = await newShop(emulator)
  const headers = {
    'idempotency-key': '',
    'x-append-notification': '',
    'x-override-notification': '',
    'x-payment-locale': '',
    'x-emulator-outcome': '',
  }
  expect(await shop.charge('order-1', 50_000, { headers })).toMatchObject({ status_code: '200' })
})

test.each([
  ['GET', '/v2/no/such/path/at/all', 404],
  ['PUT', '/v2/charge', 405],
  ['GET', '/v2/charge', 405],
  ['DELETE', '/v2/order-1/status', 405],
  ['POST', '/v2/order-1/refund/online', 404],
  ['GET', '/v2/%E0%A4%A/status', 400],
])('%s %s, which Midtrans does not have, is answered in the shape of the Core API', async (method, path, http) => {
  const answer = await newMerchant(emulator).raw(method, path)
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(answer.http).toBe(http)
  expect(answer.body).toMatchObject({ status_code: String(http), status_message: expect.any(String) })
})

// recordings.md, "What matters most", 4: chunked bodies have to be accepted.
test('a body may come in chunks', async () => {
  const shop = await newShop(emulator)
  const text = JSON.stringify({
    payment_type: 'gopay',
    gopay: { account_id: shop.accountId, payment_option_token: shop.token },
    transaction_details: { order_id: 'order-1', gross_amount: 50_000 },
  })
  const response = await fetch(`${emulator.url}/v2/charge`, {
    method: 'POST',
    headers: { authorization: basic(`${shop.key}:`), ...json },
    body: new Blob([text.slice(0, 30), text.slice(30)]).stream(),
    duplex: 'half',
  })
  expect(await response.json()).toMatchObject({ status_code: '200', order_id: 'order-1' })
})

// What is not emulated says so, and says what there is, instead of faking a success.
test.each([
  ['GET', '/v2/token'],
  ['GET', '/v2/card/register'],
  ['GET', '/v2/point_inquiry/481111-1114-8c8b1f4e-0000'],
  ['GET', '/v1/bins/455633'],
  ['GET', '/v2/bins/455633'],
])('%s %s is honest about being missing', async (method, path) => {
  const answer = await newMerchant(emulator).raw(method, path)
  expect(answer).toMatchObject({
    http: 501,
    body: { status_code: '501', status_message: expect.stringMatching(/^midtrans-emulator .*POST \/v2\/charge/) },
  })
})

// facts.md, section 3: order_ids are the merchant's own, these as well.
test.each(['bins', 'token', 'card', 'point_inquiry', 'pay', 'gopay', 'qris'])(
  'an order may be called %s, like a part of a path',
  async (order) => {
    const shop = await newShop(emulator)
    await shop.charge(order, 50_000)
    expect(await shop.status(order)).toMatchObject({ status_code: '200', order_id: order })
    expect(await shop.api.post(`/v2/${order}/refund`)).toMatchObject({ status_code: '200' })
  },
)

// What browsers call has no server key: whoever tries shall learn that it is missing, not look for a key.
test('what is missing says so without a key as well', async () => {
  const answer = await sendRaw(`${emulator.url}/v2/token?client_key=SB-Mid-client-x`, 'GET', undefined, {})
  expect(answer).toMatchObject({ http: 501, body: { status_code: '501' } })
})

// UNCERTAIN in src/midtrans/merchant-api/body.ts: limits of Midtrans's own are not documented.
test.each([
  ['lists in lists', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
  ['metadata in metadata', `${'{"metadata":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
  ['a list of 100,000', JSON.stringify({ item_details: Array(100_000).fill({}) })],
])('a body of %s is refused at once, and nobody else has to wait', async (_what, body) => {
  const merchant = newMerchant(emulator)
  const before = performance.now()
  expect(await merchant.raw('POST', '/v2/charge', { body, headers: json })).toMatchObject({
    http: 200,
    body: { status_code: '413' },
  })
  expect(performance.now() - before).toBeLessThan(1_000)
})

test('of many faults the first hundred are told', async () => {
  const shop = await newShop(emulator)
  const answer = await shop.charge('order-1', 1, { more: { item_details: Array(5_000).fill({}) } })
  expect(answer).toMatchObject({ httpStatus: 400, status_code: '400' })
  expect(answer.validation_messages).toHaveLength(100)
})
