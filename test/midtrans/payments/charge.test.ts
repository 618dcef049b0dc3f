import { expect, test } from 'vitest'
import { payer } from '../../../src/testkit/index.ts'
import { emulatorOfFile, newShop, uuid, walletOfHappyPayer } from '../merchant.ts'

const emulator = await emulatorOfFile()
const preAuth = { gopay: { pre_auth: true } }

// facts.md, A.4: below IDR 100,000 no PIN, from it on the PIN.
test.each([
  [1, '200', 'settlement'],
  [50_000, '200', 'settlement'],
  [99_999, '200', 'settlement'],
  [100_000, '201', 'pending'],
  [150_000, '201', 'pending'],
])('a payer who owes %i gets %s %s', async (amount, status_code, transaction_status) => {
  const shop = await newShop(emulator)
  expect(await shop.charge('order-1', amount)).toMatchObject({
    httpStatus: 200,
    status_code,
    transaction_status,
    gross_amount: `${amount}.00`,
    fraud_status: 'accept',
    transaction_id: expect.stringMatching(uuid),
  })
})

test('money leaves the wallet when the payer has confirmed, and not before', async () => {
  const shop = await newShop(emulator)
  const pending = await shop.charge('order-1', 150_000)
  expect(await shop.balance()).toBe('8000000.00')
  const walk = await payer.walk(pending.actions[0].url)
  expect(walk.steps).toEqual(['pin'])
  expect(await shop.status('order-1')).toMatchObject({ status_code: '200', transaction_status: 'settlement' })
  expect(await shop.balance()).toBe('7850000.00')
  expect(await shop.ledger()).toEqual({
    sum: 0,
    balances: { issuer: -8_000_000, [walletOfHappyPayer]: 7_850_000, merchant: 150_000 },
  })
})

// facts.md, A.5.
test('a payer without enough money is denied, and keeps what is there', async () => {
  const shop = await newShop(emulator, { phone_number: '8242014881', country_code: '62' })
  expect(await shop.charge('order-1', 1)).toMatchObject({
    httpStatus: 200,
    status_code: '202',
    status_message: 'GoPay transaction is denied',
    transaction_status: 'deny',
    channel_response_code: '201',
    channel_response_message: 'Insufficient Balance',
  })
  expect(await shop.ledger()).toEqual({ sum: 0, balances: {} })
  expect(await shop.charge('order-2', 150_000)).toMatchObject({ status_code: '202', transaction_status: 'deny' })
})

test('a payer can spend all there is, and nothing more', async () => {
  const shop = await newShop(emulator)
  expect(await shop.charge('order-1', 8_000_000, { gopay: { recurring: true } })).toMatchObject({ status_code: '200' })
  expect(await shop.balance()).toBe('0.00')
  expect(await shop.charge('order-2', 1)).toMatchObject({ status_code: '202', channel_response_code: '201' })
  expect((await shop.ledger()).sum).toBe(0)
})

test('a payer whose money went elsewhere before the PIN is denied at the PIN', async () => {
  const shop = await newShop(emulator)
  const first = await shop.charge('order-1', 5_000_000)
  const second = await shop.charge('order-2', 5_000_000)
  await payer.walk(first.actions[0].url)
  await payer.walk(second.actions[0].url)
  expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'settlement' })
  expect(await shop.status('order-2')).toMatchObject({ status_code: '202', transaction_status: 'deny' })
  expect(await shop.balance()).toBe('3000000.00')
})

// facts.md, section 3, gopay object: recurring means no PIN, for any amount.
test.each([50_000, 100_000, 5_000_000])('a recurring payment of %i never asks for the PIN', async (amount) => {
  const shop = await newShop(emulator)
  expect(await shop.charge('order-1', amount, { gopay: { recurring: true } })).toMatchObject({
    status_code: '200',
    transaction_status: 'settlement',
  })
})

// facts.md, A.4 and A.6; the seed writes the flag as text, too.
test.each([
  [1, true],
  [50_000, true],
  [100_000, true],
  [100_000, 'true'],
])('a pre-authorization of %i (pre_auth %j) reserves the money without a PIN', async (amount, pre_auth) => {
  const shop = await newShop(emulator)
  const authorized = await shop.charge('order-1', amount, { gopay: { pre_auth } })
  expect(authorized).toMatchObject({
    httpStatus: 200,
    status_code: '200',
    transaction_status: 'authorize',
    channel_response_code: '0',
    channel_response_message: 'Process service request successfully.',
  })
  expect(await shop.ledger()).toEqual({
    sum: 0,
    balances: {
      issuer: -8_000_000,
      [walletOfHappyPayer]: 8_000_000 - amount,
      [`hold:${authorized.transaction_id}`]: amount,
    },
  })
})

// Issue 2, section 3: refused with HTTP 400 and a validation message that names the sandbox limit.
test('a pre-authorization above the limit of the sandbox is refused, and leaves no trace', async () => {
  const shop = await newShop(emulator)
  expect(await shop.charge('order-1', 100_001, preAuth)).toMatchObject({
    httpStatus: 400,
    status_code: '400',
    validation_messages: [expect.stringContaining('100000')],
  })
  expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
  expect(await shop.told('order-1')).toEqual([])
})

// facts.md, A.6: released after 15 minutes unless captured.
test('what was reserved and not captured goes back after 15 minutes, and the payment expires', async () => {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  await shop.charge('order-1', 100_000, preAuth)
  await shop.admin.advance('899s')
  expect(await shop.status('order-1')).toMatchObject({ status_code: '200', transaction_status: 'authorize' })
  expect(await shop.balance()).toBe('7900000.00')
  await shop.admin.advance('1s')
  expect(await shop.status('order-1')).toMatchObject({ status_code: '407', transaction_status: 'expire' })
  expect(await shop.balance()).toBe('8000000.00')
})

// Issue 2, section 2: a pending transaction lives 15 minutes; its page 5.
test('a payment that nobody confirms expires after 15 minutes', async () => {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  const pending = await shop.charge('order-1', 150_000)
  await shop.admin.advance('5m')
  expect(await payer.walk(pending.actions[0].url)).toMatchObject({ status: 410 })
  await shop.admin.advance('599s')
  expect(await shop.status('order-1')).toMatchObject({ status_code: '201', transaction_status: 'pending' })
  await shop.admin.advance('1s')
  expect(await shop.status('order-1')).toMatchObject({ status_code: '407', transaction_status: 'expire' })
})

// facts.md, section 3: custom fields and metadata are echoed.
test('what the merchant wants to be echoed comes back in the status and the notification', async () => {
  const shop = await newShop(emulator)
  const echoed = {
    custom_field1: 'toko',
    custom_field2: 'é ☕',
    custom_field3: 'x'.repeat(255),
    metadata: { cart: [1, { sku: 'A', gift: null }], note: null, flag: true },
  }
  await shop.charge('order-1', 50_000, { more: echoed })
  expect(await shop.status('order-1')).toMatchObject(echoed)
  expect(await shop.told('order-1')).toMatchObject([echoed])
})

test('20 identical charges at once make one transaction', async () => {
  const shop = await newShop(emulator)
  const answers = await Promise.all(Array.from({ length: 20 }, () => shop.charge('order-1', 50_000)))
  expect(answers.map(({ status_code }) => status_code).sort()).toEqual(['200', ...Array(19).fill('406')])
  expect(await shop.balance()).toBe('7950000.00')
  expect(await shop.told('order-1')).toHaveLength(1)
})
