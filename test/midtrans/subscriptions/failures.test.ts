import { describe, expect, test } from 'vitest'
import { emulatorOfFile } from '../merchant.ts'
import { openShop, phone, type SubscriptionShop } from './subscriber.ts'

const emulator = await emulatorOfFile()
const due = '2026-02-10 08:00:00'
const hourly = ['2026-02-10 08:00:00', '2026-02-10 09:00:00', '2026-02-10 10:00:00', '2026-02-10 11:00:00']

/** A shop with a subscription whose first charge has been denied for want of money. */
async function denied(over: object = {}): Promise<SubscriptionShop & { id: string }> {
  const shop = await openShop(emulator)
  const { id } = await shop.subscribe(over)
  await shop.setBalance(0)
  await shop.goTo(due)
  return { ...shop, id }
}

describe('facts.md, section 8: retry_schedule', () => {
  test('a payer without money is charged again three times, an hour apart; then the subscription is over', async () => {
    const shop = await denied()
    expect(await shop.subscription(shop.id)).toMatchObject({
      status: 'active',
      schedule: { current_interval: 0, previous_execution_at: null, next_execution_at: '2026-03-10 08:00:00' },
    })
    expect(await shop.charges(shop.id)).toEqual([])
    await shop.goTo('2026-06-01 00:00:00')
    expect(await shop.payments(shop.id)).toEqual(hourly.map((time) => [time, 'deny']))
    expect(await shop.subscription(shop.id)).toMatchObject({
      status: 'inactive',
      schedule: { current_interval: 0, next_execution_at: null },
    })
    expect(await shop.charges(shop.id)).toMatchObject([
      {
        transaction: {
          transaction_status: 'deny',
          status_code: '202',
          channel_response_code: '201',
          channel_response_message: 'Insufficient Balance',
        },
        subscription: { id: shop.id, status: 'inactive' },
        event_name: 'subscription.charge',
      },
    ])
    expect(await shop.admin.upcoming()).toMatchObject({ total: 0 })
  })

  test('a retry that goes well brings the subscription back to its schedule', async () => {
    const shop = await denied()
    await shop.goTo('2026-02-10 09:59:59')
    await shop.setBalance(50_000)
    await shop.goTo('2026-03-10 08:00:00')
    expect(await shop.payments(shop.id)).toEqual([
      [hourly[0], 'deny'],
      [hourly[1], 'deny'],
      [hourly[2], 'settlement'],
      ['2026-03-10 08:00:00', 'settlement'],
    ])
    expect(await shop.subscription(shop.id)).toMatchObject({
      status: 'active',
      schedule: { current_interval: 2, next_execution_at: '2026-04-10 08:00:00' },
    })
    expect((await shop.charges(shop.id)).map(({ transaction }) => transaction.status_code)).toEqual(['200', '200'])
  })

  test.each([
    [{ interval: 5, interval_unit: 'minute', max_interval: 1 }, ['08:00:00', '08:05:00']],
    [{ interval: 2, interval_unit: 'hour', max_interval: 2 }, ['08:00:00', '10:00:00', '12:00:00']],
    [{ max_interval: 0 }, ['08:00:00']],
  ])('%j is kept to', async (retry_schedule, times) => {
    const shop = await denied({ retry_schedule })
    await shop.goTo('2026-03-01 00:00:00')
    expect(await shop.payments(shop.id)).toEqual(times.map((time) => [`2026-02-10 ${time}`, 'deny']))
    expect(await shop.subscription(shop.id)).toMatchObject({ status: 'inactive' })
    expect(await shop.charges(shop.id)).toHaveLength(1)
  })

  test('one that is charged each day and tried again each day never charges twice at once', async () => {
    const shop = await openShop(emulator)
    const daily = { interval: 1, interval_unit: 'day' }
    const { id } = await shop.subscribe({ schedule: daily, retry_schedule: { ...daily, max_interval: 3 } })
    await shop.setBalance(0)
    await shop.goTo('2026-01-12 12:00:00')
    await shop.setBalance(1_000_000)
    await shop.goTo('2026-01-14 12:00:00')
    expect(await shop.payments(id)).toEqual([
      ['2026-01-11 08:00:00', 'deny'],
      ['2026-01-12 08:00:00', 'deny'],
      ['2026-01-13 08:00:00', 'settlement'],
      ['2026-01-14 08:00:00', 'settlement'],
    ])
  })
})

