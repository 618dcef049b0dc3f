import { expect, test } from 'vitest'
import { type Inbox, openInbox, type TriggerFields } from '../../src/testkit/index.ts'
import { emulatorOfFile, type Merchant, newMerchant, newShop } from '../midtrans/merchant.ts'
import { adminRequest } from './admin-request.ts'

const emulator = await emulatorOfFile()

async function tellingAt(inbox: Inbox, merchant: Merchant = newMerchant(emulator)): Promise<Merchant> {
  const { url } = inbox
  await merchant.admin.patch('settings', { payment_notification_url: url, pay_account_notification_url: url })
  return merchant
}

const statusesIn = ({ received }: Inbox) => received.map(({ body }) => body.transaction_status ?? body.account_status)

const refusal = (merchant: Merchant, body: object) =>
  adminRequest(emulator, 'trigger', { method: 'POST', key: merchant.key, body })

/** What is told of the link that comes first. */
const linked = 'ENABLED'
/** By hand from facts.md (sections 2 and 3, A.5 to A.7): what arrives, the last body, and GET status after it. */
const events: readonly (readonly [
  event: string,
  fields: TriggerFields,
  arrives: readonly string[],
  last: object,
  status: object,
])[] = [
  ['account.enabled', {}, [linked], { status_code: '200' }, { account_status: 'ENABLED' }],
  ['account.disabled', {}, [linked, 'DISABLED'], { status_code: '204' }, { account_status: 'DISABLED' }],
  ['account.disabled', { by: 'merchant' }, [linked, 'DISABLED'], {}, { account_status: 'DISABLED' }],
  ['account.disabled', { by: 'new-number' }, [linked, 'DISABLED'], {}, { account_status: 'DISABLED' }],
  ['pending', {}, [linked, 'pending'], { status_code: '201' }, { transaction_status: 'pending' }],
  ['authorize', {}, [linked, 'authorize'], { status_code: '200' }, { transaction_status: 'authorize' }],
  ['capture', {}, [linked, 'authorize', 'settlement'], {}, { transaction_status: 'settlement' }],
  ['settlement', {}, [linked, 'settlement'], { status_code: '200' }, { transaction_status: 'settlement' }],
  [
    'settlement',
    { amount: 200_000 },
    [linked, 'pending', 'settlement'],
    { gross_amount: '200000.00' },
    { transaction_status: 'settlement' },
  ],
  ['deny', {}, [linked, 'deny'], { channel_response_code: '201' }, { transaction_status: 'deny' }],
  ['deny', { code: '112' }, [linked, 'deny'], { channel_response_code: '112' }, { transaction_status: 'deny' }],
  ['deny', { code: '4060' }, [linked, 'deny'], { fraud_status: 'deny' }, { transaction_status: 'deny' }],
  ['cancel', {}, [linked, 'pending', 'cancel'], { status_code: '202' }, { transaction_status: 'cancel' }],
  ['expire', {}, [linked, 'pending', 'expire'], { status_code: '202' }, { transaction_status: 'expire' }],
  ['refund', {}, [linked, 'settlement', 'refund'], { refund_amount: '50000.00' }, { transaction_status: 'refund' }],
  [
    'partial_refund',
    { refund_amount: 1_000 },
    [linked, 'settlement', 'partial_refund'],
    { refund_amount: '1000.00' },
    { transaction_status: 'partial_refund' },
  ],
  [
    'refund_confirmed',
    {},
    [linked, 'settlement', 'refund', 'refund'],
    { refunds: [expect.objectContaining({ bank_confirmed_at: expect.any(String) })] },
    { transaction_status: 'refund' },
  ],
]

test.each(events)(
  '%s %j happens: the merchant is told, and GET status agrees',
  async (event, fields, arrives, last, status) => {
    await using inbox = await openInbox()
    const merchant = await tellingAt(inbox)
    const { admin, api, key } = merchant
    const triggered = await admin.trigger(event, { ...fields, overrides: { seen_by: 'a test', status_message: null } })
    const received = await inbox.waitFor(arrives.length)
    expect(statusesIn(inbox).toSorted()).toEqual(arrives.toSorted())
    const told = received.find(({ body }) => body.seen_by === 'a test')
    expect(told?.body).toMatchObject(last)
    expect(told?.body).not.toHaveProperty('status_message')
    expect(received.filter(({ body }) => 'seen_by' in body)).toHaveLength(1)
    for (const each of received) expect(inbox.isSigned(each, key)).toBe(true)
    expect(triggered.notifications.find(({ id }) => id === triggered.notification_id)).toMatchObject({
      state: 'delivered',
    })
    const { order_id, account_id } = triggered
    expect(await api.get(order_id ? `/v2/${order_id}/status` : `/v2/pay/account/${account_id}`)).toMatchObject(status)
    expect(await admin.get('gate')).toMatchObject({ holds: [], held: [] })
  },
)

