import { expect, test } from 'vitest'
import { startEmulator } from '../../src/testkit/index.ts'
import { openMerchant } from '../journeys/merchant.ts'
import { adminRequest } from './admin-request.ts'

const key = 'SB-Mid-server-rule-nouns'

test.each([
  [
    { match: { operation: 'charge', order_id: 'a-*', amount: { min: 5, max: 9 } }, outcome: 'deny:201', times: 2 },
    'Each charge request with order_id a-* and amount from 5 to 9 is denied with channel code 201 (Insufficient Balance), 2 times at the most.',
  ],
  [{ match: { nth: 3 }, outcome: 'ask-pin' }, 'The 3rd request asks the payer for the PIN.'],
  [{ match: { nth: 12 }, outcome: '412' }, 'The 12th request is refused with status_code 412.'],
  [
    { match: { operation: 'status' }, fault: 'after:reset', probability: 0.25, seed: 'x' },
    'Each status request has its connection reset after all has happened, in 25 % of all cases, by the seed x.',
  ],
  [
    { match: {}, fault: 'latency:1s..2s', enabled: false },
    'Each request waits 1000 to 2000 ms before it is worked on, but it is switched off.',
  ],
  [
    { match: { operation: 'notification', event: '*.settlement' }, outcome: 'drop', times: 'once' },
    'Each notification with event *.settlement is never sent, once.',
  ],
  [
    { match: { phone: '62*' }, outcome: 'gopay:1703' },
    'Each request with phone 62* fails at GoPay with its code 1703.',
  ],
])('the rule %j explains itself: %s', async (rule, sentence) => {
  await using emulator = await startEmulator()
  const answer = await adminRequest(emulator, 'rules', { method: 'POST', key, body: rule })
  expect(answer).toMatchObject({ status: 201, body: { says: sentence, used: 0, id: expect.any(String) } })
})

test('rules are added one by one, switched off and on, and taken away', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, key)
  const send = (method: string, path: string, body?: unknown) => adminRequest(emulator, path, { method, key, body })
  const first = await send('POST', 'rules', { match: { operation: 'charge' }, outcome: 'deny:201' })
  const second = await send('POST', 'rules', { match: { operation: 'charge' }, outcome: 'ask-pin' })
  const code = async (order: string) => (await merchant.charge(order, 1_000)).status_code
  expect(await code('a')).toBe('202')
  expect((await send('PATCH', `rules/${first.body.id}`, { enabled: false })).body).toMatchObject({
    enabled: false,
    used: 1,
  })
  expect(await code('b')).toBe('201')
  expect((await send('PATCH', `rules/${first.body.id}`, { enabled: true })).body).toMatchObject({
    enabled: true,
    used: 1,
  })
  expect(await code('c')).toBe('202')
  expect((await send('DELETE', `rules/${first.body.id}`)).status).toBe(200)
  expect(await code('d')).toBe('201')
  expect((await send('GET', 'rules')).body).toMatchObject([{ id: second.body.id, used: 2 }])
  for (const method of ['PATCH', 'DELETE']) {
    const gone = await send(method, `rules/${first.body.id}`, method === 'PATCH' ? { enabled: true } : undefined)
    expect(gone).toMatchObject({ status: 404, body: { title: 'No such rule', hint: expect.any(String) } })
  }
})

test('a request that nearly matched a rule is shown with what differed', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, key)
  const admin = emulator.admin(key)
  await admin.put('rules', [{ match: { operation: 'charge', order_id: 'order-1', amount: 5_000 }, outcome: '202' }])
  expect(await admin.get('rules')).toEqual([expect.not.objectContaining({ nearest_miss: expect.anything() })])
  await merchant.charge('other', 7_000)
  await merchant.charge('order-1', 6_000)
  await merchant.charge('another', 8_000)
  expect(await admin.get('rules')).toMatchObject([
    {
      used: 0,
      nearest_miss: {
        request: { operation: 'charge', order_id: 'order-1', amount: 6_000, phone: '628215023424' },
        differs: ['amount: expected 5000, found 6000'],
      },
    },
  ])
})

test('a test fails while a rule was never used, and is told which and why', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, key)
  const admin = emulator.admin(key)
  await admin.put('rules', [
    { match: { operation: 'charge', order_id: 'a' }, outcome: '202' },
    { match: { operation: 'charge', order_id: 'b' }, outcome: '202' },
    { match: { operation: 'charge' }, outcome: '202', enabled: false },
  ])
  await merchant.charge('a', 1_000)
  await merchant.charge('c', 1_000)
  expect(await admin.get('rules?unused=true')).toMatchObject([{ match: { order_id: 'b' } }])
  expect(await adminRequest(emulator, 'rules/expect-used', { method: 'POST', key })).toMatchObject({
    status: 417,
    body: {
      title: 'Unused rules',
      detail: 'Found 1 rules that were never used, expected none',
      hint: 'Each charge request with order_id b is denied. Nearest request: order_id: expected "b", found "c".',
    },
  })
  await merchant.charge('b', 1_000)
  expect((await adminRequest(emulator, 'rules/expect-used', { method: 'POST', key })).status).toBe(200)
})

test.each([
  ['account_id', { account_id: 'nobody*' }, '200'],
  ['sandbox', { sandbox: 'G*' }, '202'],
  ['sandbox', { sandbox: 'H*' }, '200'],
])('a rule about the %s %j makes a charge %s', async (_fact, match, code) => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, key)
  await emulator.admin(key).put('rules', [{ match, outcome: '202' }])
  expect(await merchant.charge('a', 1_000)).toMatchObject({ status_code: code })
  await emulator.admin(key).put('rules', [{ match: { account_id: merchant.accountId }, outcome: '202:112' }])
  expect(await merchant.charge('b', 1_000)).toMatchObject({ channel_response_code: '112' })
})

test('the test kit gives rules, and fails while one was never used', async () => {
  await using emulator = await startEmulator({ 'admin-token': 'secret' })
  const merchant = await openMerchant(emulator.url, key)
  const admin = emulator.admin(key)
  const [rule] = await admin.rules([{ match: { operation: 'charge' }, outcome: 'deny:201', times: 'once' }])
  expect(rule).toMatchObject({ says: expect.stringContaining('Insufficient Balance'), used: 0 })
  await expect(admin.expectRulesUsed()).rejects.toThrow(/never used.*Each charge request is denied/)
  await merchant.charge('a', 1_000)
  await admin.expectRulesUsed()
})

test('there are never more than a thousand rules', async () => {
  await using emulator = await startEmulator()
  const rule = { match: { order_id: 'x' }, outcome: '202' }
  const send = (method: string, body: unknown) => adminRequest(emulator, 'rules', { method, key, body })
  await send(
    'PUT',
    Array.from({ length: 1_000 }, () => rule),
  )
  expect(await send('POST', rule)).toMatchObject({ status: 409, body: { title: 'Too many rules' } })
})
