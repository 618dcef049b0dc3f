import { expect, test } from 'vitest'
import { payer, startEmulator } from '../../src/testkit/index.ts'
import { emulatorOfFile, newMerchant } from '../midtrans/merchant.ts'
import { newSnapMerchant } from '../midtrans/snap/merchant.ts'
import { openShop } from '../midtrans/subscriptions/subscriber.ts'
import { adminRequest } from './admin-request.ts'

const emulator = await emulatorOfFile()

test('subscriptions are listed by name, status and account, the last one first, with what each does next', async () => {
  const shop = await openShop(emulator)
  const gold = await shop.subscribe()
  const silver = await shop.subscribe({ name: 'monthly-silver', schedule: { interval: 1, interval_unit: 'week' } })
  await shop.post(silver.id, 'disable')
  await shop.setBalance(0)
  await shop.goTo('2026-02-10 08:00:00')
  const all = await shop.admin.subscriptions()
  expect(all.map(({ subscription_id }) => subscription_id)).toEqual([silver.id, gold.id])
  expect(all).toMatchObject([
    { name: 'monthly-silver', status: 'inactive', charges: 0, transaction_ids: [] },
    {
      name: 'monthly-gold',
      status: 'active',
      account_id: shop.accountId,
      charges: 0,
      retries: 0,
      next_at: '2026-03-10T01:00:00.000Z',
      retry_at: '2026-02-10T02:00:00.000Z',
      transaction_ids: [expect.any(String)],
      retry_schedule: { interval: 1, unit: 'hour', max_interval: 3 },
    },
  ])
  expect(await shop.admin.subscriptions({ name: '*-silver' })).toHaveLength(1)
  expect(await shop.admin.subscriptions({ status: 'active' })).toMatchObject([{ name: 'monthly-gold' }])
  expect(await shop.admin.subscriptions({ account_id: 'nobody' })).toEqual([])
})

test('Snap sessions are listed by order, status and customer, with their page and what became of the payment', async () => {
  const merchant = newSnapMerchant(emulator)
  await merchant.token('order-1', 50_000, { user_id: 'customer-1' })
  const { body } = await merchant.create('order-2', 60_000)
  await payer.walk(String(body.redirect_url))
  expect(await merchant.admin.snapSessions()).toMatchObject([
    { token: body.token, order_id: 'order-2', status: 'open', transaction_status: 'settlement', amount: 60_000 },
    { order_id: 'order-1', user_id: 'customer-1', gopay: { tokenization: false } },
  ])
  const [listed] = await merchant.admin.snapSessions({ order_id: '*-2' })
  expect(listed?.redirect_url).toBe(body.redirect_url)
  expect(await merchant.admin.snapSessions({ user_id: 'customer-1' })).toHaveLength(1)
  expect(await merchant.admin.snapSessions({ status: 'expired' })).toEqual([])
})

test('what a payment came from stands beside it', async () => {
  const shop = await openShop(emulator)
  const { id } = await shop.subscribe()
  await shop.admin.next()
  const { body } = await newSnapMerchant(emulator).create('order-1', 1_000)
  expect(await shop.admin.get('transactions')).toMatchObject([{ subscription_id: id, status: 'settlement' }])
  await payer.walk(String(body.redirect_url))
})

test('tests wait for a subscription and for a Snap session by what the merchant knows of them', async () => {
  const shop = await openShop(emulator)
  const { id } = await shop.subscribe()
  const merchant = newSnapMerchant(emulator)
  const token = await merchant.token('order-1', 50_000, { user_id: 'customer-1' })
  const within = '1ms'
  await shop.admin.next()
  await shop.admin.expect({ subscription: { subscription_id: id, status: 'active', current_interval: 1 }, within })
  await merchant.admin.expect({ snap: { token, order_id: 'order-1', user_id: 'customer-1', status: 'open' }, within })
  await expect(
    shop.admin.expect({ subscription: { name: 'monthly-gold', current_interval: 2 }, within }),
  ).rejects.toThrow(/Nearest: subscription monthly-gold \(current_interval: expected "2", found 1\)/)
})

