import { expect, test } from 'vitest'
import { emulatorOfFile, newShop, refusedBecause } from '../merchant.ts'

const emulator = await emulatorOfFile()
const shop = await newShop(emulator)
const minimum = 'transaction_details.gross_amount must be greater than or equal to 1'
let orders = 0
const newOrder = () => `order-${++orders}`

// facts.md, section 3, transaction_details.
test.each([
  [0, minimum],
  [-1, minimum],
  [-50_000, minimum],
  ['0', minimum],
  ['-5', minimum],
  [39.1, 'transaction_details.gross_amount is not a number'],
  [true, 'transaction_details.gross_amount is not a number'],
  [{}, 'transaction_details.gross_amount is not a number'],
])('an amount of %j is refused: %s', async (amount, message) => {
  const order = newOrder()
  expect(await shop.charge(order, amount)).toMatchObject(refusedBecause(message))
  expect(await shop.status(order)).toMatchObject({ status_code: '404' })
})

// facts.md, section 3: no decimals, 39.10 is refused for gopay. The text was not seen, so only the refusal is asserted.
test.each(['39.10', '', 'fifty', '50,000', '5e4', ' 50000', '0x10', '99999999999999'])(
  'an amount of %j as text is refused',
  async (amount) => {
    const answer = await shop.charge(newOrder(), amount)
    expect(answer).toMatchObject({ httpStatus: 400, status_code: '400' })
    expect(answer.validation_messages).toEqual([expect.stringMatching(/^transaction_details\.gross_amount /)])
  },
)

// recordings.md: the java client sends amounts as text.
test.each([
  ['26500', '26500.00'],
  ['50000.00', '50000.00'],
  [50_000.0, '50000.00'],
])('an amount of %j is answered as %s', async (amount, gross_amount) => {
  expect(await shop.charge(newOrder(), amount)).toMatchObject({ status_code: '200', gross_amount })
})

test.each([
  [{ transaction_details: { gross_amount: 1 } }, ['transaction_details.order_id is required']],
  [{ transaction_details: { order_id: 'x' } }, ['transaction_details.gross_amount is required']],
  [
    { transaction_details: {} },
    ['transaction_details.order_id is required', 'transaction_details.gross_amount is required'],
  ],
  [{ transaction_details: undefined }, ['transaction_details is required']],
  [{ payment_type: undefined }, ['payment_type is required']],
])('a charge without what it needs is refused: %j', async (more, messages) => {
  const answer = await shop.charge('x', 1, { more })
  expect(answer).toMatchObject({ httpStatus: 400, status_code: '400' })
  expect(new Set(answer.validation_messages)).toEqual(new Set(messages))
})

// facts.md, section 3: String(50).
test('an order_id may have 50 characters and not one more', async () => {
  expect(await shop.charge('a'.repeat(50), 1)).toMatchObject({ status_code: '200', order_id: 'a'.repeat(50) })
  expect(await shop.charge('a'.repeat(51), 1)).toMatchObject(refusedBecause('transaction_details.order_id is too long'))
  expect(await shop.charge('', 1)).toMatchObject({ httpStatus: 400 })
})

test.each([[true], [{}], [['x']], [1.5]])('the order_id %j is refused as such, not as an amount', async (order_id) => {
  const answer = await shop.charge(order_id, 1)
  expect(answer).toMatchObject({ httpStatus: 400, status_code: '400' })
  expect(answer.validation_messages).toEqual([
    expect.stringMatching(/^transaction_details\.order_id (?!is not a number)/),
  ])
})

// facts.md, section 3: an integer was accepted in 2019 and answered as text; section 12: symbols.
test.each([
  [1_546_300_800, '1546300800'],
  ['2016-10-20 12:39:16 +0700', '2016-10-20 12:39:16 +0700'],
  ['a-b_c~d.e', 'a-b_c~d.e'],
])('the order_id %j is accepted, and answered as %j', async (given, answered) => {
  expect(await shop.charge(given, 1)).toMatchObject({ status_code: '200', order_id: answered })
})

// facts.md, section 3 and recordings.md, 400 (REC): the sum of price times quantity has to be gross_amount.
test('items that do not sum up to the amount are refused', async () => {
  const item = { id: 'a', name: 'Tea', price: 20_000, quantity: 2 }
  const sumIs = (...item_details: object[]) => shop.charge(newOrder(), 40_000, { more: { item_details } })
  expect(await sumIs(item)).toMatchObject({ status_code: '200' })
  expect(
    await sumIs({ ...item, quantity: 3 }, { ...item, name: 'Discount', price: -20_000, quantity: 1 }),
  ).toMatchObject({ status_code: '200' })
  expect(await sumIs({ ...item, quantity: 1 })).toMatchObject(
    refusedBecause('transaction_details.gross_amount is not equal to the sum of item_details'),
  )
})

// facts.md, section 3, gopay object: the capital G stands in Midtrans's sample.
test('GoPay Tokenization needs an account and a token', async () => {
  expect(await shop.charge(newOrder(), 1, { gopay: { account_id: undefined } })).toMatchObject(
    refusedBecause('Gopay.account_id is required'),
  )
  expect(await shop.charge(newOrder(), 1, { gopay: { payment_option_token: undefined } })).toMatchObject({
    httpStatus: 400,
    validation_messages: [expect.stringContaining('payment_option_token is required')],
  })
})

test.each([{ payment_type: 'credit_card' }, { payment_type: 'bank_transfer' }])(
  'what is not emulated is told apart from what is wrong: %j',
  async (more) => {
    expect(await shop.charge(newOrder(), 1, { more })).toMatchObject({
      httpStatus: 501,
      status_code: '501',
      status_message: expect.stringContaining('there is gopay'),
    })
  },
)

// facts.md, section 5, code 402, over HTTP 200 (section 0).
test('a payment type that Midtrans does not have is none that the merchant may use', async () => {
  expect(await shop.charge(newOrder(), 1, { more: { payment_type: 'cowrie_shells' } })).toMatchObject({
    httpStatus: 200,
    status_code: '402',
    status_message: "Merchant doesn't have access for this payment type",
  })
})

test.each(['javascript:alert(1)', 'not a url'])('the callback_url %s is refused', async (callback_url) => {
  expect(await shop.charge(newOrder(), 150_000, { gopay: { callback_url } })).toMatchObject({ httpStatus: 400 })
})

test('custom fields have up to 255 characters', async () => {
  expect(await shop.charge(newOrder(), 1, { more: { custom_field1: 'x'.repeat(256) } })).toMatchObject(
    refusedBecause('custom_field1 is too long'),
  )
})

// Unknown fields of newer or other clients must not break a charge.
test('fields that the emulator does not know are ignored', async () => {
  const more = { customer_details: { first_name: 'Budi', phone: '0812' }, x: [] }
  expect(await shop.charge(newOrder(), 1, { more, gopay: { colour: 'green' } })).toMatchObject({ status_code: '200' })
})
