import { describe, expect, test } from 'vitest'
import { openInbox } from '../../../src/testkit/index.ts'
import { fillIn, visit } from '../../journeys/browser.ts'
import { emulatorOfFile } from '../merchant.ts'
import { customer, newLinkedShop, newSnapShop, pin, press, stageOf } from './customer.ts'
import { refused } from './merchant.ts'

const emulator = await emulatorOfFile()
const paid = 'transaction_details.order_id has been paid and utilized, please use another order ID'

describe('facts.md, section 7: order_id, until it is paid', () => {
  test('two sessions of one order: paid on one, the other takes nothing more', async () => {
    const shop = await newLinkedShop(emulator)
    const [first, second] = [await shop.open('order-1', 1_000, customer), await shop.open('order-1', 2_000, customer)]
    await press(first, 'qr')
    expect(stageOf(await press(second, 'pay'))).toBe('paid')
    // The code of the first one was cancelled by the second.
    expect((await shop.told('order-1')).map((each) => each.transaction_status)).toEqual([
      'pending',
      'cancel',
      'settlement',
    ])
    for (const action of ['pay', 'qr'] as const) {
      expect(stageOf(await press(first, action))).toBe('paid')
    }
    expect((await shop.told('order-1')).length).toBe(3)
    expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'settlement', gross_amount: '2000.00' })
    expect(await shop.create('order-1', 1_000)).toMatchObject(refused(paid))
  })

  test('paid by the Core API meanwhile: nothing is left to pay on the page', async () => {
    const shop = await newLinkedShop(emulator)
    const page = await shop.open('order-1', 1_000)
    const { body } = await shop.send('GET', '/snap/v3/users/customer-1/gopay')
    const { metadata } = await shop.api.get(`/v2/pay/account/${body.account_id}`)
    await shop.api.post('/v2/charge', {
      payment_type: 'gopay',
      gopay: { account_id: body.account_id, payment_option_token: metadata.payment_options[0].token },
      transaction_details: { order_id: 'order-1', gross_amount: 1_000 },
    })
    expect(stageOf(await visit(page.url))).toBe('paid')
  })

  test('a fork has the same tokens: the client key of snap.js says whose page is wanted', async () => {
    const shop = newSnapShop(emulator)
    const page = await shop.open('order-1', 1_000)
    const fork = await shop.admin.fork(`${shop.key}-fork`)
    const [ours, theirs] = await Promise.all([shop.admin, fork].map((admin) => admin.get('settings')))
    const keyOf = (settings: unknown) => (settings as { client_key: string }).client_key
    const inFork = await visit(`${page.url}?client_key=${keyOf(theirs)}`)
    expect(stageOf(await press(inFork, 'qr'))).toBe('scan')
    expect(stageOf(await visit(`${page.url}?client_key=${keyOf(ours)}`))).toBe('choose')
    expect((await visit(`${page.url}?client_key=nobody`)).status).toBe(401)
  })

  test('what was pressed on the test panel stands in the journal', async () => {
    const shop = newSnapShop(emulator)
    const { url } = await shop.open('order-1', 1_000)
    await fetch(url, { method: 'POST', body: new URLSearchParams({ panel: 'cancel', pin }) })
    const [pressed] = await shop.admin.requests({ operation: 'snap-page', method: 'POST' })
    expect(pressed).toMatchObject({ body: 'panel=cancel' })
  })

  test('denied, and sold anew', async () => {
    const shop = await newLinkedShop(emulator)
    await press(await shop.open('order-1', 9_000_000, customer), 'pay')
    expect(stageOf(await press(await shop.open('order-1', 1_000, customer), 'pay'))).toBe('paid')
  })

  test('a session with a payment that waits cannot be cancelled', async () => {
    const shop = newSnapShop(emulator)
    const page = await shop.open('order-1', 1_000)
    await press(page, 'qr')
    const cancelled = await shop.send(
      'POST',
      `/snap/v1/transactions/${new URL(page.url).pathname.split('/').at(-1)}/cancel`,
    )
    expect(cancelled).toMatchObject(refused('Transaction is on progress'))
  })
})

describe('facts.md, section 7: notifications', () => {
  test('metadata.extra_info says which customer and which account, for the linked wallet alone', async () => {
    const shop = await newLinkedShop(emulator)
    const more = { ...customer, metadata: { campaign: 'kopi' }, custom_field1: 'x' }
    await press(await shop.open('order-1', 1_000, more), 'pay')
    const { account_id } = (await shop.send('GET', '/snap/v3/users/customer-1/gopay')).body
    const [body = {}] = await shop.told('order-1')
    expect(body).toMatchObject({
      transaction_status: 'settlement',
      custom_field1: 'x',
      metadata: { campaign: 'kopi', extra_info: { user_id: 'customer-1', account_id } },
    })
    await press(await shop.open('order-2', 1_000, more), 'qr')
    const [plain = {}] = await shop.told('order-2')
    expect(plain.metadata).toEqual({ campaign: 'kopi' })
    await press(await shop.open('order-3', 1_000), 'qr')
    expect((await shop.told('order-3'))[0]).not.toHaveProperty('metadata')
  })

  test('X-Override-Notification of the request that began the session holds for its payments', async () => {
    await using inbox = await openInbox()
    const shop = await newLinkedShop(emulator)
    await shop.admin.patch('settings', { payment_notification_url: 'http://localhost:9/never' })
    const created = await shop.create('order-1', 1_000, customer, { 'x-override-notification': inbox.url })
    await press(await visit(String(created.body.redirect_url)), 'pay')
    await shop.admin.advance('0s')
    expect(inbox.received.map(({ body }) => (body as Record<string, unknown>).order_id)).toEqual(['order-1'])
  })

  test('the times of a payment are those of the customer, not of the session', async () => {
    const shop = await newLinkedShop(emulator)
    await shop.admin.freeze()
    const page = await shop.open('order-1', 1_000, customer)
    const { now } = (await shop.admin.advance('1h')) as { now: string }
    await press(page, 'pay')
    const time = new Date(Date.parse(now) + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
    expect(await shop.status('order-1')).toMatchObject({ transaction_time: time })
  })
})

describe('rules on payments of the page', () => {
  test('deny: the customer sees that GoPay denied it, and pays the next time', async () => {
    const shop = await newLinkedShop(emulator)
    await shop.admin.put('rules', [
      { match: { operation: 'charge', order_id: 'order-1' }, outcome: 'deny:112', times: 'once' },
    ])
    const page = await shop.open('order-1', 1_000, customer)
    expect((await press(page, 'pay')).text('complaint')).toMatch(/^GoPay menolak/)
    expect(stageOf(await press(page, 'pay'))).toBe('paid')
  })

  test('ask-pin: GoPay asks, however little it is', async () => {
    const shop = await newLinkedShop(emulator)
    await shop.admin.put('rules', [{ match: { operation: 'charge' }, outcome: 'ask-pin' }])
    const question = await press(await shop.open('order-1', 1, customer), 'pay')
    expect(question.step).toBe('pin')
    expect(stageOf(await fillIn(question, { pin }))).toBe('paid')
  })

  test('a refusal of GoPay’s: told on the page, and no payment is there', async () => {
    const shop = await newLinkedShop(emulator)
    await shop.admin.put('rules', [{ match: { operation: 'charge' }, outcome: 'gopay:1703' }])
    const page = await press(await shop.open('order-1', 1_000, customer), 'pay')
    expect(stageOf(page)).toBe('choose')
    expect(page.text('complaint')).toMatch(/^GoPay tidak menerima ini/)
  })
})
