import { describe, expect, test } from 'vitest'
import { openInbox } from '../../../src/testkit/index.ts'
import { emulatorOfFile, newShop, type Shop, uuid } from '../merchant.ts'

const emulator = await emulatorOfFile()

/** A settled payment of 50,000 at noon of New Year's Day. */
async function paidShop(more: object = {}): Promise<Shop> {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  await shop.admin.post('clock/set', { to: '2030-01-01T12:00:00+07:00' })
  await shop.admin.patch('settings', more)
  await shop.charge('order-1', 50_000)
  return shop
}

// UNCERTAIN in src: how long GoPay takes. docs.midtrans.com: direct is faster than one to two days.
const ways = [
  ['refund', 'offline', '1d', '86399s', '2030-01-02 12:00:00'],
  ['refund/online/direct', 'online', '1m', '59s', '2030-01-01 12:01:00'],
] as const

describe.each(ways)('of a refund by /%s', (path, refund_method, confirmedAfter, notYet, bank_confirmed_at) => {
  // facts.md, A.7: two notifications, without and then with bank_confirmed_at; section 3 for the keys.
  test('the merchant is told twice, signed: when it is made, and when the bank has confirmed it', async () => {
    await using inbox = await openInbox()
    const shop = await paidShop({ payment_notification_url: inbox.url })
    const body = { refund_key: 'r-1', amount: 20_000, reason: 'out of stock' }
    const { refund_chargeback_id } = await shop.api.post(`/v2/order-1/${path}`, body)
    const refund = {
      refund_method,
      refund_key: 'r-1',
      refund_chargeback_uuid: expect.stringMatching(uuid),
      refund_chargeback_id,
      refund_amount: '20000.00',
      reason: 'out of stock',
      created_at: '2030-01-01 12:00:00',
    }
    await shop.admin.advance(notYet)
    expect(inbox.received).toHaveLength(2)
    await shop.admin.advance('1s')
    await shop.admin.advance('30d')
    const [paid, made, confirmed, ...more] = inbox.received
    if (!paid || !made || !confirmed) throw new Error(`only ${inbox.received.length} arrived`)
    expect(more).toEqual([])
    expect(paid.body).not.toHaveProperty('refunds')
    expect(made.body.refunds).toEqual([refund])
    expect(confirmed.body.refunds).toEqual([{ ...refund, bank_confirmed_at }])
    for (const received of [made, confirmed]) {
      expect(received.body).toMatchObject({
        status_code: '200',
        transaction_status: 'partial_refund',
        status_message: 'midtrans payment notification',
        settlement_time: '2030-01-01 12:00:00',
        payment_option_type: 'GOPAY_WALLET',
        gross_amount: '50000.00',
        refund_amount: '20000.00',
      })
      expect(inbox.isSigned(received, shop.key)).toBe(true)
      const keys = Object.keys(received.body)
      expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? 1 : -1)))
    }
  })

  // facts.md, A.8: after refunds the status carries the sum and each refund.
  test('the status tells the sum and each refund, before and after the bank has confirmed', async () => {
    const shop = await paidShop()
    expect(await shop.status('order-1')).not.toHaveProperty('refund_amount')
    await shop.api.post(`/v2/order-1/${path}`, { refund_key: 'r-1', amount: 20_000 })
    const first = { refund_method, refund_key: 'r-1', refund_amount: '20000.00' }
    const { refunds } = await shop.status('order-1')
    expect(refunds).toMatchObject([first])
    expect(refunds[0]).not.toHaveProperty('bank_confirmed_at')
    expect(refunds[0]).not.toHaveProperty('reason')
    await shop.admin.advance(confirmedAfter)
    await shop.api.post(`/v2/order-1/${path}`, { refund_key: 'r-2' })
    expect(await shop.status('order-1')).toMatchObject({
      status_code: '200',
      transaction_status: 'refund',
      refund_amount: '50000.00',
      refunds: [
        { ...first, bank_confirmed_at },
        { refund_key: 'r-2', refund_amount: '30000.00' },
      ],
    })
  })
})

test('each of several refunds is confirmed for itself, and the notifications tell of all so far', async () => {
  const shop = await paidShop()
  await shop.api.post('/v2/order-1/refund', { refund_key: 'slow', amount: 10_000 })
  await shop.api.post('/v2/order-1/refund/online/direct', { refund_key: 'fast', amount: 15_000 })
  await shop.admin.advance('1m')
  await shop.api.post('/v2/order-1/refund/online/direct', { refund_key: 'rest' })
  await shop.admin.advance('1d')
  const told = (await shop.told('order-1')) as unknown as readonly Told[]
  const summary = told.map(({ transaction_status, refund_amount, refunds = [] }) => [
    transaction_status,
    refund_amount,
    refunds.map(({ refund_key, bank_confirmed_at }) => refund_key + (bank_confirmed_at ? ' confirmed' : '')),
  ])
  expect(summary).toEqual([
    ['settlement', undefined, []],
    ['partial_refund', '10000.00', ['slow']],
    ['partial_refund', '25000.00', ['slow', 'fast']],
    ['partial_refund', '25000.00', ['slow', 'fast confirmed']],
    ['refund', '50000.00', ['slow', 'fast confirmed', 'rest']],
    ['refund', '50000.00', ['slow', 'fast confirmed', 'rest confirmed']],
    ['refund', '50000.00', ['slow confirmed', 'fast confirmed', 'rest confirmed']],
  ])
})

interface Told {
  readonly transaction_status: string
  readonly refund_amount?: string
  readonly refunds?: readonly { readonly refund_key: string; readonly bank_confirmed_at?: string }[]
}

test('a denied refund stands in neither the status nor the notifications of a later one', async () => {
  const shop = await paidShop()
  const denied = { 'x-emulator-outcome': '202' }
  await shop.api.post('/v2/order-1/refund', { refund_key: 'denied', amount: 10_000 }, denied)
  await shop.api.post('/v2/order-1/refund', { refund_key: 'done', amount: 15_000 })
  await shop.admin.advance('1d')
  const done = { refund_amount: '15000.00', refunds: [{ refund_key: 'done', refund_amount: '15000.00' }] }
  expect(await shop.status('order-1')).toMatchObject(done)
  expect(await shop.told('order-1')).toMatchObject([{ transaction_status: 'settlement' }, done, done])
})
