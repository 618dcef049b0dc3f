import { describe, expect, test } from 'vitest'
import { basicAuth } from '../../journeys/raw-request.ts'
import { emulatorOfFile, newShop, type Shop } from '../merchant.ts'

const emulator = await emulatorOfFile()

/** A charge as a client sees it: what came over the wire, or how the connection ended. */
async function charge(shop: Shop, orderId: string, fault?: string) {
  const started = performance.now()
  const response = await fetch(`${emulator.url}/v2/charge`, {
    method: 'POST',
    headers: {
      authorization: basicAuth(shop.key),
      'content-type': 'application/json',
      ...(fault !== undefined && { 'x-emulator-fault': fault }),
    },
    body: JSON.stringify({
      payment_type: 'gopay',
      gopay: { account_id: shop.accountId, payment_option_token: shop.token },
      transaction_details: { order_id: orderId, gross_amount: 50_000 },
    }),
  }).catch((error: Error & { cause?: { code?: string } }) => ({ failed: error.cause?.code ?? error.message }))
  if ('failed' in response) return { ...response, tookMs: performance.now() - started }
  const text = await response.text().catch(() => 'broken off')
  return { status: response.status, headers: response.headers, text, tookMs: performance.now() - started }
}

const rule = (shop: Shop, fault: string, more: object = {}) =>
  shop.admin.put('rules', [{ match: { operation: 'charge' }, fault, ...more }])

const happened = { status_code: '200', transaction_status: 'settlement' }
const nothing = { status_code: '404' }

const broken = [
  ['reset', { failed: 'ECONNRESET' }],
  ['empty', { failed: 'UND_ERR_SOCKET' }],
  ['429', { status: 429, text: expect.stringContaining('API rate limit exceeded') }],
  ['500', { status: 500 }],
  ['502', { status: 502 }],
  ['503', { status: 503 }],
  ['504', { status: 504 }],
  ['garbage', { status: expect.any(Number), text: expect.stringMatching(/^}/) }],
  ['cut', { status: expect.any(Number), text: 'broken off' }],
  ['cut:20', { text: 'broken off' }],
] as const

describe.each(broken)('the fault %s', (kind, seen) => {
  test('before the step: the merchant gets no good answer, and nothing has happened', async () => {
    const shop = await newShop(emulator)
    await rule(shop, `before:${kind}`, { times: 'once' })
    expect(await charge(shop, 'order-1')).toMatchObject(seen)
    expect(await shop.status('order-1')).toMatchObject(nothing)
    expect(await shop.balance()).toBe('8000000.00')
    expect(await charge(shop, 'order-1')).toMatchObject({ status: 200, text: expect.stringContaining('settlement') })
  })

  test('after the step: the merchant gets the same, but GET status tells that it was paid', async () => {
    const shop = await newShop(emulator)
    await rule(shop, `after:${kind}`)
    expect(await charge(shop, 'order-1')).toMatchObject(seen)
    expect(await shop.status('order-1')).toMatchObject(happened)
    expect(await shop.balance()).toBe('7950000.00')
  })

  test('is wanted by a header as well, for one request', async () => {
    const shop = await newShop(emulator)
    expect(await charge(shop, 'order-1', `after:${kind}`)).toMatchObject(seen)
    expect(await shop.status('order-1')).toMatchObject(happened)
  })
})

test('a body that is cut has so much of the answer as the rule says', async () => {
  const shop = await newShop(emulator)
  const response = await fetch(`${emulator.url}/v2/nothing/status`, {
    headers: { authorization: basicAuth(shop.key), 'x-emulator-fault': 'cut:20' },
  })
  const reader = response.body?.getReader()
  const first = await reader?.read()
  expect(new TextDecoder().decode(first?.value)).toHaveLength(20)
  await expect(reader?.read()).rejects.toThrow()
})

test.each(['latency:60ms', 'after:latency:60ms', 'trickle:60ms', 'latency:60ms..61ms'])(
  'the fault %s takes its time, and then all is well',
  async (fault) => {
    const shop = await newShop(emulator)
    const answer = await charge(shop, 'order-1', fault)
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('settlement') })
    expect(JSON.parse('text' in answer ? answer.text : '')).toMatchObject(happened)
    expect(answer.tookMs).toBeGreaterThan(55)
  },
)

test('a fault is used as often as its rule says, and the answer tells which one and how to repeat it', async () => {
  const shop = await newShop(emulator)
  await rule(shop, '503', { times: 2, seed: 'monday' })
  const one = await charge(shop, 'order-1')
  expect('headers' in one && one.headers.get('x-emulator-fault')).toBe('before:503; seed=monday')
  await charge(shop, 'order-1')
  const third = await charge(shop, 'order-1')
  expect(third).toMatchObject({ status: 200 })
  expect('headers' in third && third.headers.has('x-emulator-fault')).toBe(false)
  expect(await shop.admin.get('rules')).toMatchObject([{ used: 2, fault: '503', seed: 'monday' }])
})