describe('facts.md, section 8: charges that are refused', () => {
  const tokenInvalid = { status_code: '411', status_message: 'Token id is missing, invalid, or timed out' }

  test('an account that was unlinked meanwhile leaves no payment; after all retries the merchant is told of 411', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    await shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`)
    await shop.goTo('2026-02-10 10:59:59')
    expect(await shop.charges(id)).toEqual([])
    await shop.goTo('2026-02-10 11:00:00')
    expect(await shop.charges(id)).toMatchObject([{ transaction: tokenInvalid, subscription: { status: 'inactive' } }])
    expect(await shop.subscription(id)).toMatchObject({ status: 'inactive', transaction_ids: [] })
    expect((await shop.ledger()).sum).toBe(0)
  })

  test('a token that has changed fails, and with the new one, by an update, the next retry goes well', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    await shop.admin.givePayer({
      phone,
      options: [
        { name: 'GOPAY_WALLET', balance: 90_000 },
        { name: 'PAY_LATER', balance: 1_000 },
      ],
    })
    await shop.goTo('2026-02-10 08:30:00')
    expect(await shop.subscription(id)).toMatchObject({ status: 'active', transaction_ids: [] })
    const { metadata } = await shop.api.get(`/v2/pay/account/${shop.accountId}`)
    const { token } = metadata.payment_options[0]
    expect(token).not.toBe(shop.token)
    expect(await shop.update(id, { token })).toMatchObject({ httpStatus: 200 })
    await shop.goTo('2026-02-10 09:00:00')
    expect(await shop.payments(id)).toEqual([['2026-02-10 09:00:00', 'settlement']])
    expect(await shop.balance()).toBe('70000.00')
  })

  test.each([
    ['gopay:1703', { status_code: '402', status_message: "Merchant doesn't have access for this payment type" }],
    ['402', { status_code: '402', status_message: "Merchant doesn't have access for this payment type" }],
    ['411', tokenInvalid],
    ['gopay:153', tokenInvalid],
    ['gopay:112', { status_code: '500', status_message: 'Internal Server Error' }],
    ['500', { status_code: '500', status_message: 'Internal Server Error' }],
  ])('a rule with the outcome %s fails the charge and its retries', async (outcome, transaction) => {
    const shop = await openShop(emulator)
    await shop.admin.rules([{ match: { operation: 'charge', order_id: 'monthly-gold*' }, outcome }])
    const { id } = await shop.subscribe()
    await shop.goTo('2026-03-01 00:00:00')
    const [{ transaction: told }] = await shop.charges(id)
    expect(told).toEqual(transaction)
    expect(await shop.subscription(id)).toMatchObject({ status: 'inactive', transaction_ids: [] })
    // GoPay's errors that Midtrans maps to codes send no payment notification (facts.md, section 4).
    expect(await shop.admin.get('notifications?event=transaction.*')).toEqual([])
    expect(await shop.balance()).toBe('8000000.00')
  })

  test('a rule for the second charge denies that one, and its retry goes well', async () => {
    const shop = await openShop(emulator)
    await shop.admin.rules([{ match: { operation: 'charge', amount: 20_000, nth: 2 }, outcome: 'deny:201' }])
    const { id } = await shop.subscribe()
    await shop.goTo('2026-04-10 08:00:00')
    expect(await shop.payments(id)).toEqual([
      ['2026-02-10 08:00:00', 'settlement'],
      ['2026-03-10 08:00:00', 'deny'],
      ['2026-03-10 09:00:00', 'settlement'],
      ['2026-04-10 08:00:00', 'settlement'],
    ])
    await shop.admin.expectRulesUsed()
  })

  test.each(['503', 'reset', 'before:garbage'])(
    'a fault %s breaks a charge: no payment, and it is tried again',
    async (fault) => {
      const shop = await openShop(emulator)
      await shop.admin.rules([{ match: { operation: 'charge', amount: 20_000 }, fault, times: 'once' }])
      const { id } = await shop.subscribe()
      await shop.goTo('2026-02-10 09:00:00')
      expect(await shop.payments(id)).toEqual([['2026-02-10 09:00:00', 'settlement']])
      await shop.admin.expectRulesUsed()
    },
  )

  test('a slow answer breaks no charge that nobody waits for', async () => {
    const shop = await openShop(emulator)
    const [rule] = await shop.admin.rules([{ match: { operation: 'charge' }, fault: 'latency:10s' }])
    const { id } = await shop.subscribe()
    await shop.goTo(due)
    expect(await shop.payments(id)).toEqual([[due, 'settlement']])
    expect(await shop.admin.get('rules')).toMatchObject([{ id: rule?.id, used: 0 }])
  })

  test('a rule that wants the PIN is not for a charge without a payer: it stays unused', async () => {
    const shop = await openShop(emulator)
    const [rule] = await shop.admin.rules([{ match: { operation: 'charge' }, outcome: 'ask-pin' }])
    const { id } = await shop.subscribe()
    await shop.goTo(due)
    expect(await shop.payments(id)).toEqual([[due, 'settlement']])
    expect(await shop.admin.get('rules')).toMatchObject([{ id: rule?.id, used: 0 }])
  })

  test('a persona without money is denied as with any charge', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    await shop.admin.givePayer({ phone, persona: 'poor' })
    await shop.goTo(due)
    expect((await shop.payments(id)).map(([, status]) => status)).not.toContain('settlement')
  })
})

describe('facts.md, section 8: disable, enable and cancel', () => {
  const updated = { httpStatus: 200, status_message: 'Subscription is updated.' }
  const unknown = { httpStatus: 404, status_message: "Subscription doesn't exist." }

  test('a disabled subscription is not charged any more, and goes on with the next time once it is enabled', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    await shop.goTo('2026-02-20 00:00:00')
    expect(await shop.post(id, 'disable')).toEqual(updated)
    expect(await shop.subscription(id)).toMatchObject({ status: 'inactive' })
    await shop.goTo('2026-05-20 00:00:00')
    expect(await shop.post(id, 'enable')).toEqual(updated)
    // What was missed meanwhile is left out.
    expect(await shop.subscription(id)).toMatchObject({
      status: 'active',
      schedule: { current_interval: 1, next_execution_at: '2026-06-10 08:00:00' },
    })
    await shop.goTo('2026-06-10 08:00:00')
    expect((await shop.payments(id)).map(([time]) => time)).toEqual(['2026-02-10 08:00:00', '2026-06-10 08:00:00'])
  })

  test('a retry that was due already still runs when the subscription is disabled', async () => {
    const shop = await denied()
    await shop.post(shop.id, 'disable')
    await shop.setBalance(1_000_000)
    await shop.goTo('2026-05-01 00:00:00')
    expect(await shop.payments(shop.id)).toEqual([
      [hourly[0], 'deny'],
      [hourly[1], 'settlement'],
    ])
    expect(await shop.subscription(shop.id)).toMatchObject({ status: 'inactive', schedule: { current_interval: 1 } })
    expect(await shop.charges(shop.id)).toMatchObject([
      { transaction: { status_code: '200' }, subscription: { status: 'inactive' } },
    ])
  })

  test('cancelling stops a retry that is due as well, and the merchant is told of no end of the cycle', async () => {
    const shop = await denied()
    expect(await shop.post(shop.id, 'cancel')).toEqual(updated)
    await shop.setBalance(1_000_000)
    await shop.goTo('2026-05-01 00:00:00')
    expect(await shop.payments(shop.id)).toEqual([[hourly[0], 'deny']])
    expect(await shop.subscription(shop.id)).toMatchObject({ status: 'inactive' })
    expect(await shop.charges(shop.id)).toEqual([])
    expect(await shop.admin.upcoming()).toMatchObject({ total: 0 })
  })

  test('enabling while a retry is due changes nothing about the retry, nor charges beside it', async () => {
    const shop = await denied()
    await shop.post(shop.id, 'disable')
    await shop.post(shop.id, 'enable')
    await shop.goTo('2026-02-10 08:59:59')
    expect(await shop.payments(shop.id)).toHaveLength(1)
    await shop.setBalance(1_000_000)
    await shop.goTo('2026-03-10 08:00:00')
    expect((await shop.payments(shop.id)).map(([, status]) => status)).toEqual(['deny', 'settlement', 'settlement'])
  })

  test('one that is to be charged once is charged once, whatever was switched before', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe({ schedule: { interval: 1, interval_unit: 'month', max_interval: 0 } })
    await shop.post(id, 'disable')
    await shop.post(id, 'enable')
    await shop.goTo('2026-06-01 00:00:00')
    expect(await shop.payments(id)).toEqual([[due, 'settlement']])
  })

  test('one whose charges are all made stays ended when it is enabled', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe({ schedule: { interval: 1, interval_unit: 'month', max_interval: 1 } })
    await shop.goTo(due)
    expect(await shop.post(id, 'enable')).toEqual(updated)
    await shop.goTo('2026-12-01 00:00:00')
    expect(await shop.payments(id)).toHaveLength(1)
    expect(await shop.subscription(id)).toMatchObject({ status: 'inactive' })
  })

  test('asking twice changes nothing, and an unknown id is told as such', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    for (const verb of ['disable', 'enable', 'cancel'] as const) {
      expect([await shop.post(id, verb), await shop.post(id, verb)]).toEqual([updated, updated])
      expect(await shop.post('no-such-id', verb)).toEqual(unknown)
    }
    expect(await shop.subscription('no-such-id')).toEqual(unknown)
    expect(await shop.update('no-such-id')).toEqual(unknown)
  })
})
