import { describe, expect, test } from 'vitest'
import { emulatorOfFile, newMerchant, sendRaw, uuid } from '../merchant.ts'
import { openShop } from './subscriber.ts'

const emulator = await emulatorOfFile()
const shop = await openShop(emulator, '2030-01-10 08:00:00')

const invalid = (...validation_messages: string[]) => ({
  httpStatus: 400,
  status_message: 'Invalid parameter.',
  validation_messages,
})
const refused = (field: string, words: string) => invalid(`subscription.${field} ${words}`)

describe('facts.md, section 8: POST /v1/subscriptions', () => {
  test('a subscription is answered with all that was asked for, and with what holds where nothing was', async () => {
    const answer = await shop.subscribe()
    expect(answer).toEqual({
      httpStatus: 200,
      id: expect.stringMatching(uuid),
      name: 'monthly-gold',
      amount: '20000',
      currency: 'IDR',
      created_at: '2030-01-10 08:00:00',
      schedule: {
        interval: 1,
        current_interval: 0,
        interval_unit: 'month',
        start_time: '2030-02-10 08:00:00',
        previous_execution_at: null,
        next_execution_at: '2030-02-10 08:00:00',
      },
      status: 'active',
      token: shop.token,
      payment_type: 'gopay',
      transaction_ids: [],
      gopay: { account_id: shop.accountId },
      retry_schedule: { interval: 1, interval_unit: 'hour', max_interval: 3 },
    })
  })

  test('what the merchant gives along is answered as it was given', async () => {
    const metadata = { description: 'Recurring payment for A', plan: null }
    const customer_details = { first_name: 'Budi', email: 'budi@shop.example', phone: '+62812345678' }
    const answer = await shop.subscribe({
      schedule: { interval: 2, interval_unit: 'week', max_interval: 12, start_time: '2030-01-10 01:00:01 +0000' },
      retry_schedule: { interval: 1, interval_unit: 'day', max_interval: 2 },
      metadata,
      customer_details,
    })
    expect(answer).toMatchObject({
      schedule: { interval: 2, interval_unit: 'week', max_interval: 12, start_time: '2030-01-10 08:00:01' },
      retry_schedule: { interval: 1, interval_unit: 'day', max_interval: 2 },
      metadata,
      customer_details,
    })
  })

  test('the field order is the recorded one', async () => {
    const { text } = await shop.raw('POST', '/v1/subscriptions', { body: JSON.stringify(shop.body({ metadata: {} })) })
    expect(Object.keys(JSON.parse(text)).slice(0, 12).join(' ')).toBe(
      'id name amount currency created_at schedule status token payment_type transaction_ids metadata gopay',
    )
  })

  test.each([
    ['the amount is a number (go client)', { amount: 20_000 }, { amount: '20000' }],
    [
      'max_interval is a text',
      { schedule: { interval: 1, interval_unit: 'day', max_interval: '12' } },
      { schedule: { max_interval: 12 } },
    ],
    [
      'all of a schedule is null that may be',
      { schedule: { interval: 1, interval_unit: 'day', max_interval: null, start_time: null } },
      { status: 'active' },
    ],
    ['a name has 40 characters and all symbols', { name: `${'a'.repeat(36)}-_~.` }, { name: `${'a'.repeat(36)}-_~.` }],
    [
      'a retry_schedule says one thing alone',
      { retry_schedule: { interval_unit: 'minute' } },
      { retry_schedule: { interval: 1, interval_unit: 'minute', max_interval: 3 } },
    ],
    ['a retry_schedule wants none', { retry_schedule: { max_interval: 0 } }, { retry_schedule: { max_interval: 0 } }],
    ['the same name comes again', {}, { name: 'monthly-gold' }],
  ])('it is accepted where %s', async (_what, over, expected) => {
    expect(await shop.subscribe(over)).toMatchObject({ httpStatus: 200, ...expected })
  })

  const schedule = (over: object) => ({ schedule: { interval: 1, interval_unit: 'month', ...over } })
  const amountWords = 'must be between 0.01 - 99999999999.00'
  test.each<[object, object]>([
    [{ amount: undefined }, refused('amount', 'is required')],
    [{ amount: 0 }, refused('amount', amountWords)],
    [{ amount: '0' }, refused('amount', amountWords)],
    [{ amount: -1 }, refused('amount', amountWords)],
    [{ amount: '100000000000' }, refused('amount', amountWords)],
    [{ amount: '20000.50' }, refused('amount', amountWords)],
    [{ amount: 'much' }, refused('amount', amountWords)],
    [{ name: undefined }, refused('name', 'is required')],
    [{ name: 'a'.repeat(41) }, refused('name', 'is too long')],
    [{ name: 'gold plan' }, refused('name', 'is invalid')],
    [{ currency: undefined }, refused('currency', 'is required')],
    [{ currency: 'USD' }, refused('currency', 'is invalid')],
    [{ payment_type: undefined }, refused('payment_type', 'is required')],
    [{ token: undefined }, refused('token', 'is required')],
    [{ schedule: undefined }, refused('schedule', 'is required')],
    [schedule({ interval: undefined }), refused('schedule.interval', 'is required')],
    [schedule({ interval: 0 }), refused('schedule.interval', 'must be greater than or equal to 1')],
    [schedule({ interval_unit: 'year' }), refused('schedule.interval_unit', 'is invalid')],
    [schedule({ max_interval: -1 }), refused('schedule.max_interval', 'must be greater than or equal to 0')],
    [
      schedule({ start_time: '2030-01-10 08:00:00 +0700' }),
      refused('schedule.start_time', 'must be after current time'),
    ],
    [schedule({ start_time: '2030-02-31 08:00:00 +0700' }), refused('schedule.start_time', 'is invalid')],
    // In Indonesia that is the year 10000.
    [schedule({ start_time: '9999-12-31 20:00:00 +0000' }), refused('schedule.start_time', 'is invalid')],
    [schedule({ start_time: '2030-02-10 08:00:00' }), refused('schedule.start_time', 'is invalid')],
    [
      { retry_schedule: { max_interval: 4 } },
      refused('retry_schedule.max_interval', 'must be less than or equal to 3'),
    ],
    [{ retry_schedule: { interval_unit: 'week' } }, refused('retry_schedule.interval_unit', 'is invalid')],
    [{ metadata: { long: 'a'.repeat(1_024) } }, refused('metadata', 'is too long')],
    [{ metadata: 'a text' }, refused('metadata', 'is invalid')],
    [{ gopay: undefined }, refused('gopay.account_id', 'is required')],
    [{ gopay: { account_id: '00000000-0000-4000-8000-000000000000' } }, refused('gopay.account_id', "doesn't exist")],
  ])('%j is refused with a message that names the field', async (over, expected) => {
    expect(await shop.subscribe(over)).toEqual(expected)
  })

  test('all faults are told at once', async () => {
    const { validation_messages } = await shop.subscribe({ amount: 0, name: undefined, currency: 'USD' })
    expect(new Set(validation_messages)).toEqual(
      new Set([
        'subscription.name is required',
        `subscription.amount ${amountWords}`,
        'subscription.currency is invalid',
      ]),
    )
  })

  test('an account that is not enabled cannot be subscribed (changelog, August 2023)', async () => {
    const other = await openShop(emulator)
    await other.api.post(`/v2/pay/account/${other.accountId}/unbind`)
    expect(await other.subscribe()).toEqual(refused('gopay.account_id', 'is not enabled'))
    expect(await other.admin.upcoming()).toMatchObject({ total: 0 })
  })

  test.each(['credit_card', 'bank_transfer', 'anything'])('payment_type %s is honestly not emulated', async (type) => {
    expect(await shop.subscribe({ payment_type: type })).toEqual({
      httpStatus: 501,
      status_message: `midtrans-emulator does not have this: payment_type ${type}; there is gopay`,
    })
  })

  test.each(['', 'null', '[]', '7', '{"name":'])('the body %j is a bad request', async (body) => {
    const answer = await shop.raw('POST', '/v1/subscriptions', { body })
    expect(answer).toMatchObject({ http: 400, body: { status_message: 'Bad request' } })
    expect(Object.keys(answer.body)).toEqual(['status_message'])
  })

  test('a repeat with the same Idempotency-Key gets the same subscription for three minutes', async () => {
    const merchant = await openShop(emulator)
    const key = { 'idempotency-key': 'once' }
    const first = await merchant.subscribe({}, key)
    await merchant.admin.advance('179s')
    expect(await merchant.subscribe({ name: 'another' }, key)).toEqual(first)
    // A body is checked before its key is.
    expect(await merchant.subscribe({ amount: 0 }, key)).toMatchObject({ httpStatus: 400 })
    await merchant.admin.advance('1s')
    expect((await merchant.subscribe({}, key)).id).not.toBe(first.id)
  })
})

