import { expect, test } from 'vitest'
import { parseOutcome } from '../../../src/midtrans/outcome.ts'
import { payer } from '../../../src/testkit/index.ts'
import { emulatorOfFile, happyPayer, newMerchant, newShop } from '../merchant.ts'

const emulator = await emulatorOfFile()
const wanted = (outcome: string) => ({ headers: { 'x-emulator-outcome': outcome } })

// Issue 2, section 6: the header, for one request.
test.each([
  [150_000, '200', { status_code: '200', transaction_status: 'settlement' }],
  [50_000, '201', { status_code: '201', transaction_status: 'pending' }],
  [50_000, '202', { status_code: '202', transaction_status: 'deny', channel_response_code: '201' }],
  [50_000, '202:112', { channel_response_code: '112', channel_response_message: 'Wallet is Blocked' }],
  [50_000, '202:119', { status_code: '202', channel_response_code: '119' }],
])('a charge of %i that shall end as %s does so, and the next one does not', async (amount, outcome, expected) => {
  const shop = await newShop(emulator)
  const before = await shop.charge('before', amount)
  expect(await shop.charge('order-1', amount, wanted(outcome))).toMatchObject(expected)
  expect(await shop.charge('after', amount)).toMatchObject({ status_code: before.status_code })
})

test('a payment that was made to ask can be confirmed like any other', async () => {
  const shop = await newShop(emulator)
  const pending = await shop.charge('order-1', 50_000, wanted('201'))
  expect((await payer.walk(pending.actions[0].url)).steps).toEqual(['pin'])
  expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'settlement' })
})

// The seed's sample of a pre-authorization with 201: the reservation begins when the payer has confirmed.
test('a pre-authorization that was made to ask reserves the money after the PIN', async () => {
  const shop = await newShop(emulator)
  const pending = await shop.charge('order-1', 100_000, { gopay: { pre_auth: true }, ...wanted('201') })
  expect(await shop.balance()).toBe('8000000.00')
  await payer.walk(pending.actions[0].url)
  expect(await shop.status('order-1')).toMatchObject({ status_code: '200', transaction_status: 'authorize' })
  expect(await shop.balance()).toBe('7900000.00')
  expect((await shop.told('order-1')).map((body) => body.transaction_status)).toEqual(['pending', 'authorize'])
})

test.each(['301', '202:', '202:abc', 'settled', '200 201', '202:123456', '200:1', 'gopay', 'gopay:', 'deny:201:1'])(
  'the outcome "%s" is refused, with the forms that exist',
  async (outcome) => {
    const shop = await newShop(emulator)
    const answer = await shop.charge('order-1', 50_000, wanted(outcome))
    expect(answer).toMatchObject({ httpStatus: 400, status_code: '400' })
    expect(answer.validation_messages[0]).toMatch(/X-Emulator-Outcome.*202:/)
    expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
  },
)

test('money that is not there cannot be made to settle', async () => {
  const shop = await newShop(emulator, { phone_number: '8242014881', country_code: '62' })
  expect(await shop.charge('order-1', 50_000, wanted('200'))).toMatchObject({ transaction_status: 'deny' })
  expect((await shop.ledger()).sum).toBe(0)
})

// Issue 2, section 6: match by operation, phone, order_id pattern, amount; once, n times, always.
test.each([
  ['by nothing at all', {}, true],
  ['by operation', { operation: 'charge' }, true],
  ['by another operation', { operation: 'link' }, false],
  ['by phone, as the docs print it', { phone: '+628215023424' }, true],
  ['by another phone', { phone: '628242974268' }, false],
  ['by the beginning of the order_id', { order_id: 'order-*' }, true],
  ['by the whole order_id', { order_id: 'order-1' }, true],
  ['by another order_id', { order_id: 'order-2' }, false],
  ['by the exact amount', { amount: 50_000 }, true],
  ['by a range, its ends included', { amount: { min: 50_000, max: 50_000 } }, true],
  ['by a range that begins above', { amount: { min: 50_001 } }, false],
  [
    'by all of it together',
    { operation: 'charge', phone: '628215023424', order_id: '*-1', amount: { max: 60_000 } },
    true,
  ],
  ['by all of it, of which one is wrong', { operation: 'charge', order_id: '*-2', amount: 50_000 }, false],
])('a rule can choose charges %s', async (_how, match, chosen) => {
  const shop = await newShop(emulator)
  await shop.admin.put('rules', [{ match, outcome: '202:112' }])
  const charged = await shop.charge('order-1', 50_000)
  expect(charged.transaction_status).toBe(chosen ? 'deny' : 'settlement')
})

test.each([
  ['once', ['deny', 'settlement', 'settlement']],
  [2, ['deny', 'deny', 'settlement']],
  ['always', ['deny', 'deny', 'deny']],
  [undefined, ['deny', 'deny', 'deny']],
])('a rule with times %j is used so often', async (times, expected) => {
  const shop = await newShop(emulator)
  await shop.admin.put('rules', [{ match: { operation: 'charge' }, outcome: 'deny', ...(times && { times }) }])
  const statuses = []
  for (const order of ['a', 'b', 'c']) statuses.push((await shop.charge(order, 50_000)).transaction_status)
  expect(statuses).toEqual(expected)
})

test('a charge that was refused has not used up a rule, and neither has one with a header', async () => {
  const shop = await newShop(emulator)
  await shop.admin.put('rules', [{ match: { operation: 'charge' }, outcome: 'deny', times: 'once' }])
  await shop.charge('order-1', 0)
  await shop.charge('order-1', 50_000, { gopay: { payment_option_token: 'x' } })
  await shop.charge('order-1', 50_000, wanted('200'))
  await shop.charge('order-1', 50_000)
  expect(await shop.admin.get('rules')).toMatchObject([{ used: 0 }])
  expect(await shop.charge('order-2', 50_000)).toMatchObject({ transaction_status: 'deny' })
})

test('the first rule that fits is the one that counts, and a new list replaces the old one', async () => {
  const shop = await newShop(emulator)
  await shop.admin.put('rules', [
    { match: { order_id: 'order-1' }, outcome: 'ask-pin' },
    { match: {}, outcome: 'deny' },
  ])
  expect(await shop.charge('order-1', 50_000)).toMatchObject({ transaction_status: 'pending' })
  expect(await shop.charge('order-2', 50_000)).toMatchObject({ transaction_status: 'deny' })
  await shop.admin.put('rules', [])
  expect(await shop.charge('order-3', 50_000)).toMatchObject({ transaction_status: 'settlement' })
})

test('a rule can refuse a link', async () => {
  const { api, admin } = newMerchant(emulator)
  await admin.put('rules', [{ match: { operation: 'link', phone: '628215*' }, outcome: '202:105', times: 'once' }])
  const link = () => api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner: happyPayer })
  expect(await link()).toEqual({
    httpStatus: 200,
    status_code: '202',
    payment_type: 'gopay',
    channel_response_code: '105',
    channel_response_message: 'User Not Found',
  })
  expect(await link()).toMatchObject({ status_code: '201' })
})

// The words and the numbers mean the same.
test.each([
  ['200', 'settle'],
  ['201', 'ask-pin'],
  ['202', 'deny'],
  ['202:201', 'deny:201'],
  ['202:201', 'deny:201'],
  ['202:119', 'gopay:119'],
])('%s means the same as %s', (number, word) => {
  expect(parseOutcome(number)).toEqual(parseOutcome(word))
  expect(parseOutcome(number)).toBeDefined()
})
