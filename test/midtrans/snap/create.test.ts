import { describe, expect, test } from 'vitest'
import { snapDialect } from '../../../src/midtrans/snap/dialect.ts'
import { basic, emulatorOfFile, sendRaw, uuid } from '../merchant.ts'
import { denied, newSnapMerchant, refused, withoutKey } from './merchant.ts'

const emulator = await emulatorOfFile()
const json = { 'content-type': 'application/json' }
const path = '/snap/v1/transactions'

describe('facts.md, section 7: POST /snap/v1/transactions', () => {
  test('answers HTTP 201 with a token, and with the page of that token where the merchant reached the emulator', async () => {
    const { http, body, headers } = await newSnapMerchant(emulator).create('order-1', 50_000)
    expect(http).toBe(201)
    expect(body).toEqual({
      token: expect.stringMatching(uuid),
      redirect_url: `${emulator.url}/snap/v4/redirection/${body.token}`,
    })
    expect(Object.keys(body)).toEqual(['token', 'redirect_url'])
    expect(headers.get('content-type')).toBe('application/json')
  })

  test('takes every field that the documentation has', async () => {
    const everything = {
      user_id: 'customer-1',
      gopay: {
        tokenization: true,
        enforce_tokenization: true,
        phone_number: '8215023424',
        country_code: '62',
        enable_callback: true,
        callback_url: 'https://shop.example/back',
      },
      enabled_payments: ['gopay'],
      expiry: { start_time: '2099-01-01 00:00:00 +0700', unit: 'minutes', duration: 5 },
      page_expiry: { duration: 3, unit: 'hours' },
      callbacks: { finish: 'https://shop.example/paid', error: 'myapp://failed' },
      recurring: { required: true, start_time: '2099-01-01 00:00:00 +0700', interval_unit: 'month' },
      credit_card: { secure: true },
      custom_field1: 'one',
      custom_field2: 'two',
      custom_field3: 3,
      item_details: [
        { id: 'a', name: 'Kopi', price: 60_000, quantity: 1, brand: 'B', category: 'C', merchant_name: 'M' },
        { name: 'Diskon', price: -10_000, quantity: 1 },
      ],
      customer_details: { first_name: 'Siti', email: 'siti@example.com', phone: '+628215023424' },
    }
    const merchant = newSnapMerchant(emulator)
    // The start lies seventy years ahead of the sandbox: that is further than seven days.
    expect(await merchant.create('order-1', 50_000, everything)).toMatchObject(
      refused('expiry is above maximum threshold'),
    )
    const { expiry: _, ...rest } = everything
    expect((await merchant.create('order-1', 50_000, rest)).http).toBe(201)
  })

  test('an amount may be text, as the Java client sends it', async () => {
    const merchant = newSnapMerchant(emulator)
    const body = { transaction_details: { order_id: 'order-1', gross_amount: '50000' } }
    expect((await merchant.send('POST', path, body)).http).toBe(201)
  })

  const order = { order_id: 'order-1', gross_amount: 50_000 }
  const items = [{ name: 'Kopi', price: 10_000, quantity: 2 }]
  test.each<[string, object, string[]]>([
    ['nothing', {}, ['transaction_details is required']],
    ['no amount', { transaction_details: { order_id: 'order-1' } }, ['transaction_details.gross_amount is required']],
    ['no order_id', { transaction_details: { gross_amount: 1 } }, ['transaction_details.order_id is required']],
    [
      'an amount that is a word',
      { transaction_details: { ...order, gross_amount: 'much' } },
      ['transaction_details.gross_amount is not a number'],
    ],
    [
      'an amount of 0',
      { transaction_details: { ...order, gross_amount: 0 } },
      ['transaction_details.gross_amount must be greater than or equal to 0.01'],
    ],
    [
      'an amount of "0"',
      { transaction_details: { ...order, gross_amount: '0' } },
      ['transaction_details.gross_amount must be greater than or equal to 0.01'],
    ],
    [
      'a negative amount',
      { transaction_details: { ...order, gross_amount: -5 } },
      ['transaction_details.gross_amount must be greater than or equal to 0.01'],
    ],
    [
      'items of another sum',
      { transaction_details: order, item_details: items },
      ['transaction_details.gross_amount is not equal to the sum of item_details'],
    ],
    [
      'an item with a name of 51 characters',
      {
        transaction_details: { ...order, gross_amount: 1 },
        item_details: [{ name: 'x'.repeat(51), price: 1, quantity: 1 }],
      },
      ['item_details[0].name is too long'],
    ],
    [
      'a custom field of 256 characters',
      { transaction_details: order, custom_field1: 'x'.repeat(256) },
      ['custom_field1 is too long'],
    ],
    ['a user_id of 256 characters', { transaction_details: order, user_id: 'x'.repeat(256) }, ['user_id is too long']],
    [
      'tokenization for a customer without a name',
      { transaction_details: order, user_id: '', gopay: { tokenization: true } },
      ['user_id is required'],
    ],
    ['tokenization for nobody', { transaction_details: order, gopay: { tokenization: true } }, ['user_id is required']],
    [
      'a life of 19 seconds',
      { transaction_details: order, expiry: { duration: 19, unit: 'second' } },
      ['expiry is below minimum threshold'],
    ],
    [
      'a page for 4 minutes',
      { transaction_details: order, page_expiry: { duration: 4, unit: 'minutes' } },
      ['page_expiry is below minimum threshold'],
    ],
    [
      'a page for 8 days',
      { transaction_details: order, page_expiry: { duration: 8, unit: 'days' } },
      ['page_expiry is above maximum threshold'],
    ],
    [
      'a start that is no time',
      { transaction_details: order, expiry: { start_time: 'tomorrow', duration: 5, unit: 'day' } },
      ['expiry.start_time must be in the format yyyy-MM-dd HH:mm:ss Z'],
    ],
    [
      'a way back that runs something',
      { transaction_details: order, callbacks: { finish: 'javascript:alert(1)' } },
      ['callbacks.finish is invalid'],
    ],
  ])('%s is refused with HTTP 400 and error_messages', async (_what, body, messages) => {
    const merchant = newSnapMerchant(emulator)
    const answer = await merchant.send('POST', path, body)
    expect(answer).toMatchObject(refused(...messages))
    expect(Object.keys(answer.body)).toEqual(['error_messages'])
  })

  test.each(['null', '', '{}'])('the body %j lacks what is required', async (body) => {
    const { raw } = newSnapMerchant(emulator)
    expect(await raw('POST', path, { body, headers: json })).toMatchObject(refused('transaction_details is required'))
  })

  test('a body that is no JSON is refused in the same form', async () => {
    const { raw } = newSnapMerchant(emulator)
    expect(await raw('POST', path, { body: '{"a":', headers: json })).toMatchObject(refused('request body is invalid'))
  })

  test.each([
    ['no key', {}],
    ['an empty key', withoutKey],
    ["another product's key", { authorization: basic('not-a-key:') }],
  ])('%s is refused with HTTP 401 and both messages', async (_what, headers) => {
    const answer = await sendRaw(emulator.url + path, 'POST', '{}', { ...json, ...headers })
    expect(answer).toMatchObject(denied)
    expect(answer.body).toEqual(denied.body)
  })

  test('a failure of the emulator itself has the words of Midtrans', () => {
    expect(snapDialect.failure()).toEqual({
      error_messages: ['Sorry, we encountered internal server error. We will fix this soon.'],
    })
  })
})

