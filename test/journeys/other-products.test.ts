import { expect, test } from 'vitest'
import { basic, emulatorOfFile, newMerchant, newShop, sendRaw, uuid } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile()
const json = { 'content-type': 'application/json' }
const said = (product: string) =>
  `midtrans-emulator does not have ${product}. It has GoPay by the Core API, Snap and subscriptions: GET / lists its endpoints.`

/** How each product of Midtrans words an error: facts.md, section 9 (BI-SNAP). */
const biSnap = { responseCode: '5010000', responseMessage: said('BI-SNAP') }
const paths: readonly [string, object][] = [
  ['/v1.0/access-token/b2b', biSnap],
  ['/v1.0/registration-account-binding', biSnap],
  ['/v1.0/debit/payment-host-to-host', biSnap],
  ['/v1.0/debit/refund', biSnap],
  ['/v1/payment-links', { error_messages: [said('Payment Link')] }],
  ['/v1/invoices/some-id', { error_messages: [said('Invoicing')] }],
  ['/iris/api/v1/payouts', { error_message: said('Iris') }],
]
const requests = paths.flatMap(([path, body]) =>
  ['POST', 'GET', 'PATCH', 'DELETE'].map((method) => [method, path, body] as const),
)

// These products use true HTTP codes (facts.md, section 0). The code says that it is not there; no key is asked for.
test.each(requests)('a merchant who asks %s %s is told that it is not emulated', async (method, path, body) => {
  for (const headers of [json, { ...json, authorization: basic('SB-Mid-server-other:') }]) {
    const answer = await sendRaw(emulator.url + path, method, method === 'GET' ? undefined : '{"a":', headers)
    expect(answer).toMatchObject({ http: 501, body })
    expect(answer.body).toEqual(body)
    expect(answer.headers.get('content-type')).toBe('application/json')
  }
})

test.each(['/snapshot', '/v1/subscriptionsx', '/v1.0', '/v10/debit/status', '/irises', '/v1/pay'])(
  '%s is no product of Midtrans',
  async (path) => {
    const answer = await sendRaw(emulator.url + path, 'POST', '{}', json)
    expect(answer).toMatchObject({ http: 404, body: { status: 404, title: 'Not found' } })
  },
)

// facts.md, A.1.
const core = [
  'POST /v2/pay/account',
  'GET /v2/pay/account/{account_id}',
  'POST /v2/pay/account/{account_id}/unbind',
  'GET /v2/gopay/promo/{account_id}',
  'POST /v2/charge',
  'POST /v2/capture',
  'POST /v2/{id}/cancel',
  'POST /v2/{id}/expire',
  'POST /v2/{id}/refund',
  'POST /v2/{id}/refund/online/direct',
  'GET /v2/{id}/status',
]

/** "POST /v2/{id}/cancel", and paths of requests. GET / lists those that there are; after these, two that are missing. */
const { endpoints } = (await (await fetch(emulator.url)).json()) as { endpoints: string[] }
const asked = [...endpoints, 'GET /v2/token', 'POST /v2/qris/acquirer-refund'].map((endpoint) => {
  const [method = '', path = ''] = endpoint.split(' ')
  return { method, path: path.replaceAll(/\{\w+\}/g, 'some.id~1') }
})
const wrong = [...new Set(asked.map(({ path }) => path))].flatMap((path) => {
  const allowed = asked.flatMap((each) => (each.path === path ? each.method : []))
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter((each) => !allowed.includes(each))
  return methods.map((each) => [each, path, allowed] as const)
})

/** Each API in its own form: facts.md, sections 5, 7 and 8. */
function notAllowed(path: string, found: string): object {
  const message = `HTTP method not allowed: ${found}`
  if (path.startsWith('/snap/')) return { error_messages: [message] }
  if (path.startsWith('/v1/')) return { status_message: message }
  return { status_code: '405', status_message: message, id: expect.stringMatching(uuid) }
}

test('all that the Core API of GoPay has is listed', () => {
  expect(endpoints).toEqual(expect.arrayContaining(core))
  expect(new Set(endpoints).size).toBe(endpoints.length)
})

// facts.md, section 5, code 405. RFC 9110, 15.5.6: the answer has to name the methods that there are.
test.each(wrong)('a merchant who sends %s %s is told to send %s', async (method, path, allowed) => {
  const { raw } = newMerchant(emulator)
  for (const request of [{}, ...(method === 'GET' ? [] : [{ body: '{"a":', headers: json }])]) {
    const answer = await raw(method, `${path}?x=1`, request)
    expect(answer.http).toBe(405)
    expect(answer.headers.get('allow')).toBe(allowed.join(', '))
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.body).toEqual(notAllowed(path, `found ${method}, expected ${allowed.join(' or ')}`))
  }
})

test('an order_id with a slash is one id for this, too', async () => {
  const answer = await newMerchant(emulator).raw('POST', '/v2/order%2F1/status/b2b')
  expect(answer).toMatchObject({ http: 405, body: { status_code: '405' } })
  expect(answer.headers.get('allow')).toBe('GET')
})

// What is missing of the Core API says so in its own format, and says what there is.
test.each([
  ['GET', '/v2/token'],
  ['GET', '/v2/bins/481111'],
  ['POST', '/v2/qris/acquirer-refund'],
])('a merchant who asks %s %s of the Core API learns what it has', async (method, path) => {
  const { http, body } = await newMerchant(emulator).raw(method, path)
  expect(http).toBe(501)
  expect(body).toMatchObject({ status_code: '501' })
  expect(endpoints).not.toContain(`${method} ${path}`)
  for (const endpoint of endpoints) expect(body.status_message).toContain(endpoint)
})

const megabyte = 1_048_576

/** A charge of exactly so many bytes. */
function chargeOf(bytes: number, gopay: object): string {
  const body = (metadata: object) =>
    JSON.stringify({
      payment_type: 'gopay',
      gopay,
      transaction_details: { order_id: 'order-1', gross_amount: 50_000 },
      metadata,
    })
  return body({ text: 'x'.repeat(bytes - body({ text: '' }).length) })
}

// facts.md, section 6: the limit is not documented; the emulator's is 1 MB.
test.each([
  [megabyte, 200],
  [megabyte + 1, 413],
])('a charge of %i bytes is answered with HTTP %i', async (bytes, http) => {
  const shop = await newShop(emulator)
  const gopay = { account_id: shop.accountId, payment_option_token: shop.token }
  const body = chargeOf(bytes, gopay)
  expect(body).toHaveLength(bytes)
  const answer = await shop.raw('POST', '/v2/charge', { body, headers: json })
  expect(answer).toMatchObject({ http, body: http === 200 ? { status_code: '200' } : { message: expect.any(String) } })
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(await shop.status('order-1')).toMatchObject({ status_code: http === 200 ? '200' : '404' })
  // The emulator goes on.
  expect(await shop.charge('order-2', 1)).toMatchObject({ status_code: '200' })
})

test.each([
  ['/v1/invoices', 501],
  ['/v2/order-1/no-such-verb', 404],
  ['/nothing', 404],
])('a body above 1 MB for %s does not change that it is not there', async (path, http) => {
  expect(await sendRaw(emulator.url + path, 'POST', 'x'.repeat(megabyte + 1), json)).toMatchObject({ http })
})