/** By hand from facts.md, sections 8 and 12: what arrives, and what the last body holds; it is not signed. */
const ofSubscriptions: readonly (readonly [event: string, arrives: readonly unknown[], last: object])[] = [
  ['subscription.created', [linked, 'active'], { status: 'active', amount: '70000' }],
  [
    'subscription.charge',
    [linked, 'active', 'settlement', 'subscription.charge'],
    { transaction: { status_code: '200' }, subscription: { amount: '70000', schedule: { current_interval: 1 } } },
  ],
]

test.each(ofSubscriptions)(
  '%s happens: the merchant is told, unsigned, and GET agrees',
  async (event, arrives, last) => {
    await using inbox = await openInbox()
    const merchant = await tellingAt(inbox)
    await merchant.admin.patch('settings', { recurring_notification_url: inbox.url })
    const triggered = await merchant.admin.trigger(event, { amount: 70_000, overrides: { seen_by: 'a test' } })
    const received = await inbox.waitFor(arrives.length)
    const statuses = received.map(
      ({ body }) => body.transaction_status ?? body.account_status ?? body.event_name ?? body.status,
    )
    expect(statuses.toSorted()).toEqual(arrives.toSorted())
    const told = received.find(({ body }) => body.seen_by === 'a test')
    expect(told?.body).toMatchObject(last)
    expect(told?.body).not.toHaveProperty('signature_key')
    expect(triggered.notifications).toHaveLength(arrives.length)
    const { subscription_id, status } = triggered
    expect(status).toBe('active')
    expect(await merchant.api.get(`/v1/subscriptions/${subscription_id}`)).toMatchObject({ amount: '70000', status })
  },
)

test('a subscription that is there is charged on, as long as it is active', async () => {
  const merchant = newMerchant(emulator)
  const { admin, api } = merchant
  const { subscription_id = '' } = await admin.trigger('subscription.created')
  await admin.trigger('subscription.charge', { subscription_id })
  await admin.trigger('subscription.charge', { subscription_id })
  expect(await api.get(`/v1/subscriptions/${subscription_id}`)).toMatchObject({ schedule: { current_interval: 2 } })
  await api.post(`/v1/subscriptions/${subscription_id}/disable`, null)
  const wish = { event: 'subscription.charge', subscription_id }
  expect(await refusal(merchant, wish)).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('needs one that is active; found: subscription trigger is inactive') },
  })
})

test('a subscription whose charge is denied tells what came instead, and one that is not there is not charged', async () => {
  const merchant = newMerchant(emulator)
  const { subscription_id } = await merchant.admin.trigger('subscription.created')
  await merchant.admin.rules([{ match: { operation: 'charge' }, outcome: 'deny:201' }])
  expect(await refusal(merchant, { event: 'subscription.charge', subscription_id })).toMatchObject({
    status: 409,
    body: { title: 'Something else came', subscription_id },
  })
  expect(await refusal(merchant, { event: 'subscription.charge', subscription_id: 'none' })).toMatchObject({
    status: 404,
    body: { title: 'No such subscription' },
  })
  expect(await refusal(merchant, { event: 'subscription.charge', subscription_id, amount: 1_000 })).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('amount: subscription trigger is over 50000') },
  })
})

test('every event that is listed is tried here', async () => {
  const listed = (await newMerchant(emulator).admin.get('trigger')) as readonly { readonly event: string }[]
  const tried = [...events, ...ofSubscriptions].map(([event]) => event)
  expect(new Set(listed.map(({ event }) => event))).toEqual(new Set(tried))
})

test('what a merchant has begun is taken on from where it stands', async () => {
  await using inbox = await openInbox()
  const shop = await newShop(emulator)
  await tellingAt(inbox, shop)
  const { transaction_id } = await shop.charge('order-1', 150_000)
  expect(await shop.admin.trigger('settlement', { order_id: 'order-1' })).toMatchObject({
    event: 'settlement',
    status: 'settlement',
    order_id: 'order-1',
    transaction_id,
    account_id: shop.accountId,
  })
  await shop.admin.trigger('partial_refund', { order_id: 'order-1' })
  await shop.admin.trigger('refund', { order_id: 'order-1' })
  await inbox.waitFor(4)
  expect(statusesIn(inbox)).toEqual(['pending', 'settlement', 'partial_refund', 'refund'])
})

test('a payer whose page has ended pays all the same', async () => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 150_000)
  await shop.admin.simulate('decline', 'order-1')
  expect(await shop.admin.trigger('settlement', { order_id: 'order-1' })).toMatchObject({ status: 'settlement' })
})