describe('facts.md, section 7: order_id', () => {
  test('may be used again until it is paid, with a token of its own each time', async () => {
    const merchant = newSnapMerchant(emulator)
    const tokens = [await merchant.token('order-1', 50_000), await merchant.token('order-1', 60_000)]
    expect(new Set(tokens).size).toBe(2)
  })

  test('of a payment that waits by the Core API has already been taken', async () => {
    const merchant = newSnapMerchant(emulator)
    const transaction_details = { order_id: 'order-1', gross_amount: 50_000 }
    await merchant.api.post('/v2/charge', { payment_type: 'gopay', transaction_details })
    expect(await merchant.create('order-1', 50_000)).toMatchObject(
      refused('transaction_details.order_id has already been taken'),
    )
    await merchant.api.post('/v2/order-1/cancel')
    expect((await merchant.create('order-1', 50_000)).http).toBe(201)
  })

  test('GET status answers 404 before the customer has chosen how to pay, and nothing is told', async () => {
    const merchant = newSnapMerchant(emulator)
    await merchant.token('order-1', 50_000)
    expect(await merchant.api.get('/v2/order-1/status')).toMatchObject({
      httpStatus: 200,
      status_code: '404',
      status_message: "Transaction doesn't exist.",
    })
    expect(await merchant.admin.get('notifications')).toEqual([])
  })
})
