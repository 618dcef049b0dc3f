import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { emulatorOfFile, happyPayer, newMerchant, newShop, type RawAnswer } from '../../midtrans/merchant.ts'
import { samples } from '../../recorded/samples.ts'
import { answerOf, documentAt, faultsOf, operationsOf } from './document.ts'

const emulator = await emulatorOfFile()
const document = await documentAt(emulator.url, 'core-api.openapi.json')
const operations = operationsOf(document)

test('the description of the Core API is a valid OpenAPI 3.1 document', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document) as never)
  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
})

test('it describes each endpoint that exists, and no other, for the emulator that was asked', async () => {
  const { endpoints } = (await (await fetch(emulator.url)).json()) as { endpoints: readonly string[] }
  expect([...operations.keys()].sort()).toEqual([...endpoints].sort())
  expect(document.servers).toEqual([{ url: emulator.url }])
})

test.each([...operations])('%s has a summary, a chapter and each answer that is known', (endpoint, operation) => {
  expect(operation.summary).toMatch(/^[A-Z].*[^.]$/)
  expect(document.tags.map(({ name }) => name)).toContain(operation.tags[0])
  const known = samples.filter((sample) => sample.endpoint === endpoint).map(({ http }) => String(http))
  expect(new Set(Object.keys(operation.responses))).toEqual(new Set(known))
})

test('an operation has one name, which no other has', () => {
  const ids = [...operations.values()].map(({ operationId }) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toContain('postCharge')
})

test('each example of a request is one that its schema allows', () => {
  const bodies = [...operations.values()].flatMap(({ requestBody }) => requestBody?.content['application/json'] ?? [])
  expect(bodies.length).toBeGreaterThan(3)
  for (const { schema = {}, examples = {} } of bodies) {
    for (const { value } of Object.values(examples)) expect(faultsOf(schema, value)).toEqual([])
  }
})

describe('what a shop is answered, is as described', () => {
  const expectDescribed = (endpoint: string, { http, body }: RawAnswer) => {
    const operation = operations.get(endpoint)
    const media = operation && answerOf(operation, http)?.content['application/json']
    expect(media, `${endpoint} answers ${http}`).toBeDefined()
    expect(faultsOf(media?.schema ?? {}, body), JSON.stringify(body)).toEqual([])
  }
  const json = (body: object) => ({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })

  test('from the link to the refund', async () => {
    const shop = await newShop(emulator)
    const gopay = { account_id: shop.accountId, payment_option_token: shop.token }
    const charge = (order_id: string, gross_amount: number, more: object = {}) =>
      shop.raw(
        'POST',
        '/v2/charge',
        json({
          payment_type: 'gopay',
          gopay: { ...gopay, ...more },
          transaction_details: { order_id, gross_amount },
          custom_field1: 'mine',
          metadata: { cart: 7 },
        }),
      )
    expectDescribed('GET /v2/pay/account/{account_id}', await shop.raw('GET', `/v2/pay/account/${shop.accountId}`))
    expectDescribed('POST /v2/charge', await charge('order-1', 50_000))
    expectDescribed('POST /v2/charge', await charge('order-1', 50_000))
    expectDescribed('POST /v2/charge', await charge('order-2', 250_000))
    expectDescribed('POST /v2/charge', await charge('order-3', 90_000, { pre_auth: 'true' }))
    expectDescribed('POST /v2/charge', await charge('order-4', 90_000_000))
    const { body } = await shop.raw('GET', '/v2/order-3/status')
    const { transaction_id } = body
    expectDescribed('POST /v2/capture', await shop.raw('POST', '/v2/capture', json({ transaction_id })))
    expectDescribed('POST /v2/{id}/cancel', await shop.raw('POST', '/v2/order-2/cancel'))
    const refund = { amount: 20_000, reason: 'Sold out', refund_key: 'ref-1' }
    expectDescribed('POST /v2/{id}/refund', await shop.raw('POST', '/v2/order-1/refund', json(refund)))
    expectDescribed('POST /v2/{id}/refund', await shop.raw('POST', '/v2/order-1/refund', json(refund)))
    for (const id of ['order-1', 'order-2', 'order-3', 'order-4', 'no-order']) {
      expectDescribed('GET /v2/{id}/status', await shop.raw('GET', `/v2/${id}/status`))
    }
    const unbind = `/v2/pay/account/${shop.accountId}/unbind`
    expectDescribed('POST /v2/pay/account/{account_id}/unbind', await shop.raw('POST', unbind))
    expectDescribed('POST /v2/pay/account/{account_id}/unbind', await shop.raw('POST', unbind))
  })

  test('refusals of each kind', async () => {
    const merchant = newMerchant(emulator)
    const link = (body: object, outcome = '200') =>
      merchant.raw('POST', '/v2/pay/account', {
        body: JSON.stringify(body),
        headers: { 'x-emulator-outcome': outcome },
      })
    const asked = { payment_type: 'gopay', gopay_partner: happyPayer }
    for (const outcome of ['200', '202:112', '401', '429', '500', '503', 'gopay:1703']) {
      expectDescribed('POST /v2/pay/account', await link(asked, outcome))
    }
    expectDescribed('POST /v2/pay/account', await link({}))
  })
})
