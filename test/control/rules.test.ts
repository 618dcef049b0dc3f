import { expect, test } from 'vitest'
import { payer, startEmulator } from '../../src/testkit/index.ts'
import { coreApi } from '../core-api.ts'
import { linkIn, openMerchant } from '../journeys/merchant.ts'
import { adminRequest } from './admin-request.ts'

const key = 'SB-Mid-server-rules'
const charges = { operation: 'charge' }

/** A merchant under these rules, and the status codes of charges with these order_ids and amounts. */
async function codesUnder(rules: readonly object[], orders: readonly (readonly [string, number])[]) {
  await using emulator = await startEmulator()
  const admin = emulator.admin(key)
  const merchant = await openMerchant(emulator.url, key)
  await admin.put('rules', rules)
  const codes: unknown[] = []
  for (const [orderId, amount] of orders) codes.push((await merchant.charge(orderId, amount)).status_code)
  const used = ((await admin.get('rules')) as { used: number }[]).map((rule) => rule.used)
  return { codes, used }
}
const three = [
  ['a', 1_000],
  ['b', 1_000],
  ['c', 1_000],
] as const

test.each([
  ['once', 1, ['202', '200', '200']],
  [2, 2, ['202', '202', '200']],
  ['always', 3, ['202', '202', '202']],
  [undefined, 3, ['202', '202', '202']],
])('a rule that holds %s is used %i times of three', async (times, uses, codes) => {
  const rule = { match: charges, outcome: '202', ...(times !== undefined && { times }) }
  expect(await codesUnder([rule], three)).toEqual({ codes, used: [uses] })
})

test('the first rule that matches counts, and rules that do not are not used up', async () => {
  const rules = [
    { match: { operation: 'link' }, outcome: 'deny:105' },
    { match: { ...charges, order_id: 'b' }, outcome: '201' },
    { match: charges, outcome: '202', times: 1 },
    { match: charges, outcome: '201' },
  ]
  expect(await codesUnder(rules, three)).toEqual({ codes: ['202', '201', '201'], used: [0, 1, 1, 1] })
})

test.each([
  ['order-*', ['order-1', 'order-'], ['my-order-1', 'Order-1']],
  ['*-vip-*', ['a-vip-b', '-vip-'], ['vip', 'a-vip']],
  ['*', ['anything'], []],
  ['a.c', ['a.c'], ['abc']],
  ['*ab*ab', ['abab', 'xxab-ab'], ['ab', 'ababx']],
])('an order_id pattern %s matches what it says', async (pattern, matching, others) => {
  const orders = [...matching, ...others].map((orderId) => [orderId, 1_000] as const)
  const { codes } = await codesUnder([{ match: { order_id: pattern }, outcome: '202' }], orders)
  expect(codes).toEqual([...matching.map(() => '202'), ...others.map(() => '200')])
})

test.each([
  [5_000, ['200', '202', '200']],
  [{ min: 5_000 }, ['200', '202', '202']],
  [{ max: 5_000 }, ['202', '202', '200']],
  [{ min: 4_999, max: 5_001 }, ['200', '202', '200']],
  [{}, ['202', '202', '202']],
])('an amount of %j matches 1, 5000 and 99999 as it says', async (amount, codes) => {
  const orders = [
    ['a', 1],
    ['b', 5_000],
    ['c', 99_999],
  ] as const
  expect((await codesUnder([{ match: { amount }, outcome: '202' }], orders)).codes).toEqual(codes)
})

test.each(['+628215023424', '628215023424', '+62 821-5023-424', '62821*'])(
  'a phone number may be written as %s',
  async (phone) => {
    const { codes } = await codesUnder([{ match: { phone }, outcome: '202' }], [['a', 1_000]])
    expect(codes).toEqual(['202'])
  },
)

test('a rule for one phone number leaves other payers alone', async () => {
  const { codes } = await codesUnder([{ match: { phone: '+628242974268' }, outcome: '202' }], [['a', 1_000]])
  expect(codes).toEqual(['200'])
})

test('all facts of a rule have to match', async () => {
  const rule = { match: { ...charges, order_id: 'a', amount: { min: 2_000 } }, outcome: '202' }
  const orders = [
    ['a', 1_000],
    ['b', 2_000],
  ] as const
  expect((await codesUnder([rule], orders)).codes).toEqual(['200', '200'])
})

test('a denied charge carries the code of the rule, and is told to the merchant', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(key)
  const merchant = await openMerchant(emulator.url, key)
  await admin.put('rules', [{ match: charges, outcome: 'deny:112' }])
  expect(await merchant.charge('order-1', 1_000)).toMatchObject({
    status_code: '202',
    transaction_status: 'deny',
    channel_response_code: '112',
    channel_response_message: 'Wallet is Blocked',
  })
  const [told] = (await admin.get('notifications?reference=order-1')) as { body: object }[]
  expect(told?.body).toMatchObject({ status_code: '202', transaction_status: 'deny', channel_response_code: '112' })
  expect(await merchant.balance()).toBe('8000000.00')
})

