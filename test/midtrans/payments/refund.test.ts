import { describe, expect, test } from 'vitest'
import { emulatorOfFile, newShop, refusedBecause, type Shop, uuid, walletOfHappyPayer } from '../merchant.ts'

const emulator = await emulatorOfFile()
// facts.md, A.7: the text of a direct refund ends with "by the bank".
const paths = [
  ['refund', 'Success, refund request is approved'],
  ['refund/online/direct', 'Success, refund request is approved by the bank'],
] as const
const refund = (shop: Shop, body?: unknown, path: string = 'refund', id = 'order-1') =>
  shop.api.post(`/v2/${id}/${path}`, body)
const balancesAfter = (paid: number, refunded: number) => ({
  sum: 0,
  balances: {
    issuer: -8_000_000,
    [walletOfHappyPayer]: 8_000_000 - paid + refunded,
    ...(paid > refunded && { merchant: paid - refunded }),
  },
})

describe.each(paths)('a refund by /%s', (path, status_message) => {
  // facts.md, A.7; keys of docs.midtrans.com, direct-refund-transaction.
  test('gives the payer back all that was paid', async () => {
    const shop = await newShop(emulator)
    const { transaction_id, transaction_time } = await shop.charge('order-1', 50_000)
    const answer = await refund(shop, { refund_key: 'r-1', amount: 50_000, reason: 'out of stock' }, path)
    const expected = {
      status_code: '200',
      status_message,
      transaction_id,
      order_id: 'order-1',
      gross_amount: '50000.00',
      payment_type: 'gopay',
      transaction_time,
      transaction_status: 'refund',
      refund_chargeback_id: expect.any(Number),
      refund_amount: '50000.00',
      refund_key: 'r-1',
      httpStatus: 200,
    }
    expect(answer).toEqual(expected)
    expect(Object.keys(answer)).toEqual(Object.keys(expected))
    expect(await shop.balance()).toBe('8000000.00')
    expect(await shop.ledger()).toEqual(balancesAfter(50_000, 50_000))
  })

  // facts.md, section 5: partial_refund to refund, and further ones up to the remainder; URLs take either id.
  test('can be made in parts, by either id, until nothing is left', async () => {
    const shop = await newShop(emulator)
    const { transaction_id } = await shop.charge('order-1', 50_000)
    const steps = [
      ['order-1', { refund_key: 'a', amount: 10_000 }, '10000.00', 'partial_refund', 10_000],
      [transaction_id, { refund_key: 'b', amount: '15000' }, '15000.00', 'partial_refund', 25_000],
      ['order-1', { refund_key: 'c' }, '25000.00', 'refund', 50_000],
    ] as const
    for (const [id, body, refund_amount, transaction_status, refunded] of steps) {
      expect(await refund(shop, body, path, id)).toMatchObject({
        status_code: '200',
        transaction_status,
        refund_amount,
      })
      expect(await shop.status('order-1')).toMatchObject({
        status_code: '200',
        transaction_status,
        refund_amount: `${refunded}.00`,
      })
      expect(await shop.ledger()).toEqual(balancesAfter(50_000, refunded))
    }
    expect(await shop.balance()).toBe('8000000.00')
  })

  // recordings.md, what clients send: no body, `null`, {}, and go's empty refund_key. facts.md, A.7: key generated.
  test.each([[undefined], [null], [{}], [{ refund_key: '' }], [{ amount: 50_000 }], [{ amount: '50000.00' }]])(
    'of everything is meant by the body %j, and gets a key',
    async (body) => {
      const shop = await newShop(emulator)
      await shop.charge('order-1', 50_000)
      expect(await refund(shop, body, path)).toMatchObject({
        status_code: '200',
        transaction_status: 'refund',
        refund_amount: '50000.00',
        refund_key: expect.stringMatching(uuid),
      })
    },
  )

  // facts.md, A.7: 406 "Duplicate refund ID" when the key already succeeded.
  test('with a key that has been used gives nothing back again', async () => {
    const shop = await newShop(emulator)
    await shop.charge('order-1', 50_000)
    await refund(shop, { refund_key: 'r-1', amount: 20_000 }, path)
    const told = await shop.told('order-1')
    const duplicate = { httpStatus: 200, status_code: '406', status_message: 'Duplicate refund ID' }
    for (const [other] of paths) {
      expect(await refund(shop, { refund_key: 'r-1', amount: 20_000 }, other)).toEqual(duplicate)
      expect(await refund(shop, { refund_key: 'r-1' }, other)).toEqual(duplicate)
    }
    expect(await shop.ledger()).toEqual(balancesAfter(50_000, 20_000))
    expect(await shop.told('order-1')).toEqual(told)
    await refund(shop, { refund_key: 'r-2' }, path)
    expect(await refund(shop, { refund_key: 'r-1' }, path)).toEqual(duplicate)
  })

  // facts.md, A.7: 414.
  test('of more than is left is refused, and of exactly that is not', async () => {
    const shop = await newShop(emulator)
    await shop.charge('order-1', 50_000)
    const tooMuch = {
      httpStatus: 200,
      status_code: '414',
      status_message: 'Refund request is rejected due to invalid amount',
    }
    expect(await refund(shop, { amount: 50_001 }, path)).toEqual(tooMuch)
    await refund(shop, { amount: 20_000 }, path)
    expect(await refund(shop, { amount: 30_001 }, path)).toEqual(tooMuch)
    expect(await shop.ledger()).toEqual(balancesAfter(50_000, 20_000))
    expect(await refund(shop, { amount: 30_000 }, path)).toMatchObject({ transaction_status: 'refund' })
  })

  // facts.md, A.7: 412 not settled; section 0: its id is that of the transaction.
  test.each([
    ['pending', (shop: Shop) => shop.charge('order-1', 150_000)],
    ['authorize', (shop: Shop) => shop.charge('order-1', 100_000, { gopay: { pre_auth: true } })],
    ['deny', (shop: Shop) => shop.charge('order-1', 1, { headers: { 'x-emulator-outcome': '202' } })],
    ['cancel', (shop: Shop) => chargeAnd(shop, 'cancel')],
    ['expire', (shop: Shop) => chargeAnd(shop, 'expire')],
    ['refund', (shop: Shop) => chargeAnd(shop, 'refund', 50_000)],
  ] as const)('of a payment that is %s is refused', async (status, begin) => {
    const shop = await newShop(emulator)
    const { transaction_id } = await begin(shop)
    const before = [await shop.ledger(), await shop.told('order-1')]
    expect(await refund(shop, { refund_key: 'late' }, path)).toEqual({
      httpStatus: 200,
      status_code: '412',
      status_message: 'Transaction status cannot be updated.',
      id: transaction_id,
    })
    expect(await shop.status('order-1')).toMatchObject({ transaction_status: status })
    expect([await shop.ledger(), await shop.told('order-1')]).toEqual(before)
  })

  test('of what nobody knows is not found', async () => {
    expect(await refund(await newShop(emulator), {}, path, 'nothing')).toEqual({
      httpStatus: 200,
      status_code: '404',
      status_message: "Transaction doesn't exist.",
      id: expect.stringMatching(uuid),
    })
  })

  // facts.md, A.7: letters, digits, dash, underscore. Amounts as everywhere, section 3.
  test.each([
    [{ refund_key: 'a b' }, 'refund_key is invalid'],
    [{ refund_key: 'a/b' }, 'refund_key is invalid'],
    [{ refund_key: 'é' }, 'refund_key is invalid'],
    [{ refund_key: 7 }, 'refund_key is invalid'],
    [{ refund_key: 'x'.repeat(256) }, 'refund_key is too long'],
    [{ amount: 0 }, 'amount must be greater than or equal to 1'],
    [{ amount: -1 }, 'amount must be greater than or equal to 1'],
    [{ amount: '0' }, 'amount must be greater than or equal to 1'],
    [{ amount: 'much' }, 'amount is not a number'],
    [{ reason: 5 }, 'reason is invalid'],
    [{ reason: 'x'.repeat(256) }, 'reason is too long'],
    [[], 'request body is invalid'],
  ])('with the body %j is refused', async (body, message) => {
    const shop = await newShop(emulator)
    await shop.charge('order-1', 50_000)
    expect(await refund(shop, body, path)).toMatchObject(refusedBecause(message))
    expect(await shop.ledger()).toEqual(balancesAfter(50_000, 0))
  })
})

async function chargeAnd(shop: Shop, verb: string, amount = 150_000) {
  const charged = await shop.charge('order-1', amount)
  await shop.api.post(`/v2/order-1/${verb}`)
  return charged
}

test('one key may be used for each of two payments, and 20 refunds at once with one key are one', async () => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 50_000)
  await shop.charge('order-2', 50_000)
  const many = Array.from({ length: 20 }, () => refund(shop, { refund_key: 'r', amount: 1_000 }))
  const codes = (await Promise.all(many)).map(({ status_code }) => status_code)
  expect(codes.sort()).toEqual(['200', ...Array(19).fill('406')])
  expect(await refund(shop, { refund_key: 'r' }, 'refund', 'order-2')).toMatchObject({ status_code: '200' })
  expect(await shop.ledger()).toEqual(balancesAfter(100_000, 51_000))
})