test.each([
  [{ operation: 'status' }, ['status']],
  [{ order_id: 'order-1' }, ['status', 'cancel', 'charge']],
  [{ amount: { min: 49_999, max: 50_001 } }, ['status', 'cancel', 'charge']],
  [{ phone: '+62 8215023424' }, ['account', 'status', 'cancel', 'charge']],
  [{ path: '/v2/order-1/*' }, ['status', 'cancel']],
  [{ method: 'GET' }, ['account', 'status']],
  [{ nth: 2 }, ['status']],
  [{ sandbox: 'nobody' }, []],
  [{}, ['account', 'status', 'cancel', 'charge']],
])('a fault that is meant for %j breaks %j of account, status, cancel and charge', async (match, meant) => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 50_000)
  await shop.admin.put('rules', [{ match, fault: '502' }])
  const account = { gopay: { account_id: shop.accountId, payment_option_token: shop.token } }
  const answers = {
    account: await shop.api.get(`/v2/pay/account/${shop.accountId}`),
    status: await shop.status('order-1'),
    cancel: await shop.api.post('/v2/order-1/cancel'),
    charge: await shop.api.post('/v2/charge', {
      payment_type: 'gopay',
      ...account,
      transaction_details: { order_id: 'order-1', gross_amount: 50_000 },
    }),
  }
  const met = Object.entries(answers).filter(([, { httpStatus }]) => httpStatus === 502)
  expect(met.map(([name]) => name)).toEqual(meant)
})

test('a request that would be refused is broken as well, and a broken one is not refused', async () => {
  const shop = await newShop(emulator)
  await shop.admin.put('rules', [{ match: {}, fault: '504' }])
  expect(await shop.charge('order-1', 0)).toMatchObject({ httpStatus: 504 })
  expect(await shop.api.post('/v2/capture', {})).toMatchObject({ httpStatus: 504 })
})

test('a header that names no fault is refused with the forms that exist, and nothing happens', async () => {
  const shop = await newShop(emulator)
  const answer = await charge(shop, 'order-1', 'after:explode')
  expect(answer).toMatchObject({
    status: 400,
    text: expect.stringMatching(/found \\"after:explode\\", expected before:/),
  })
  expect(await shop.status('order-1')).toMatchObject(nothing)
})

test('the same seed breaks the same requests in the same way, another seed others', async () => {
  const shop = await newShop(emulator)
  const run = async (seed: string) => {
    await shop.admin.put('rules', [
      { match: { operation: 'status' }, fault: 'garbage', probability: 0.3, seed },
      { match: { operation: 'status' }, fault: '503', probability: 0.3, seed },
    ])
    const texts: string[] = []
    for (let count = 0; count < 30; count++) {
      const response = await fetch(`${emulator.url}/v2/nothing/status`, {
        headers: { authorization: basicAuth(shop.key) },
      })
      const text = await response.text()
      texts.push(`${response.status} ${text.startsWith('}') ? text : ''}`)
    }
    return texts
  }
  const one = await run('7')
  expect(new Set(one).size).toBeGreaterThan(3)
  expect(await run('7')).toEqual(one)
  expect(await run('8')).not.toEqual(one)
})

test('a client that gives up while it waits does not keep the emulator from closing', async () => {
  const shop = await newShop(emulator)
  const signal = AbortSignal.timeout(50)
  const waiting = fetch(`${emulator.url}/v2/order-1/status`, {
    signal,
    headers: { authorization: basicAuth(shop.key), 'x-emulator-fault': 'latency:60s' },
  })
  await expect(waiting).rejects.toThrow()
})

test('an Idempotency-Key protects whoever lost the answer: the repeat tells of the same payment', async () => {
  const shop = await newShop(emulator)
  const pay = (fault?: string) =>
    shop.charge('order-1', 50_000, { headers: { 'idempotency-key': 'k', ...(fault && { 'x-emulator-fault': fault }) } })
  await expect(pay('after:reset')).rejects.toThrow()
  expect(await pay()).toMatchObject(happened)
  expect(await shop.balance()).toBe('7950000.00')
})

test('two faults at once: what is broken for one sandbox leaves the other alone', async () => {
  const [one, other] = await Promise.all([newShop(emulator), newShop(emulator)])
  await one.admin.put('rules', [{ match: {}, fault: 'reset' }])
  await expect(one.status('x')).rejects.toThrow()
  expect(await other.status('x')).toMatchObject(nothing)
})

test('a body that is no JSON is broken like any other, and refused where nothing is', async () => {
  const shop = await newShop(emulator)
  const send = () => shop.raw('POST', '/v2/charge', { body: '{', headers: { 'content-type': 'application/json' } })
  expect((await send()).body).toMatchObject({ status_code: '413' })
  await shop.admin.put('rules', [{ match: { operation: 'charge' }, fault: '503' }])
  expect((await send()).http).toBe(503)
  expect(await shop.admin.get('rules')).toMatchObject([{ used: 1 }])
})

test('a charge that waits while its sandbox is deleted is not paid in a world that is gone', async () => {
  const shop = await newShop(emulator)
  const { merchant_id } = (await shop.admin.get('settings')) as { merchant_id: string }
  const waiting = shop.charge('order-1', 50_000, { headers: { 'x-emulator-fault': 'latency:400ms' } })
  await shop.admin.expect({ request: { operation: 'charge' } })
  await shop.admin.delete(`sandboxes/${merchant_id}`)
  expect(await waiting).toMatchObject({ httpStatus: 500 })
})