test('a rule refuses a link with its code', async () => {
  await using emulator = await startEmulator()
  await emulator.admin(key).put('rules', [{ match: { operation: 'link' }, outcome: 'deny:105', times: 'once' }])
  const gopay_partner = { phone_number: '8215023424', country_code: '62' }
  const link = () => coreApi(emulator.url, key).post('/v2/pay/account', { payment_type: 'gopay', gopay_partner })
  expect(await link()).toMatchObject({ status_code: '202', channel_response_code: '105' })
  expect(await link()).toMatchObject({ status_code: '201' })
})

test('a rule asks for the PIN of a small amount, and spares it for a large one', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, key)
  await emulator.admin(key).put('rules', [
    { match: { amount: { max: 99_999 } }, outcome: 'ask-pin' },
    { match: { amount: { min: 100_000 } }, outcome: 'settle' },
  ])
  const small = await merchant.charge('small', 1_000)
  expect((await payer.walk(linkIn(small, 'verification-link-url'))).returnedTo).toContain('result=success')
  expect(await merchant.charge('large', 1_000_000)).toMatchObject({ transaction_status: 'settlement' })
  expect(await merchant.balance()).toBe('6999000.00')
})

test('a refused charge does not use a rule up', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(key)
  const merchant = await openMerchant(emulator.url, key)
  await merchant.charge('taken', 1_000)
  await admin.put('rules', [{ match: charges, outcome: '202', times: 'once' }])
  expect(await merchant.charge('taken', 1_000)).toMatchObject({ status_code: '406' })
  expect(await admin.get('rules')).toMatchObject([{ used: 0 }])
  expect(await merchant.charge('free', 1_000)).toMatchObject({ status_code: '202' })
})

test('X-Emulator-Outcome decides one request, before all rules, and uses none up', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(key)
  const merchant = await openMerchant(emulator.url, key)
  await admin.put('rules', [{ match: charges, outcome: '202' }])
  const charge = async (orderId: string, outcome: string) =>
    merchant.charge(orderId, 1_000, { headers: { 'X-Emulator-Outcome': outcome } })
  expect(await charge('a', '200')).toMatchObject({ status_code: '200' })
  expect(await charge('b', '201')).toMatchObject({ status_code: '201' })
  expect(await charge('c', '202:105')).toMatchObject({ status_code: '202', channel_response_code: '105' })
  expect(await admin.get('rules')).toMatchObject([{ used: 0 }])
  expect(await charge('d', 'maybe')).toMatchObject({
    status_code: '400',
    validation_messages: [expect.stringContaining('X-Emulator-Outcome')],
  })
})

test('rules are shown as they were given, and replaced as a whole', async () => {
  await using emulator = await startEmulator()
  const put = (body: unknown) => adminRequest(emulator, 'rules', { method: 'PUT', key, body })
  const match = { operation: 'charge', order_id: 'vip-*', amount: { min: 1, max: 9 } }
  const shown = { source: 'api', match, outcome: 'deny:201', times: 3, enabled: true, used: 0 }
  expect(await put([{ match, outcome: 'deny:201', times: 3 }])).toMatchObject({ status: 200, body: [shown] })
  expect((await adminRequest(emulator, 'rules', { key })).body).toMatchObject([shown])
  expect((await put([])).body).toEqual([])
})

test.each([
  [{ match: {}, outcome: '200' }],
  [[{ outcome: '200' }]],
  [[{ match: {} }]],
  [[{ match: {}, outcome: '203' }]],
  [[{ match: {}, outcome: 'deny:abc' }]],
  [[{ match: {}, outcome: '200', times: 0 }]],
  [[{ match: {}, outcome: '200', times: 'twice' }]],
  [[{ match: { operation: 'approve' }, outcome: '200' }]],
  [[{ match: { nth: 0 }, outcome: '200' }]],
  [[{ match: {}, outcome: '200', probability: 0 }]],
  [[{ match: {}, outcome: '200', probability: 1.1 }]],
  [[{ match: { colour: 'red' }, outcome: '200' }]],
  [[{ match: { amount: '5000' }, outcome: '200' }]],
  [[{ match: { amount: { from: 1 } }, outcome: '200' }]],
  [[{ match: {}, outcome: '200', note: 'x' }]],
])('%j is no list of rules, and the rules before it stay', async (body) => {
  await using emulator = await startEmulator()
  const put = (rules: unknown) => adminRequest(emulator, 'rules', { method: 'PUT', key, body: rules })
  await put([{ match: charges, outcome: '202' }])
  const answer = await put(body)
  expect(answer).toMatchObject({ status: 400, body: { status: 400, title: expect.any(String) } })
  expect(answer.body.detail).not.toBe('')
  expect((await adminRequest(emulator, 'rules', { key })).body).toHaveLength(1)
})