test('plain GoPay, which anybody can pay, is paid by whom the tester names', async () => {
  const { admin, api } = newMerchant(emulator)
  const transaction_details = { order_id: 'order-1', gross_amount: 20_000 }
  await api.post('/v2/charge', { payment_type: 'gopay', transaction_details })
  expect(await admin.trigger('settlement', { order_id: 'order-1', phone: '628242974268' })).toMatchObject({
    status: 'settlement',
    phone: '628242974268',
  })
})

test('the same payer pays again and again, and no second link is made', async () => {
  const { admin } = newMerchant(emulator)
  const first = await admin.trigger('pending')
  const second = await admin.trigger('settlement')
  expect(second.account_id).toBe(first.account_id)
  expect(second.order_id).not.toBe(first.order_id)
  expect(first.actions).toContainEqual(expect.objectContaining({ name: 'verification-link-url' }))
})

test('a link that a tester is about to finish by hand is left alone', async () => {
  const { admin, api } = newMerchant(emulator)
  const gopay_partner = { phone_number: '8215023424', country_code: '62' }
  const { account_id } = await api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner })
  expect((await admin.trigger('settlement')).phone).not.toBe('628215023424')
  expect(await api.get(`/v2/pay/account/${account_id}`)).toMatchObject({ account_status: 'PENDING' })
  expect(await admin.trigger('account.enabled', { account_id })).toMatchObject({ status: 'ENABLED', account_id })
})

test('payers who walk by themselves make the same happen', async () => {
  await using inbox = await openInbox()
  const { admin, key } = await tellingAt(inbox)
  await admin.patch('settings', { payers: 'headless' })
  await admin.trigger('settlement', { amount: 150_000, overrides: { gross_amount: '1.00' } })
  const received = await inbox.waitFor(3)
  expect(received.map(({ body }) => [body.account_status ?? body.transaction_status, body.gross_amount])).toEqual([
    ['ENABLED', undefined],
    ['pending', '150000.00'],
    ['settlement', '1.00'],
  ])
  expect(received.map((each) => inbox.isSigned(each, key))).toEqual([true, true, true])
})

test('a link that waits is finished for whoever names its phone, and paid with', async () => {
  const { admin, api } = newMerchant(emulator)
  const gopay_partner = { phone_number: '8215023424', country_code: '62' }
  const { account_id } = await api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner })
  expect(await admin.trigger('settlement', { phone: '+628215023424' })).toMatchObject({ account_id })
})

test.each([
  ['stale', [undefined, 'here']],
  ['cut:30', [undefined]],
  ['wrong-signature', ['here']],
  ['duplicate', ['here', 'here']],
])('a notification that a rule makes %s is changed where it tells of the event', async (outcome, seen) => {
  await using inbox = await openInbox()
  const { admin, key } = await tellingAt(inbox)
  await admin.trigger('account.enabled')
  await inbox.waitFor(1)
  await admin.rules([{ match: { operation: 'notification', event: 'transaction.settlement' }, outcome }])
  await admin.trigger('settlement', { overrides: { seen_by: 'here' } })
  await admin.advance('1m')
  const received = inbox.received.slice(1)
  expect(received.map(({ body }) => body.seen_by).toSorted()).toEqual(seen.toSorted())
  expect(received.some((each) => inbox.isSigned(each, key))).toBe(outcome === 'stale' || outcome === 'duplicate')
})

test('without a notification URL it happens, and the answer says what to set', async () => {
  const { admin } = newMerchant(emulator)
  const payment = await admin.trigger('settlement')
  expect(payment).toMatchObject({ status: 'settlement', hint: expect.stringContaining('--payment-notification-url') })
  const account = await admin.trigger('account.disabled')
  expect(account.hint).toContain('--pay-account-notification-url')
})

test('a signature of the tester goes out as it is', async () => {
  await using inbox = await openInbox()
  const { admin, key } = await tellingAt(inbox)
  await admin.trigger('pending', { overrides: { signature_key: 'forged', gross_amount: null } })
  const [, told] = await inbox.waitFor(2)
  expect(told?.body).toMatchObject({ transaction_status: 'pending', signature_key: 'forged' })
  expect(told && inbox.isSigned(told, key)).toBe(false)
})

test('headers go along with the charge', async () => {
  await using inbox = await openInbox()
  const { admin } = newMerchant(emulator)
  await admin.trigger('settlement', { headers: { 'X-Override-Notification': inbox.url } })
  expect(await inbox.waitFor(1)).toMatchObject([{ body: { transaction_status: 'settlement' } }])
})