describe('facts.md, section 8: who may ask, and failures', () => {
  test('without a key that opens a sandbox nothing is told, in the form of this API', async () => {
    for (const headers of [{}, { authorization: 'Basic Og==' }] as Record<string, string>[]) {
      const { http, body } = await sendRaw(`${emulator.url}/v1/subscriptions/some-id`, 'GET', undefined, headers)
      expect([http, body]).toEqual([401, { status_message: 'Unknown Merchant server_key/id' }])
    }
  })

  test('a subscription of another merchant does not exist', async () => {
    const { id } = await shop.subscribe()
    expect(await newMerchant(emulator).api.get(`/v1/subscriptions/${id}`)).toEqual({
      httpStatus: 404,
      status_message: "Subscription doesn't exist.",
    })
  })

  test("a failure of Midtrans's own can be asked for, and nothing has happened then", async () => {
    const merchant = await openShop(emulator)
    const failed = await merchant.subscribe({}, { 'x-emulator-fault': 'reset' }).catch(() => 'reset')
    expect(failed).toBe('reset')
    expect(await merchant.subscribe({}, { 'x-emulator-fault': '500' })).toMatchObject({ httpStatus: 500 })
    expect(await merchant.admin.upcoming()).toMatchObject({ total: 0 })
  })

  test('a failure is told in the words of this API: here a sandbox that is deleted while its request waits', async () => {
    const merchant = await openShop(emulator)
    const { merchant_id } = (await merchant.admin.get('settings')) as { merchant_id: string }
    const asked = merchant.subscribe({}, { 'x-emulator-fault': 'before:latency:200ms' })
    await expect.poll(() => merchant.admin.requests({ operation: 'subscribe' })).toHaveLength(1)
    await merchant.admin.delete(`sandboxes/${merchant_id}`)
    expect(await asked).toEqual({
      httpStatus: 500,
      status_message: 'Sorry, Our system is recovering from unexpected issues. Please retry.',
    })
  })

  test('an unknown path and an unknown method are told in the form of this API', async () => {
    expect(await shop.api.post('/v1/subscriptions/some-id/pause')).toEqual({
      httpStatus: 404,
      status_message: 'midtrans-emulator has no POST /v1/subscriptions/some-id/pause',
    })
    expect(await shop.api.get('/v1/subscriptions')).toEqual({
      httpStatus: 405,
      status_message: 'HTTP method not allowed: found GET, expected POST',
    })
  })
})
