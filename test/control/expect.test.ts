import { expect, test } from 'vitest'
import { openInbox, payer } from '../../src/testkit/index.ts'
import { emulatorOfFile, newShop, type Shop } from '../midtrans/merchant.ts'
import { adminRequest } from './admin-request.ts'

const emulator = await emulatorOfFile()

async function shopOf(url: string): Promise<Shop> {
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { payment_notification_url: url })
  return shop
}

const ask = (shop: Shop, body: object) => adminRequest(emulator, 'expect', { method: 'POST', key: shop.key, body })

// Issue 4, 6.
test('a test waits until the notification has arrived', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  const waiting = ask(shop, { notification: { order_id: 'order-1', transaction_status: 'settlement' } })
  await shop.charge('order-1', 50_000)
  expect(await waiting).toMatchObject({
    status: 200,
    body: { found: 1, notifications: [{ reference: 'order-1', state: 'delivered' }] },
  })
})

test('it counts what arrived, not what was tried', async () => {
  await using inbox = await openInbox()
  inbox.answer(() => 503)
  const shop = await shopOf(inbox.url)
  await shop.admin.post('clock/freeze')
  await shop.charge('order-1', 50_000)
  await inbox.waitFor(1)
  const notification = { order_id: 'order-1' }
  expect(await ask(shop, { notification, within: '50ms' })).toMatchObject({ status: 417 })
  const waiting = ask(shop, { notification })
  inbox.answer(() => 200)
  await shop.admin.advance('2m')
  expect(await waiting).toMatchObject({ status: 200, body: { found: 1 } })
})

test('it waits for as many as are wanted', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  const waiting = ask(shop, { notification: { order_id: 'order-*' }, times: 3 })
  for (const order of ['order-1', 'order-2', 'order-3']) await shop.charge(order, 1_000)
  expect(await waiting).toMatchObject({ status: 200, body: { found: 3 } })
})

test('otherwise it names the nearest misses, and what differs', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  await shop.charge('order-1', 150_000)
  await shop.charge('other', 1_000)
  await inbox.waitFor(2)
  const answer = await ask(shop, {
    notification: { order_id: 'order-1', transaction_status: 'settlement' },
    within: '20ms',
  })
  expect(answer).toMatchObject({
    status: 417,
    body: {
      title: 'Not as expected',
      detail: expect.stringMatching(/^Found 0 .*expected at least 1$/),
      hint: expect.stringMatching(
        /^Nearest: transaction\.(pending|settlement) of (order-1|other) \(.*transaction\.(pending|settlement) of/,
      ),
    },
  })
  expect(answer.body.hint).toContain(
    'transaction.pending of order-1 (transaction_status: expected "settlement", found "pending")',
  )
  expect(answer.body.hint).toContain('transaction.settlement of other (order_id: expected "order-1", found "other")')
})

test('a misspelled field is found nowhere, and shown as such', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  await shop.charge('order-1', 1_000)
  await inbox.waitFor(1)
  const { body } = await ask(shop, { notification: { orderid: 'order-1' }, within: '20ms' })
  expect(body.hint).toContain('orderid: expected "order-1", found nothing')
})

test.each([
  [{ times: 0 }, 417],
  [{ times: 0, exactly: false }, 200],
  [{ times: 1, exactly: true }, 200],
  [{ times: 2, exactly: true }, 417],
  [{ times: 0, exactly: true }, 417],
  [{ times: 2 }, 417],
])('of one that arrived, %j is answered with %i', async (wish, status) => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  await shop.charge('order-1', 1_000)
  await inbox.waitFor(1)
  await ask(shop, { notification: { order_id: 'order-1' } })
  expect(await ask(shop, { notification: { order_id: 'order-1' }, within: '20ms', ...wish })).toMatchObject({ status })
})

test.each([
  [{ notification: {}, within: '61s' }, /within: found "61s"/],
  [{ notification: {}, within: 'soon' }, /within: found "soon"/],
  [{ notification: {}, times: -1 }, /times/],
  [{}, /expected one of notification, transaction, account, subscription, snap, request/],
  [{ account: {}, transaction: {} }, /Found transaction and account/],
])('%j is refused with the reason', async (body, reason) => {
  const shop = await newShop(emulator)
  expect(await ask(shop, body)).toMatchObject({ status: 400, body: { detail: expect.stringMatching(reason) } })
})

test('a test waits until a transaction is as it should be', async () => {
  const shop = await newShop(emulator)
  const wish = { transaction: { order_id: 'order-1', transaction_status: 'settlement', gross_amount: '150000.00' } }
  const waiting = ask(shop, wish)
  const { actions } = await shop.charge('order-1', 150_000)
  expect(await ask(shop, { ...wish, within: '20ms' })).toMatchObject({
    status: 417,
    body: { hint: 'Nearest: order-1 (transaction_status: expected "settlement", found "pending").' },
  })
  await payer.walk(actions[0].url)
  expect(await waiting).toMatchObject({ status: 200, body: { found: 1, transactions: [{ order_id: 'order-1' }] } })
})

test('a test waits until an account is as it should be', async () => {
  const shop = await newShop(emulator)
  const waiting = ask(shop, { account: { account_id: shop.accountId, account_status: 'DISABLED' } })
  await shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`)
  expect(await waiting).toMatchObject({ status: 200, body: { found: 1, accounts: [{ status: 'DISABLED' }] } })
  expect(await ask(shop, { account: { phone: '62*' }, times: 2, within: '20ms' })).toMatchObject({
    status: 417,
    body: { detail: expect.stringMatching(/^Found 1 accounts/), hint: 'There are no other accounts.' },
  })
})

test('a test waits until the shop has asked for something', async () => {
  const shop = await newShop(emulator)
  const waiting = ask(shop, { request: { operation: 'status', order_id: 'order-1', status: 200 } })
  await shop.charge('order-1', 50_000)
  await shop.status('order-1')
  expect(await waiting).toMatchObject({ status: 200, body: { found: 1, requests: [{ path: '/v2/order-1/status' }] } })
})
