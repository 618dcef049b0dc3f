import { describe, expect, test } from 'vitest'
import { emulatorOfFile, newShop, type Shop, uuid } from '../merchant.ts'

const emulator = await emulatorOfFile()

type Headers = Record<string, string>

/** What can be made to fail, in a shop with an order that is ready for it; and what it looks like when it has not failed. */
const operations = [
  {
    operation: 'charge',
    ready: async () => {},
    ask: (shop: Shop, headers?: Headers) => shop.charge('order-1', 50_000, headers && { headers }),
    goesWell: { transaction_status: 'settlement' },
  },
  {
    operation: 'capture',
    ready: (shop: Shop) => shop.charge('order-1', 50_000, { gopay: { pre_auth: true } }),
    ask: async (shop: Shop, headers?: Headers) =>
      shop.api.post('/v2/capture', { transaction_id: (await shop.status('order-1')).transaction_id }, headers),
    goesWell: { transaction_status: 'settlement' },
  },
  {
    operation: 'cancel',
    ready: (shop: Shop) => shop.charge('order-1', 150_000),
    ask: (shop: Shop, headers?: Headers) => shop.api.post('/v2/order-1/cancel', undefined, headers),
    goesWell: { transaction_status: 'cancel' },
  },
  {
    operation: 'refund',
    ready: (shop: Shop) => shop.charge('order-1', 50_000),
    ask: (shop: Shop, headers?: Headers) => shop.api.post('/v2/order-1/refund', { refund_key: 'r' }, headers),
    goesWell: { transaction_status: 'refund' },
  },
  {
    operation: 'unbind',
    ready: async () => {},
    ask: (shop: Shop, headers?: Headers) =>
      shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`, undefined, headers),
    goesWell: { account_status: 'DISABLED' },
  },
] as const

// facts.md, section 5, code table; section 0 says which codes are HTTP codes as well.
const http: Readonly<Record<string, number>> = { 400: 400, 401: 401, 405: 405, 500: 500, 503: 503 }
const codes = '300 400 401 402 403 404 405 406 408 409 411 412 413 414 500 502 503 504 505'.split(' ')

describe.each(operations)('a $operation', ({ operation, ready, ask, goesWell }) => {
  test.each(operation === 'refund' ? codes : codes.filter((code) => code !== '414'))(
    'is refused with %s by a rule, once; nothing happens, and then it goes well',
    async (code) => {
      const shop = await newShop(emulator)
      await ready(shop)
      const before = await shop.ledger()
      await shop.admin.put('rules', [{ match: { operation }, outcome: code, times: 'once' }])
      const refused = await ask(shop)
      expect(refused).toMatchObject({
        httpStatus: http[code] ?? 200,
        status_code: code,
        status_message: expect.any(String),
      })
      expect(refused.status_message).not.toBe('')
      expect(await shop.ledger()).toEqual(before)
      expect(await shop.admin.get('rules')).toMatchObject([{ used: 1 }])
      expect(await ask(shop)).toMatchObject(goesWell)
    },
  )

  test('is refused by a header, whatever a rule says', async () => {
    const shop = await newShop(emulator)
    await ready(shop)
    await shop.admin.put('rules', [{ match: { operation }, outcome: '200' }])
    expect(await ask(shop, { 'x-emulator-outcome': '412' })).toMatchObject({ status_code: '412' })
    expect(await ask(shop, { 'x-emulator-outcome': '410' })).toMatchObject({
      status_code: '410',
      status_message: 'GoPay user is blocked',
    })
    expect(await shop.admin.get('rules')).toMatchObject([{ used: 0 }])
    expect(await ask(shop, { 'x-emulator-outcome': '200' })).toMatchObject(goesWell)
  })

  test('fails at GoPay with a code for which Midtrans has an answer of its own', async () => {
    const shop = await newShop(emulator)
    await ready(shop)
    expect(await ask(shop, { 'x-emulator-outcome': 'gopay:1703' })).toMatchObject({
      status_code: '402',
      status_message: 'GoPay merchant is not active.',
    })
    expect(await ask(shop)).toMatchObject(goesWell)
  })
})

test.each([
  ['charge', "Transaction doesn't exist."],
  ['unbind', "Account doesn't exist."],
])('the 404 of a %s says "%s"', async (name, message) => {
  const shop = await newShop(emulator)
  const { ask } = operations.find(({ operation }) => operation === name) ?? operations[0]
  expect(await ask(shop, { 'x-emulator-outcome': '404' })).toMatchObject({
    status_message: message,
    id: expect.stringMatching(uuid),
  })
})

test('a blocked payer links where somebody says so: a header and a rule go before what the payer is', async () => {
  const shop = await newShop(emulator)
  const link = (outcome?: string) =>
    shop.api.post(
      '/v2/pay/account',
      { payment_type: 'gopay', gopay_partner: { phone_number: '8271939753', country_code: '62' } },
      outcome === undefined ? {} : { 'x-emulator-outcome': outcome },
    )
  expect(await link()).toMatchObject({ status_code: '410' })
  expect(await link('200')).toMatchObject({ status_code: '201' })
  await shop.admin.put('rules', [{ match: { operation: 'link', phone: '628271939753' }, outcome: 'deny:105' }])
  expect(await link()).toMatchObject({ status_code: '202', channel_response_code: '105' })
})