test('what a tester holds at the gate stays there, changed', async () => {
  await using inbox = await openInbox()
  const { admin } = await tellingAt(inbox)
  await admin.post('gate/hold', {})
  const { hint } = await admin.trigger('settlement', { overrides: { gross_amount: '1.00' } })
  expect(hint).toContain('gate/release')
  expect(inbox.received).toEqual([])
  await admin.post('gate/resume')
  const received = await inbox.waitFor(2)
  expect(received.map(({ body }) => body.gross_amount)).toContain('1.00')
})

test('a handler that triggers the next event from within is not waited for', async () => {
  await using inbox = await openInbox()
  const { admin } = await tellingAt(inbox)
  const { promise, resolve } = Promise.withResolvers<unknown>()
  inbox.answer(async ({ body }) => {
    if (body.transaction_status === 'settlement')
      resolve(await admin.trigger('refund', { order_id: String(body.order_id) }))
    return 200
  })
  await admin.trigger('settlement')
  expect(await promise).toMatchObject({ status: 'refund' })
})

test('a rule of the sandbox decides as for any other call, and is told', async () => {
  const merchant = newMerchant(emulator)
  const rule = { match: { operation: 'charge' }, outcome: 'deny:201' }
  await merchant.admin.rules([rule])
  expect(await refusal(merchant, { event: 'settlement' })).toMatchObject({
    status: 409,
    body: {
      title: 'Something else came',
      detail: expect.stringMatching(/^settlement: order trigger-\S+ is deny.*POST \/v2\/charge was answered 202 /),
      hint: expect.stringContaining('A rule has decided so'),
      order_id: expect.stringMatching(/^trigger-/),
      answer: { transaction_status: 'deny' },
    },
  })
})

test('a charge whose answer is lost has happened all the same', async () => {
  const { admin } = newMerchant(emulator)
  await admin.rules([{ match: { operation: 'charge' }, fault: 'after:reset' }])
  expect(await admin.trigger('settlement')).toMatchObject({ status: 'settlement' })
})

test.each([
  [{ event: 'settlment' }, 400, /found "settlment", did you mean settlement\? expected one of account\.enabled, /],
  [{ event: 'x'.repeat(50) }, 400, /expected one of account\.enabled, /],
  [{ event: 'pending', by: 'merchant' }, 400, /by: found for pending, which does not take it/],
  [{ event: 'account.enabled', order_id: 'order-1' }, 400, /order_id: found for account\.enabled/],
  [{ event: 'pending', overrides: { gross_amount: 1 } }, 400, /overrides: Found no text gross_amount/],
  [{ event: 'pending', overrides: { order_id: null } }, 400, /overrides: Found no text order_id/],
  [{ event: 'account.enabled', account_id: 'nobody' }, 404, /account_id: found nobody/],
  [
    { event: 'settlement', order_id: 'settled' },
    409,
    /settlement needs one that is pending or authorize; found: order settled is settlement/,
  ],
  [{ event: 'pending', order_id: 'settled' }, 409, /pending needs a new order_id/],
  [{ event: 'refund', order_id: 'settled', amount: 7 }, 409, /amount: order settled is over 20000, found 7/],
  [{ event: 'refund', order_id: 'settled', phone: '628242974268' }, 409, /phone: order settled is of 628215023424/],
  [{ event: 'refund', order_id: 'settled', headers: { 'x-a': 'b' } }, 400, /headers: found for order settled/],
  [{ event: 'settlement', headers: { 'Content-Length': '5' } }, 400, /headers .*Content-Length/],
  [{ event: 'settlement', headers: { 'X-A': 'b\r\nX-C: d' } }, 400, /headers\.X-A/],
  [
    { event: 'account.enabled', phone: '+628215023424' },
    409,
    /account\.enabled needs one that is PENDING; found: account/,
  ],
  [{ event: 'settlement', phone: '628271939753' }, 409, /nothing has begun, POST \/v2\/pay\/account was answered 410/],
  [
    { event: 'account.enabled', headers: { 'X-Emulator-Outcome': 'deny:105' } },
    409,
    /nothing has begun, POST \/v2\/pay\/account was answered 202/,
  ],
  [{ event: 'settlement', amount: 90_000_000 }, 409, /is deny/],
  [{ event: 'cancel', amount: 5_000 }, 409, /is settlement/],
  [{ event: 'cancel', unheard: 1 }, 400, /unheard/],
])('%j is refused with %i, and tells why', async (body, status, detail) => {
  const shop = await newShop(emulator)
  await shop.charge('settled', 20_000)
  const answer = await refusal(shop, body)
  expect(answer).toMatchObject({ status, type: 'application/problem+json; charset=utf-8' })
  expect(answer.body.detail).toMatch(detail)
  expect(answer.body.hint).toEqual(expect.any(String))
  expect(await shop.admin.get('gate')).toMatchObject({ holds: [] })
})
