import { describe, expect, test } from 'vitest'
import { openInbox } from '../../../src/testkit/index.ts'
import { emulatorOfFile } from '../merchant.ts'
import { openShop } from './subscriber.ts'

const emulator = await emulatorOfFile()

async function openListening(over: object = {}) {
  const shop = await openShop(emulator)
  const [payments, recurring] = [await openInbox(), await openInbox()]
  const { merchant_id } = (await shop.admin.patch('settings', {
    payment_notification_url: payments.url,
    recurring_notification_url: recurring.url,
  })) as { merchant_id: string }
  const subscription = await shop.subscribe({ metadata: { meta: 'data' }, ...over })
  return { shop, payments, recurring, merchant_id, id: subscription.id as string }
}

describe('facts.md, section 8: recurring notification URL', () => {
  test('of a new subscription the merchant is told all there is, with its merchant_id and unsigned', async () => {
    const { shop, payments, recurring, id, merchant_id } = await openListening({
      customer_details: { first_name: 'John' },
      schedule: { interval: 1, interval_unit: 'month', max_interval: 12 },
    })
    const [told] = await recurring.waitFor(1)
    expect(JSON.parse(told?.text ?? '')).toEqual({
      token: shop.token,
      status: 'active',
      schedule: {
        start_time: '2026-02-10T01:00:00.000000Z',
        next_execution_at: '2026-02-10T01:00:00.000000Z',
        max_interval: 12,
        interval_unit: 'month',
        interval: 1,
        current_interval: 0,
      },
      payment_type: 'gopay',
      name: 'monthly-gold',
      metadata: { meta: 'data' },
      merchant_id,
      id,
      customer_details: { first_name: 'John' },
      currency: 'IDR',
      amount: '20000',
      gopay: { account_id: shop.accountId },
    })
    expect(payments.received).toEqual([])
  })

  test('each attempt sends its payment notification, signed; the end of the cycle one more, to the other URL', async () => {
    const { shop, payments, recurring, id, merchant_id } = await openListening()
    await shop.setBalance(0)
    await shop.goTo('2026-02-10 08:30:00')
    await shop.setBalance(100_000)
    await shop.goTo('2026-02-10 09:00:00')
    await shop.admin.advance('0s')
    expect(payments.received.map(({ body }) => body.transaction_status)).toEqual(['deny', 'settlement'])
    for (const each of payments.received) expect(payments.isSigned(each, shop.key)).toBe(true)
    expect(recurring.received).toHaveLength(2)
    const charge = JSON.parse(recurring.received[1]?.text ?? '')
    expect(Object.keys(charge)).toEqual(['transaction', 'subscription', 'event_name'])
    expect(charge).toMatchObject({
      transaction: {
        transaction_status: 'settlement',
        transaction_id: (await shop.subscription(id)).transaction_ids[1],
        status_code: '200',
      },
      subscription: {
        id,
        status: 'active',
        merchant_id,
        schedule: { current_interval: 1, next_execution_at: '2026-03-10T01:00:00.000000Z' },
      },
      event_name: 'subscription.charge',
    })
    expect(recurring.isSigned(recurring.received[1] as (typeof recurring.received)[0], shop.key)).toBe(false)
  })

  test('without such a URL it is kept, and has nowhere to go', async () => {
    const shop = await openShop(emulator)
    await shop.admin.patch('settings', { payment_notification_url: 'http://127.0.0.1:9/' })
    const { id } = await shop.subscribe()
    expect(await shop.admin.get(`notifications?reference=${id}`)).toMatchObject([
      { event: 'subscription.created', state: 'nowhere to go', account_id: shop.accountId },
    ])
  })

  test('a URL that is down gets its retries as with any notification', async () => {
    const { shop, recurring } = await openListening()
    await recurring.waitFor(1)
    recurring.answer(() => (recurring.received.length < 3 ? 503 : 200))
    await shop.goTo('2026-02-10 08:02:00')
    expect(recurring.received).toHaveLength(3)
    expect(new Set(recurring.received.slice(1).map(({ text }) => text)).size).toBe(1)
  })
})

