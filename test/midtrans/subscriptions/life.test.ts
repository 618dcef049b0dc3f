import { describe, expect, test } from 'vitest'
import { emulatorOfFile } from '../merchant.ts'
import { openShop } from './subscriber.ts'

const emulator = await emulatorOfFile()
const monthly = { interval: 1, interval_unit: 'month' }

describe('facts.md, section 8: a subscription lives on the clock of the sandbox', () => {
  test('each month the wallet is charged without a PIN, whatever the amount, and the schedule moves on', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe({ amount: '150000' })
    await shop.goTo('2026-02-10 07:59:59')
    expect(await shop.payments(id)).toEqual([])
    await shop.goTo('2026-03-20 00:00:00')
    expect(await shop.payments(id)).toEqual([
      ['2026-02-10 08:00:00', 'settlement'],
      ['2026-03-10 08:00:00', 'settlement'],
    ])
    expect((await shop.subscription(id)).schedule).toEqual({
      ...monthly,
      current_interval: 2,
      start_time: '2026-02-10 08:00:00',
      previous_execution_at: '2026-03-10 08:00:00',
      next_execution_at: '2026-04-10 08:00:00',
    })
    expect(await shop.balance()).toBe('7700000.00')
  })

  test('the first charge comes at start_time, and the order_id is the name and 32 digits, each time others', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe({
      schedule: { interval: 1, interval_unit: 'week', start_time: '2026-01-12 09:30:00 +0700' },
    })
    await shop.goTo('2026-01-19 09:30:00')
    const { transaction_ids } = await shop.subscription(id)
    const orders = await Promise.all(transaction_ids.map((each: string) => shop.status(each)))
    expect(orders.map(({ transaction_time }) => transaction_time)).toEqual([
      '2026-01-12 09:30:00',
      '2026-01-19 09:30:00',
    ])
    for (const { order_id } of orders) expect(order_id).toMatch(/^monthly-gold\d{32}$/)
    expect(new Set(orders.map(({ order_id }) => order_id)).size).toBe(2)
    expect(await shop.status(orders[0].order_id)).toMatchObject({ transaction_id: transaction_ids[0] })
  })

  test('from 31 January on it is charged on the last day of each month, and on the 31st again', async () => {
    const shop = await openShop(emulator, '2027-12-31 08:00:00')
    const { id } = await shop.subscribe({ schedule: monthly })
    await shop.goTo('2028-04-30 08:00:00')
    expect((await shop.payments(id)).map(([time]) => time)).toEqual([
      '2028-01-31 08:00:00',
      '2028-02-29 08:00:00',
      '2028-03-31 08:00:00',
      '2028-04-30 08:00:00',
    ])
  })

  test.each([
    [0, 1],
    [1, 1],
    [3, 3],
    ['12', 12],
    [undefined, 24],
  ])('with a max_interval of %j there are %i charges in 24 months', async (max_interval, expected) => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe({ schedule: { ...monthly, max_interval } })
    await shop.goTo('2028-01-10 08:00:00')
    const { status, schedule, transaction_ids } = await shop.subscription(id)
    expect([transaction_ids.length, schedule.current_interval]).toEqual([expected, expected])
    const goesOn = max_interval === undefined
    expect([status, schedule.next_execution_at]).toEqual(
      goesOn ? ['active', '2028-02-10 08:00:00'] : ['inactive', null],
    )
    expect(await shop.admin.upcoming()).toMatchObject({ total: goesOn ? 1 : 0 })
  })

  test.each([
    ['day', 365, '2027-01-10 08:00:00'],
    ['week', 52, '2027-01-09 08:00:00'],
    ['month', 12, '2027-01-10 08:00:00'],
  ])(
    'a year of charges, one each %s, is worked off in one advance, in order',
    async (interval_unit, expected, last) => {
      const shop = await openShop(emulator)
      const { id } = await shop.subscribe({ amount: 1_000, schedule: { interval: 1, interval_unit } })
      const { happened } = await shop.admin.advance('365d')
      const times = (await shop.payments(id)).map(([time]) => time)
      expect(times).toEqual(times.toSorted((one, other) => one.localeCompare(other)))
      expect([times.length, times.at(-1)]).toEqual([expected, last])
      expect(happened.filter(({ what, did }) => what === 'subscription' && did === 'charge')).not.toEqual([])
    },
  )

  test('several subscriptions of one wallet are charged in the order of their times', async () => {
    const shop = await openShop(emulator)
    await shop.setBalance(50_000)
    const daily = { interval: 1, interval_unit: 'day' }
    const late = await shop.subscribe({ name: 'late', schedule: { ...daily, start_time: '2026-01-11 10:00:00 +0700' } })
    const early = await shop.subscribe({
      name: 'early',
      schedule: { ...daily, start_time: '2026-01-11 09:00:00 +0700' },
    })
    await shop.goTo('2026-01-12 09:30:00')
    // The wallet has enough for two, and then for none.
    expect(await shop.payments(early.id)).toEqual([
      ['2026-01-11 09:00:00', 'settlement'],
      ['2026-01-12 09:00:00', 'deny'],
    ])
    expect(await shop.payments(late.id)).toEqual([['2026-01-11 10:00:00', 'settlement']])
  })

  test('what is due next is told in words', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    expect((await shop.admin.upcoming()).upcoming).toEqual([
      {
        due_at: '2026-02-10T01:00:00.000Z',
        what: 'the subscription charges the wallet',
        timer: 'subscription-charge',
        account_id: shop.accountId,
        subscription_id: id,
      },
    ])
  })

  test('payments of a subscription can be refunded as any other', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    await shop.goTo('2026-02-10 08:00:00')
    const [transaction] = (await shop.subscription(id)).transaction_ids
    expect(await shop.api.post(`/v2/${transaction}/refund`, { amount: 5_000 })).toMatchObject({ status_code: '200' })
    expect(await shop.balance()).toBe('7985000.00')
  })
})
