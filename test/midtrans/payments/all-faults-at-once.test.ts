import { expect, test } from 'vitest'
import { emulatorOfFile, newShop, refusedBecause } from '../merchant.ts'

const emulator = await emulatorOfFile()
const shop = await newShop(emulator)
await shop.admin.patch('settings', { callback_hosts: ['shop.example'], quirks: { order_id_symbols: 'reject' } })
const long = 'x'.repeat(256)
const item = { name: 'Tea', price: 20_000, quantity: 2 }

// The words of facts.md, section 3; where these were not seen, those that the source marks as UNCERTAIN.
const words = {
  noOrder: 'transaction_details.order_id is required',
  longOrder: 'transaction_details.order_id is too long',
  symbols: 'transaction_details.order_id contains invalid characters',
  noAmount: 'transaction_details.gross_amount is required',
  amount: 'transaction_details.gross_amount must be greater than or equal to 1',
  noNumber: 'transaction_details.gross_amount is not a number',
  sum: 'transaction_details.gross_amount is not equal to the sum of item_details',
  preAuth: 'transaction_details.gross_amount must be less than or equal to 100000 for pre_auth in the sandbox',
  itemName: 'item_details[0].name is required',
  noItem: 'item_details[0] is invalid',
  price: 'item_details[0].price is not a number',
  firstName: 'customer_details.first_name is too long',
  country: 'customer_details.billing_address.country_code is invalid',
  postal: 'customer_details.billing_address.postal_code is invalid',
  field: 'custom_field1 is too long',
  noText: 'custom_field2 is invalid',
  metadata: 'metadata is invalid',
  duration: 'custom_expiry.expiry_duration is not a number',
  minimum: 'custom_expiry is below minimum threshold',
  orderTime: 'custom_expiry.order_time must be in the format yyyy-MM-dd HH:mm:ss Z',
  url: 'gopay.callback_url is invalid',
  host: 'gopay.callback_url is not whitelisted',
  account: 'Gopay.account_id is required',
  token: 'Gopay.payment_option_token is required',
  flag: 'gopay.pre_auth is invalid',
  promotions: 'gopay.promotion_ids is invalid',
}

type Word = keyof typeof words
const tooShort = { custom_expiry: { expiry_duration: 19, unit: 'second' } }
const address = { billing_address: { country_code: 'USA', postal_code: '12_34' } }
const form = { custom_field1: long, customer_details: { first_name: long, ...address } }
const formFaults = ['field', 'firstName', 'country', 'postal'] as const
const terms = { pre_auth: true, payment_option_token: undefined, callback_url: 'https://other.example/' }
const noAccount = { account_id: undefined, recurring: true }

test.each<[string, { order?: unknown; amount?: unknown; more?: object; gopay?: object }, readonly Word[]]>([
  ['neither order_id nor amount', { amount: undefined, order: undefined }, ['noOrder', 'noAmount']],
  ['the form, in all objects', { more: form }, formFaults],
  ['wrong types', { amount: {}, more: { metadata: 7, custom_field2: false } }, ['noNumber', 'metadata', 'noText']],
  [
    'all terms',
    { order: 'a b', amount: 100_001, more: { item_details: [item], ...tooShort }, gopay: terms },
    ['symbols', 'sum', 'preAuth', 'token', 'host', 'minimum'],
  ],
  [
    'all terms, and the form',
    { order: 'a b', amount: 100_001, more: { item_details: [item], ...tooShort, ...form }, gopay: terms },
    ['symbols', 'sum', 'preAuth', 'token', 'host', 'minimum', ...formFaults],
  ],
  [
    'a missing order_id, an amount of 0, and the terms that remain',
    { order: undefined, amount: 0, more: { item_details: [item], ...tooShort }, gopay: terms },
    ['noOrder', 'amount', 'token', 'host', 'minimum'],
  ],
  [
    'an order_id that is too long, and a sum',
    { order: 'x'.repeat(51), more: { item_details: [item] } },
    ['longOrder', 'sum'],
  ],
  ['symbols, and an amount of 0', { order: 'a/b', amount: 0 }, ['symbols', 'amount']],
  ['symbols, and a field that is too long', { order: 'é', more: { custom_field1: long } }, ['symbols', 'field']],
  // The items can be added up, though one has no name; and cannot, where a price or an item cannot be read.
  [
    'an item without a name, and the sum',
    { more: { item_details: [{ ...item, name: undefined }] } },
    ['itemName', 'sum'],
  ],
  ['a price, which leaves no sum', { more: { item_details: [{ ...item, price: 'x' }] } }, ['price']],
  ['an item, which leaves no sum', { more: { item_details: [7, item], custom_field1: long } }, ['noItem', 'field']],
  ['a flag, which leaves no limit', { amount: 150_000, gopay: { pre_auth: 7 } }, ['flag']],
  [
    'the limit, and a promotion',
    { amount: 150_000, gopay: { pre_auth: 'true', promotion_ids: 'x' } },
    ['preAuth', 'promotions'],
  ],
  ['no account, and a field', { gopay: noAccount, more: { custom_field1: long } }, ['account', 'field']],
  ['no account, and a time', { gopay: noAccount, more: tooShort }, ['account', 'minimum']],
  [
    'no way back, and a field',
    { gopay: { callback_url: 'javascript:x' }, more: { custom_field1: long } },
    ['url', 'field'],
  ],
  [
    'the time of an order, and a field',
    { more: { custom_expiry: { expiry_duration: 5, order_time: 'noon' }, custom_field1: long } },
    ['orderTime', 'field'],
  ],
  [
    'a duration, which leaves no end',
    { more: { custom_expiry: { expiry_duration: 'x', unit: 'second' } } },
    ['duration'],
  ],
])('a charge with faults in %s is told all of them, each once', async (_what, charge, expected) => {
  const { order, amount, more, gopay } = { order: 'order-1', amount: 50_000, ...charge }
  const answer = await shop.charge(order, amount, { ...(more && { more }), ...(gopay && { gopay }) })
  expect(answer.validation_messages).toHaveLength(expected.length)
  expect(new Set(answer.validation_messages)).toEqual(new Set(expected.map((word) => words[word])))
  expect(answer).toMatchObject(refusedBecause(...answer.validation_messages))
  expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
  // Nothing but the link, from the beginning.
  expect(await shop.admin.get('notifications')).toHaveLength(1)
})

test('what is wrong in Midtrans itself comes after what is wrong in the request', async () => {
  const headers = { 'x-emulator-outcome': '500' }
  expect(await shop.charge('a b', 50_000, { headers, more: { custom_field1: long } })).toMatchObject(
    refusedBecause(words.field, words.symbols),
  )
})
