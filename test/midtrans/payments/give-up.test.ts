import { describe, expect, test } from 'vitest'
import { payer } from '../../../src/testkit/index.ts'
import { emulatorOfFile, newShop, type Shop, uuid } from '../merchant.ts'

const emulator = await emulatorOfFile()
const begin: Readonly<Record<string, (shop: Shop) => Promise<unknown>>> = {
  pending: (shop) => shop.charge('order-1', 150_000),
  authorize: (shop) => shop.charge('order-1', 100_000, { gopay: { pre_auth: true } }),
  settlement: (shop) => shop.charge('order-1', 50_000),
  deny: (shop) => shop.charge('order-1', 50_000, { headers: { 'x-emulator-outcome': '202' } }),
  cancel: async (shop) => {
    await shop.charge('order-1', 150_000)
    await shop.api.post('/v2/order-1/cancel')
  },
  expire: async (shop) => {
    await shop.charge('order-1', 150_000)
    await shop.api.post('/v2/order-1/expire')
  },
}
const canceled = { httpStatus: 200, status_code: '200', status_message: 'Success, transaction is canceled' }
// facts.md, section 12: the newest text; the body says 407 and HTTP says 200.
const expired = { httpStatus: 200, status_code: '407', status_message: 'Success, transaction is expired' }
// facts.md, section 5: with an id; HTTP 200.
const notNow = {
  httpStatus: 200,
  status_code: '412',
  status_message: 'Transaction status cannot be updated.',
  id: expect.stringMatching(uuid),
}

// facts.md, section 5: cancel, expire, and the status cycle.
describe.each([
  ['cancel', { pending: canceled, authorize: canceled }],
  ['expire', { pending: expired }],
] as const)('the merchant wants to %s', (verb, accepted: Readonly<Record<string, object>>) => {
  test.each(Object.keys(begin))('a payment that is %s', async (status) => {
    const shop = await newShop(emulator)
    await begin[status]?.(shop)
    const told = await shop.told('order-1')
    const answer = await shop.api.post(`/v2/order-1/${verb}`)
    const expected = accepted[status]
    if (expected) {
      expect(answer).toMatchObject({ ...expected, transaction_status: verb, order_id: 'order-1' })
      expect(await shop.status('order-1')).toMatchObject({ transaction_status: verb })
      expect(await shop.told('order-1')).toHaveLength(told.length + 1)
    } else {
      expect(answer).toEqual(notNow)
      expect(await shop.status('order-1')).toMatchObject({ transaction_status: status })
      expect(await shop.told('order-1')).toEqual(told)
    }
    expect((await shop.ledger()).sum).toBe(0)
  })

  test('a payment by its transaction_id', async () => {
    const shop = await newShop(emulator)
    const { transaction_id } = await shop.charge('order-1', 150_000)
    expect(await shop.api.post(`/v2/${transaction_id}/${verb}`)).toMatchObject({ transaction_id, order_id: 'order-1' })
  })

  test('what nobody knows', async () => {
    const shop = await newShop(emulator)
    expect(await shop.api.post(`/v2/nothing/${verb}`)).toEqual({
      httpStatus: 200,
      status_code: '404',
      status_message: "Transaction doesn't exist.",
      id: expect.stringMatching(uuid),
    })
  })

  test('a payment whose page the payer has open: the PIN comes too late', async () => {
    const shop = await newShop(emulator)
    const pending = await shop.charge('order-1', 150_000)
    await shop.api.post(`/v2/order-1/${verb}`)
    expect(await payer.walk(pending.actions[0].url)).toMatchObject({ status: 410, steps: [] })
    expect(await shop.status('order-1')).toMatchObject({ transaction_status: verb })
    expect(await shop.balance()).toBe('8000000.00')
  })
})

// facts.md, A.6: cancel releases what was reserved.
test('a canceled reservation goes back to the wallet at once', async () => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 100_000, { gopay: { pre_auth: true } })
  expect(await shop.balance()).toBe('7900000.00')
  await shop.api.post('/v2/order-1/cancel')
  expect(await shop.balance()).toBe('8000000.00')
  const { balances } = await shop.ledger()
  expect(Object.keys(balances).filter((place) => place.startsWith('hold:'))).toEqual([])
})

test('20 cancels at once cancel once', async () => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 100_000, { gopay: { pre_auth: true } })
  const answers = await Promise.all(Array.from({ length: 20 }, () => shop.api.post('/v2/order-1/cancel')))
  expect(answers.filter(({ status_code }) => status_code === '200')).toHaveLength(1)
  expect(await shop.balance()).toBe('8000000.00')
})
