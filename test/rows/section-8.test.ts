import { describe, expect, test } from 'vitest'
import { emulatorOfFile } from '../midtrans/merchant.ts'
import { openShop } from '../midtrans/subscriptions/subscriber.ts'

const emulator = await emulatorOfFile()
const refused = (...messages: string[]) => ({
  httpStatus: 400,
  status_message: 'Invalid parameter.',
  validation_messages: messages,
})
const monthly = { interval: 1, interval_unit: 'month' }

// Each row of the section, by its name there. test/rows/complete.test.ts holds that none is missing.
describe('facts.md, section 8: fields of POST /v1/subscriptions', () => {
  test('name: up to 40 characters of letters, digits and - _ ~ . ; the order_id is the name and 32 digits', async () => {
    const shop = await openShop(emulator)
    expect(await shop.subscribe({ name: 'n'.repeat(41) })).toMatchObject(refused('subscription.name is too long'))
    expect(await shop.subscribe({ name: 'two words' })).toMatchObject(refused('subscription.name is invalid'))
    const name = `${'n'.repeat(32)}-_~.abcd`
    expect(name).toHaveLength(40)
    const { id } = await shop.subscribe({ name })
    await shop.goTo('2026-02-10 08:00:00')
    const { transaction_ids } = await shop.subscription(id)
    const { order_id } = await shop.status(transaction_ids[0])
    expect(order_id.slice(0, 40)).toBe(name)
    expect(order_id.slice(40)).toMatch(/^\d{32}$/)
  })

  test('amount: without decimals, and within the recorded bounds', async () => {
    const shop = await openShop(emulator)
    const outside = refused('subscription.amount must be between 0.01 - 99999999999.00')
    expect(await shop.subscribe({ amount: '0' })).toMatchObject(outside)
    expect(await shop.subscribe({ amount: '100000000000' })).toMatchObject(outside)
    expect(await shop.subscribe({ amount: undefined })).toMatchObject(refused('subscription.amount is required'))
    expect(await shop.subscribe({ amount: 20_000 })).toMatchObject({ httpStatus: 200, amount: '20000' })
  })

  test('currency: IDR alone', async () => {
    const shop = await openShop(emulator)
    expect(await shop.subscribe({ currency: 'USD' })).toMatchObject(refused('subscription.currency is invalid'))
    expect(await shop.subscribe({ currency: undefined })).toMatchObject(refused('subscription.currency is required'))
  })

  test('payment_type: gopay; credit_card is not emulated, and says so', async () => {
    const shop = await openShop(emulator)
    expect(await shop.subscribe({ payment_type: 'credit_card' })).toMatchObject({
      httpStatus: 501,
      status_message: expect.stringContaining('credit_card'),
    })
    expect(await shop.subscribe({ payment_type: '' })).toMatchObject(refused('subscription.payment_type is invalid'))
  })

  test('token: the payment option token that is charged', async () => {
    const shop = await openShop(emulator)
    expect(await shop.subscribe({ token: undefined })).toMatchObject(refused('subscription.token is required'))
    expect(await shop.subscribe()).toMatchObject({ token: shop.token })
  })

  test('gopay.account_id: required, and looked at before', async () => {
    const shop = await openShop(emulator)
    expect(await shop.subscribe({ gopay: {} })).toMatchObject(refused('subscription.gopay.account_id is required'))
    await shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`)
    expect(await shop.subscribe()).toMatchObject({ httpStatus: 400 })
  })

  test('schedule: interval, unit, max_interval and a start in the future; by itself one interval from now', async () => {
    const shop = await openShop(emulator)
    const { schedule } = await shop.subscribe({ schedule: { ...monthly, max_interval: 0 } })
    expect(schedule).toMatchObject({ ...monthly, max_interval: 0, start_time: '2026-02-10 08:00:00' })
    const past = { ...monthly, start_time: '2026-01-10 07:59:59 +0700' }
    expect(await shop.subscribe({ schedule: past })).toMatchObject({ httpStatus: 400 })
    expect(await shop.subscribe({ schedule: undefined })).toMatchObject(refused('subscription.schedule is required'))
  })

  test('retry_schedule: three times an hour apart, unless told otherwise', async () => {
    const shop = await openShop(emulator)
    const standard = { interval: 1, interval_unit: 'hour', max_interval: 3 }
    expect(await shop.subscribe()).toMatchObject({ retry_schedule: standard })
    const retry_schedule = { interval: 2, interval_unit: 'day', max_interval: 0 }
    expect(await shop.subscribe({ retry_schedule })).toMatchObject({ retry_schedule })
    const four = { ...standard, max_interval: 4 }
    expect(await shop.subscribe({ retry_schedule: four })).toMatchObject({ httpStatus: 400 })
  })

  test('metadata: an object of less than 1 KB, answered as it was given', async () => {
    const shop = await openShop(emulator)
    const metadata = { plan: 'gold', seats: 2 }
    expect(await shop.subscribe({ metadata })).toMatchObject({ metadata })
    expect(await shop.subscribe({ metadata: { text: 'x'.repeat(1_024) } })).toMatchObject(
      refused('subscription.metadata is too long'),
    )
  })

  test('customer_details: answered as they were given', async () => {
    const shop = await openShop(emulator)
    const customer_details = { first_name: 'Siti', email: 'siti@example.com', phone: '+628215023424' }
    expect(await shop.subscribe({ customer_details })).toMatchObject({ customer_details })
  })
})

describe('facts.md, section 8: calls', () => {
  const updated = { httpStatus: 200, status_message: 'Subscription is updated.' }

  test('HTTP 200 answer: all fields, without a status_code', async () => {
    const shop = await openShop(emulator)
    const subscription = await shop.subscribe({ metadata: { a: 1 }, customer_details: { first_name: 'Siti' } })
    const recorded =
      'id, name, amount, currency, created_at, schedule, status, token, payment_type, transaction_ids, metadata, ' +
      'customer_details, gopay, retry_schedule, httpStatus'
    expect(Object.keys(subscription).join(', ')).toBe(recorded)
    expect(subscription).toMatchObject({
      created_at: '2026-01-10 08:00:00',
      status: 'active',
      transaction_ids: [],
      schedule: { current_interval: 0, previous_execution_at: null, next_execution_at: '2026-02-10 08:00:00' },
    })
  })

  test('GET /v1/subscriptions/{id}: the same object', async () => {
    const shop = await openShop(emulator)
    const created = await shop.subscribe()
    expect(await shop.subscription(created.id)).toEqual(created)
  })

  test('POST …/disable, …/enable, …/cancel: HTTP 200 and one sentence', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    for (const [verb, status] of [
      ['disable', 'inactive'],
      ['enable', 'active'],
      ['cancel', 'inactive'],
    ] as const) {
      expect(await shop.post(id, verb)).toEqual(updated)
      expect(await shop.subscription(id)).toMatchObject({ status })
    }
  })

  test('PATCH /v1/subscriptions/{id}: the same sentence; name up to 15 characters, amount, currency, token, interval', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    expect(await shop.update(id, { name: 'n'.repeat(16) })).toMatchObject(refused('subscription.name is too long'))
    expect(await shop.update(id, { token: undefined })).toMatchObject(refused('subscription.token is required'))
    expect(await shop.update(id, { name: 'gold', amount: '30000', schedule: { interval: 2 } })).toEqual(updated)
    expect(await shop.subscription(id)).toMatchObject({ name: 'gold', amount: '30000', schedule: { interval: 2 } })
  })

  test('unknown id: HTTP 404', async () => {
    const shop = await openShop(emulator)
    const unknown = { httpStatus: 404, status_message: "Subscription doesn't exist." }
    expect(await shop.subscription('nobody')).toEqual(unknown)
    expect(await shop.post('nobody', 'disable')).toEqual(unknown)
    expect(await shop.update('nobody')).toEqual(unknown)
  })

  test('invalid: HTTP 400 with validation_messages; an empty body: "Bad request"', async () => {
    const shop = await openShop(emulator)
    expect(await shop.subscribe({ amount: undefined })).toEqual(refused('subscription.amount is required'))
    const empty = await shop.raw('POST', '/v1/subscriptions', { body: 'null' })
    expect(empty).toMatchObject({ http: 400, body: { status_message: 'Bad request' } })
  })

  test('failure: HTTP 500 in the words of this API', async () => {
    const shop = await openShop(emulator)
    await shop.admin.rules([{ match: { operation: 'subscribe' }, fault: '500', times: 'once' }])
    expect(await shop.subscribe()).toEqual({
      httpStatus: 500,
      status_message: 'Sorry, Our system is recovering from unexpected issues. Please retry.',
    })
    expect(await shop.admin.upcoming()).toMatchObject({ total: 0 })
    expect(await shop.subscribe()).toMatchObject({ httpStatus: 200 })
  })
})

describe('facts.md, section 8: life and notifications', () => {
  test('Life: disable makes it inactive, a retry still runs; cancel stops that, too; used up is inactive', async () => {
    const [disabled, cancelled, usedUp] = await Promise.all([1, 2, 3].map(() => openShop(emulator)))
    for (const [shop, verb, tries] of [
      [disabled, 'disable', 2],
      [cancelled, 'cancel', 1],
    ] as const) {
      if (!shop) throw new Error('a shop is missing')
      await shop.setBalance(0)
      const { id } = await shop.subscribe()
      await shop.goTo('2026-02-10 08:00:00')
      await shop.post(id, verb)
      expect((await shop.subscription(id)).status).toBe('inactive')
      await shop.goTo('2026-02-10 09:00:00')
      expect(await shop.payments(id)).toHaveLength(tries)
    }
    const once = await usedUp?.subscribe({ schedule: { ...monthly, max_interval: 1 } })
    await usedUp?.goTo('2026-02-10 08:00:00')
    expect(await usedUp?.subscription(once.id)).toMatchObject({ status: 'inactive' })
  })

  test('Order ids in the dashboard history have SUBS- before them; in the API they have not', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    await shop.goTo('2026-02-10 08:00:00')
    const { transaction_ids } = await shop.subscription(id)
    expect((await shop.status(transaction_ids[0])).order_id).toMatch(/^monthly-gold\d{32}$/)
  })

  test('names need not be unique, and a start in the past is refused, not charged at once (weak sources say otherwise)', async () => {
    const shop = await openShop(emulator)
    const [first, second] = [await shop.subscribe(), await shop.subscribe()]
    expect([first.httpStatus, second.httpStatus]).toEqual([200, 200])
    expect(second).toMatchObject({ name: first.name })
    expect(second.id).not.toBe(first.id)
    const schedule = { ...monthly, start_time: '2026-01-09 08:00:00 +0700' }
    expect(await shop.subscribe({ schedule })).toMatchObject({ httpStatus: 400 })
    expect(await shop.admin.get('transactions')).toEqual([])
  })

  test('Recurring notification URL: on creation, and at the end of a cycle; unsigned, beside the normal one', async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    await shop.goTo('2026-02-10 08:00:00')
    const { merchant_id } = (await shop.admin.get('settings')) as { merchant_id: string }
    const listed = (await shop.admin.get(`notifications?reference=${id}`)) as { body: Record<string, unknown> }[]
    const [charge, creation] = listed.map(({ body }) => body)
    expect(creation).toMatchObject({ id, merchant_id, status: 'active' })
    expect(charge).toMatchObject({
      event_name: 'subscription.charge',
      transaction: { transaction_status: 'settlement', status_code: '200' },
      subscription: { id },
    })
    for (const body of [charge, creation]) expect(body).not.toHaveProperty('signature_key')
    expect(await shop.admin.get('notifications?event=transaction.*')).toHaveLength(1)
  })
})