test('charge-now charges before its time, and the schedule goes on from then', async () => {
  const shop = await openShop(emulator)
  const { id } = await shop.subscribe()
  await shop.goTo('2026-01-20 12:00:00')
  const { subscription } = await shop.admin.simulate('charge-now', id)
  expect(subscription).toMatchObject({ charges: 1, next_at: '2026-02-20T05:00:00.000Z' })
  await shop.goTo('2026-02-20 12:00:00')
  expect(await shop.payments(id)).toEqual([
    ['2026-01-20 12:00:00', 'settlement'],
    ['2026-02-20 12:00:00', 'settlement'],
  ])
})

test('charge-now tries again at once what has failed, and the retry that was planned does not come', async () => {
  const shop = await openShop(emulator)
  const { id } = await shop.subscribe()
  await shop.setBalance(0)
  await shop.admin.simulate('charge-now', id)
  await shop.setBalance(100_000)
  expect((await shop.admin.simulate('charge-now', id)).subscription).toMatchObject({ charges: 1, status: 'active' })
  // The retry that was planned is planned no more.
  expect((await shop.admin.upcoming()).upcoming).toMatchObject([{ timer: 'subscription-charge' }])
  await shop.admin.advance('10d')
  expect((await shop.payments(id)).map(([, status]) => status)).toEqual(['deny', 'settlement'])
})

test('a charge before its time that fails is tried again, and does not come once more at its old time', async () => {
  const shop = await openShop(emulator)
  const { id } = await shop.subscribe({ retry_schedule: { interval: 60, interval_unit: 'day', max_interval: 1 } })
  await shop.setBalance(0)
  await shop.admin.simulate('charge-now', id)
  await shop.goTo('2026-03-01 08:00:00')
  expect(await shop.payments(id)).toHaveLength(1)
})

test('expire-session closes a Snap page before its time', async () => {
  const merchant = newSnapMerchant(emulator)
  const { body } = await merchant.create('order-1', 50_000)
  expect((await merchant.admin.simulate('expire-session', 'order-1')).snap).toMatchObject({ status: 'expired' })
  expect(await payer.walk(String(body.redirect_url))).toMatchObject({ status: 410, ending: 'expired' })
})

test('the story of a subscription has its begin, what the merchant called, each charge, and what was told', async () => {
  const shop = await openShop(emulator)
  const { id } = await shop.subscribe()
  await shop.setBalance(0)
  await shop.admin.next()
  await shop.post(id, 'disable')
  const [charge] = (await shop.admin.get('transactions')) as { order_id: string; transaction_id: string }[]
  await shop.api.get(`/v2/${charge?.transaction_id}/status`)
  const { entries, ids } = await shop.admin.timeline(id)
  const titles = entries.map(({ title }) => title)
  expect(ids).toMatchObject({ subscription_ids: [id], transaction_ids: [expect.any(String)] })
  expect(titles).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^POST \/v1\/subscriptions/),
      'subscription monthly-gold begins: active',
      expect.stringMatching(/^subscription, charge: deny \(Insufficient Balance\), again at 2026-02-10 09:00:00/),
      'transaction begins: deny',
      `POST /v1/subscriptions/${id}/disable`,
      'subscription monthly-gold active -> inactive',
      `GET /v2/${charge?.transaction_id}/status ${charge?.order_id}`,
    ]),
  )
  const ofAccount = await shop.admin.timeline(shop.accountId)
  expect(ofAccount.ids.subscription_ids).toEqual([id])
  expect(ofAccount.entries.map(({ title }) => title)).toContain('subscription monthly-gold begins: active')
  const ofOrder = await shop.admin.timeline(charge?.order_id ?? '')
  expect(ofOrder.entries.map(({ title }) => title)).toContainEqual(expect.stringMatching(/^subscription, charge: deny/))
})

test('the story of a Snap session is that of its order: the call, the page, the link, the payment', async () => {
  const merchant = newSnapMerchant(emulator)
  const { body } = await merchant.create('order-1', 50_000, { user_id: 'customer-1', gopay: { tokenization: true } })
  const token = String(body.token)
  await payer.walk(String(body.redirect_url))
  for (const id of [token, 'order-1']) {
    const { entries, ids } = await merchant.admin.timeline(id)
    expect(ids).toMatchObject({ snap_tokens: [token], order_ids: ['order-1'] })
    expect(entries.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        'POST /snap/v1/transactions order-1',
        'Snap session begins: open',
        'opens the Snap page: choose',
        'transaction begins: settlement',
      ]),
    )
  }
  expect(await merchant.admin.get('stories')).toMatch(/order order-1\n.*opens the Snap page: choose/s)
  const ofToken = (await merchant.admin.timeline(token)).entries.map(({ title }) => title)
  expect(ofToken).toContain('account PENDING -> ENABLED')
})

