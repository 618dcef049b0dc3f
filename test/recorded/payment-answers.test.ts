import { describe, expect, test } from 'vitest'
import { emulatorOfFile, newShop, type Shop } from '../midtrans/merchant.ts'
import { masked } from './masked.ts'
import { samples } from './payment-samples.ts'

const emulator = await emulatorOfFile()

test.each(samples)('$of is answered as in $source', async ({ ask, http, sample }) => {
  const answer = await ask(await newShop(emulator))
  expect(masked(answer.text)).toBe(JSON.stringify(sample))
  expect(answer.http).toBe(http)
  expect(answer.headers.get('content-type')).toBe('application/json')
})

// recordings.md, HTTP status, Headers (REC 2019).
test('answers are not to be cached', async () => {
  const shop = await newShop(emulator)
  const { headers } = await shop.raw('GET', '/v2/nothing/status')
  expect(headers.get('cache-control')).toBe('no-cache')
  expect(headers.get('pragma')).toBe('no-cache')
})

// facts.md, A.6: what a capture answers was never seen; it follows the other answers about a payment.
test('a capture is answered like other answers about a payment', async () => {
  const shop = await newShop(emulator)
  const { transaction_id } = await shop.charge('order-1234', 100_000, { gopay: { pre_auth: true } })
  const { http, text, body } = await shop.raw('POST', '/v2/capture', { body: JSON.stringify({ transaction_id }) })
  expect(http).toBe(200)
  expect(Object.keys(body).slice(0, 11)).toEqual([
    'status_code',
    'status_message',
    'transaction_id',
    'order_id',
    'merchant_id',
    'gross_amount',
    'currency',
    'payment_type',
    'transaction_time',
    'transaction_status',
    'fraud_status',
  ])
  expect(masked(text)).toContain('"settlement_time":"<time>"')
})

describe('GET status (recordings.md, keys of the newer engine)', () => {
  const keys = {
    before: ['transaction_time', 'gross_amount', 'currency', 'order_id', 'payment_type'],
    // facts.md, A.8: GoPay's own, whose place was not recorded.
    after: ['signature_key', 'status_code', 'transaction_id', 'transaction_status', 'fraud_status'],
    last: ['status_message', 'merchant_id'],
  }
  const channel = ['channel_response_code', 'channel_response_message']
  const pending = (shop: Shop) => shop.charge('order-1234', 150_000)

  test.each([
    ['settlement', (shop: Shop) => shop.charge('order-1234', 50_000), [], ['settlement_time', 'expiry_time']],
    ['pending', pending, [], ['expiry_time']],
    ['deny', (shop: Shop) => shop.charge('order-1234', 9_000_000), channel, ['expiry_time']],
    [
      'expire',
      async (shop: Shop) => {
        await pending(shop)
        await shop.api.post('/v2/order-1234/expire')
      },
      [],
      ['expiry_time'],
    ],
  ])('of a payment that is %s', async (status, begin, first, times) => {
    const shop = await newShop(emulator)
    await begin(shop)
    const { http, headers, body, text } = await shop.raw('GET', '/v2/order-1234/status')
    expect(body.transaction_status).toBe(status)
    expect(Object.keys(body).filter((key) => key !== 'payment_option_type')).toEqual([
      ...first,
      ...keys.before,
      ...keys.after,
      ...times,
      ...keys.last,
    ])
    expect(Object.values(body).every((value) => typeof value === 'string')).toBe(true)
    expect(text).toBe(JSON.stringify(body))
    expect([http, headers.get('content-type')]).toEqual([200, 'application/json'])
  })
})
