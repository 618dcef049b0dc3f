import { describe, expect, test } from 'vitest'
import { emulatorOfFile } from '../merchant.ts'
import { openShop } from './subscriber.ts'

const emulator = await emulatorOfFile()
const invalid = (...validation_messages: string[]) => ({
  httpStatus: 400,
  status_message: 'Invalid parameter.',
  validation_messages: validation_messages.map((message) => `subscription.${message}`),
})

describe('facts.md, section 8: PATCH /v1/subscriptions/{id}', () => {
  test('name, amount and retries of the next charge are the new ones; what was charged stays', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    await shop.goTo('2026-02-10 08:00:00')
    const over = { name: 'MONTHLY_2026', amount: '21000', retry_schedule: { max_interval: 1 } }
    expect(await shop.update(id, over)).toEqual({ httpStatus: 200, status_message: 'Subscription is updated.' })
    expect(await shop.subscription(id)).toMatchObject({
      name: 'MONTHLY_2026',
      amount: '21000',
      retry_schedule: { interval: 1, interval_unit: 'hour', max_interval: 1 },
      schedule: { interval: 1, interval_unit: 'month', next_execution_at: '2026-03-10 08:00:00' },
    })
    await shop.goTo('2026-03-10 08:00:00')
    const { transaction_ids } = await shop.subscription(id)
    const paid = await Promise.all(transaction_ids.map((each: string) => shop.status(each)))
    expect(paid.map(({ gross_amount }) => gross_amount)).toEqual(['20000.00', '21000.00'])
    expect(paid[1].order_id).toMatch(/^MONTHLY_2026\d{32}$/)
  })

  test('another interval counts from the next charge on', async () => {
    const shop = await openShop(emulator, '2026-01-31 08:00:00')
    const { id } = await shop.subscribe()
    await shop.update(id, { schedule: { interval: 2 } })
    await shop.goTo('2026-07-01 00:00:00')
    expect((await shop.payments(id)).map(([time]) => time)).toEqual([
      '2026-02-28 08:00:00',
      '2026-04-28 08:00:00',
      '2026-06-28 08:00:00',
    ])
  })

  test('a time for the next charge moves the schedule', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    await shop.update(id, { schedule: { next_execution_at: '2026-01-20 10:00:00 +0700' } })
    await shop.goTo('2026-03-01 00:00:00')
    expect((await shop.payments(id)).map(([time]) => time)).toEqual(['2026-01-20 10:00:00', '2026-02-20 10:00:00'])
  })

  test('an ended subscription goes on at the time that is named', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe({ retry_schedule: { max_interval: 0 } })
    await shop.setBalance(0)
    await shop.goTo('2026-02-11 00:00:00')
    expect(await shop.subscription(id)).toMatchObject({ status: 'inactive' })
    await shop.setBalance(100_000)
    await shop.update(id, { schedule: { interval: 1, next_execution_at: '2026-02-12 08:00:00 +0700' } })
    expect(await shop.subscription(id)).toMatchObject({
      status: 'active',
      schedule: { next_execution_at: '2026-02-12 08:00:00' },
    })
    await shop.goTo('2026-03-12 08:00:00')
    expect((await shop.payments(id)).slice(1)).toEqual([
      ['2026-02-12 08:00:00', 'settlement'],
      ['2026-03-12 08:00:00', 'settlement'],
    ])
  })

  test('without a time for the next charge an ended subscription stays so', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    await shop.post(id, 'cancel')
    await shop.update(id, { amount: 30_000, schedule: { interval: 2 } })
    expect(await shop.subscription(id)).toMatchObject({ status: 'inactive', amount: '30000' })
    expect(await shop.admin.upcoming()).toMatchObject({ total: 0 })
  })

  test.each<[object, object]>([
    [{ name: undefined }, invalid('name is required')],
    [{ name: 'a'.repeat(16) }, invalid('name is too long')],
    [{ amount: undefined }, invalid('amount is required')],
    [{ amount: '0' }, invalid('amount must be between 0.01 - 99999999999.00')],
    [{ currency: undefined }, invalid('currency is required')],
    [{ token: undefined }, invalid('token is required')],
    [{ schedule: { interval: 0 } }, invalid('schedule.interval must be greater than or equal to 1')],
    [{ schedule: { next_execution_at: 'tomorrow' } }, invalid('schedule.next_execution_at is invalid')],
    [
      { schedule: { next_execution_at: '2026-01-10 08:00:00 +0700' } },
      invalid('schedule.next_execution_at must be after current time'),
    ],
    [{ gopay: { account_id: 'somebody' } }, invalid("gopay.account_id doesn't exist")],
    [{ retry_schedule: { max_interval: 4 } }, invalid('retry_schedule.max_interval must be less than or equal to 3')],
  ])('%j is refused, and nothing has changed', async (over, expected) => {
    const shop = await openShop(emulator)
    const before = await shop.subscribe()
    expect(await shop.update(before.id, { amount: '1', ...over })).toEqual(expected)
    expect(await shop.subscription(before.id)).toEqual(before)
  })

  test.each(['', 'null'])('the body %j is a bad request', async (body) => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    const answer = await shop.raw('PATCH', `/v1/subscriptions/${id}`, { body })
    expect(answer).toMatchObject({ http: 400, body: { status_message: 'Bad request' } })
  })
})

describe('facts.md, section 8: GET /v1/subscriptions/{id}', () => {
  test('it is the same object as that of its creation', async () => {
    const shop = await openShop(emulator)
    const made = await shop.subscribe({ metadata: { plan: 'gold' } })
    expect(await shop.subscription(made.id)).toEqual(made)
  })

  test('faults and rules for requests know these endpoints by names of their own, and by the payer', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    const operations = ['subscribe', 'subscription', 'update', 'disable', 'enable', 'cancel']
    const names = operations.map((each, at) => (at < 2 ? each : `${each}-subscription`))
    const match = { phone: '628215023424', account_id: shop.accountId, amount: 20_000 }
    await shop.admin.rules(names.map((operation) => ({ match: { operation, ...match }, fault: '503', times: 'once' })))
    const answers = [
      await shop.subscribe(),
      await shop.subscription(id),
      await shop.update(id),
      await shop.post(id, 'disable'),
      await shop.post(id, 'enable'),
      await shop.post(id, 'cancel'),
    ]
    expect(answers.map(({ httpStatus }) => httpStatus)).toEqual(Array(6).fill(503))
    await shop.admin.expectRulesUsed()
    expect(await shop.subscription(id)).toMatchObject({ status: 'active' })
    const requests = await shop.admin.requests({ path: '/v1/subscriptions*' })
    expect(requests.map(({ operation }) => operation).slice(1, 7)).toEqual(names.toReversed())
  })
})