test('the journal knows which subscription and which Snap session a request is about', async () => {
  const shop = await openShop(emulator)
  const { id } = await shop.subscribe()
  const { token } = await shop.api.post('/snap/v1/transactions', {
    transaction_details: { order_id: 'order-1', gross_amount: 1_000 },
  })
  const operations = async (filter: Record<string, string>) =>
    (await shop.admin.requests(filter)).map(({ operation }) => operation)
  expect(await operations({ subscription_id: id })).toEqual(['subscribe'])
  await shop.subscription(id)
  expect(await operations({ subscription_id: id })).toEqual(['subscription', 'subscribe'])
  await shop.admin.next()
  await shop.admin.next()
  const [charge] = (await shop.admin.get('transactions')) as { transaction_id: string }[]
  await shop.api.get(`/v2/${charge?.transaction_id}/status`)
  expect(await operations({ subscription_id: id })).toEqual(['status', 'subscription', 'subscribe'])
  expect(await operations({ snap_token: token })).toEqual(['snap'])
})

test('a charge that is refused stands among the stories in which something went wrong', async () => {
  const shop = await openShop(emulator)
  await shop.subscribe()
  await shop.admin.simulate('unlink', shop.accountId)
  await shop.admin.next()
  expect(await shop.admin.get('stories')).toMatch(
    new RegExp(`account ${shop.accountId}: something went wrong.*subscription, charge: refused`, 's'),
  )
})

test('a refusal of Snap is told in its story with its reason', async () => {
  const merchant = newSnapMerchant(emulator)
  await merchant.create('order-1', 50_000, { item_details: [{ name: 'Kopi', price: 1, quantity: 1 }] })
  const { entries } = await merchant.admin.timeline('order-1')
  expect(entries.at(-1)?.title).toContain('is not equal to the sum of item_details')
})

test('what is due next says so of Snap pages and subscriptions', async () => {
  const shop = await openShop(emulator)
  const { id } = await shop.subscribe()
  const { token } = await shop.api.post('/snap/v1/transactions', {
    transaction_details: { order_id: 'order-1', gross_amount: 1_000 },
  })
  expect((await shop.admin.upcoming()).upcoming).toMatchObject([
    { what: 'the Snap page closes', snap_token: token, order_id: 'order-1' },
    { what: 'the subscription charges the wallet', subscription_id: id },
  ])
})

test('an id that nothing has is refused with what there could have been', async () => {
  const { key } = newMerchant(emulator)
  const body = { id: 'nothing' }
  expect(await adminRequest(emulator, 'simulate/charge-now', { method: 'POST', key, body })).toMatchObject({
    status: 404,
    body: { detail: expect.stringContaining('subscription_id, token of Snap') },
  })
})

test('subscriptions and Snap pages go to another process as a file, and live on there', async () => {
  await using first = await startEmulator()
  const shop = await openShop(first)
  const { id } = await shop.subscribe()
  const { token } = await shop.api.post('/snap/v1/transactions', {
    transaction_details: { order_id: 'order-1', gross_amount: 1_000 },
  })
  const { body: file } = await adminRequest(first, 'export')
  await using second = await startEmulator()
  expect(await adminRequest(second, 'import', { method: 'POST', body: file })).toMatchObject({ status: 200 })
  const there = second.admin(shop.key)
  expect(await payer.walk(`${second.url}/snap/v4/redirection/${token}`)).toMatchObject({ ending: 'paid' })
  await there.advance('31d')
  expect(await there.subscriptions()).toMatchObject([{ subscription_id: id, charges: 1, status: 'active' }])
})

test.each([
  [{ interval: -1 }, 'interval: found -1, expected a count'],
  [{ retrySchedule: 'often' }, 'retrySchedule: found "often", expected a object'],
])('a file whose subscription is %j is refused', async (change, why) => {
  await using first = await startEmulator()
  const shop = await openShop(first)
  await shop.subscribe()
  const { body: file } = await adminRequest(first, 'export')
  const text = JSON.stringify(file, (_, value) => (value?.retrySchedule ? { ...value, ...change } : value))
  await using second = await startEmulator()
  const answer = await adminRequest(second, 'import', { method: 'POST', body: text })
  expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining(why) } })
})