describe('notifications that are not signed', () => {
  test('a rule for wrong signatures waits for one that is signed', async () => {
    const { shop, payments, recurring } = await openListening()
    await shop.admin.rules([{ match: { operation: 'notification' }, outcome: 'wrong-signature', times: 'once' }])
    await shop.subscribe()
    await shop.goTo('2026-02-10 08:00:00')
    await shop.admin.advance('0s')
    for (const { body } of recurring.received) expect(body).not.toHaveProperty('signature_key')
    expect(payments.received.map((each) => payments.isSigned(each, shop.key)).sort()).toEqual([false, true])
    await shop.admin.expectRulesUsed()
  })

  test.each([
    ['duplicate', 2, true],
    ['stale', 2, true],
    ['cut:5', 1, false],
    ['drop', 0, true],
    ['delay:5s', 1, true],
  ])('what is to be %s arrives %i times', async (outcome, times, isWhole) => {
    const { shop, recurring } = await openListening()
    await recurring.waitFor(1)
    await shop.admin.rules([{ match: { operation: 'notification', event: 'subscription.*' }, outcome }])
    const { id } = await shop.subscribe({ name: 'disturbed' })
    await shop.admin.advance('10s')
    const arrived = recurring.received.slice(1)
    expect(arrived).toHaveLength(times)
    for (const { body } of arrived) expect([body.id === id, 'signature_key' in body]).toEqual([isWhole, false])
  })

  test('a stale one tells again what was told before', async () => {
    const { shop, recurring } = await openListening()
    await shop.admin.rules([
      {
        match: { operation: 'notification', event: 'subscription.charge', account_id: shop.accountId },
        outcome: 'stale',
      },
    ])
    await shop.goTo('2026-02-10 08:00:05')
    const texts = recurring.received.map(({ text }) => text)
    expect(texts).toHaveLength(3)
    expect(texts[2]).toBe(texts[0])
  })

  test('a check of its signature says that it carries none, and that this is as it should be', async () => {
    const { shop, recurring } = await openListening()
    await shop.goTo('2026-02-10 08:00:00')
    await shop.admin.advance('0s')
    expect(recurring.received).toHaveLength(2)
    for (const { text } of recurring.received) {
      expect(await shop.admin.post('signature/verify', JSON.parse(text))).toEqual({
        valid: false,
        why: [
          'Midtrans does not sign what it tells of subscriptions: ask GET /v1/subscriptions/{id} whether it is true.',
        ],
      })
      await expect(shop.admin.post('signature/sign', JSON.parse(text))).rejects.toThrow(
        /does not sign what it tells of/,
      )
    }
  })

  test('the dashboard says so, and offers no new signature', async () => {
    const { shop, recurring, merchant_id, id } = await openListening()
    await recurring.waitFor(1)
    const [told] = (await shop.admin.get(`notifications?reference=${id}`)) as { id: string }[]
    const html = await (await fetch(`${emulator.url}/dashboard/${merchant_id}/notifications/${told?.id}`)).text()
    expect(html).toContain('data-testid="signature">not signed<')
    expect(html).toMatch(/<button[^>]* data-testid="resend">/)
    expect(html).toMatch(/<button disabled data-testid="resend-signed">/)
  })

  test('it is held, edited, released and resent as any other; only a signature it gets none', async () => {
    const { shop, recurring, id } = await openListening()
    await recurring.waitFor(1)
    await shop.admin.post('gate/hold', { filter: { event: 'subscription.charge' } })
    await shop.goTo('2026-02-10 08:00:00')
    const { held } = (await shop.admin.get('gate')) as { held: { id: string; reference: string }[] }
    expect(held).toMatchObject([{ event: 'subscription.charge', reference: id }])
    await expect(
      shop.admin.post('gate/edit', { id: held[0]?.id, fields: { event_name: 'edited' }, sign: true }),
    ).rejects.toThrow(/does not sign/)
    await shop.admin.post('gate/edit', { id: held[0]?.id, fields: { event_name: 'edited' } })
    await shop.admin.post('gate/release', { first: 1 })
    await recurring.waitFor(2)
    expect(recurring.received[1]?.body.event_name).toBe('edited')
    await shop.admin.post('notifications/resend', { filter: { reference: id, event: 'subscription.created' } })
    await recurring.waitFor(3)
    expect(recurring.received[2]?.text).toBe(recurring.received[0]?.text)
    await expect(shop.admin.post('notifications/resend', { filter: { reference: id }, sign: true })).rejects.toThrow(
      /does not sign/,
    )
  })

  test('a test can wait for it by its event and by the subscription', async () => {
    const { shop, id } = await openListening()
    expect(await shop.admin.expect({ notification: { event: 'subscription.created', reference: id } })).toMatchObject({
      found: 1,
    })
  })
})
