import { expect, test } from 'vitest'
import { type Inbox, openInbox, payer, startEmulator } from '../../src/testkit/index.ts'
import { linkIn, openMerchant } from './merchant.ts'
import { basicAuth, rawPost } from './raw-request.ts'

const serverKey = 'SB-Mid-server-notification-urls'
const statuses = ({ received }: Inbox) => received.map(({ body }) => body.transaction_status)

interface Told {
  readonly state: string
  readonly deliveries: readonly { readonly url: string; readonly status: string }[]
  readonly body: Readonly<Record<string, string>>
}

/** A merchant whose own URL is that of an inbox, and the URLs that all of its notifications went to. */
async function open() {
  const inbox = await openInbox()
  const emulator = await startEmulator({ 'payment-notification-url': `${inbox.url}own` })
  const merchant = await openMerchant(emulator.url, serverKey)
  const admin = emulator.admin(serverKey)
  return {
    inbox,
    merchant,
    admin,
    url: emulator.url,
    async paths(orderId: string) {
      await admin.advance('0s')
      return inbox.received.filter(({ body }) => body.order_id === orderId).map(({ path }) => path)
    },
    async [Symbol.asyncDispose]() {
      await emulator.close()
      await inbox.close()
    },
  }
}

test('X-Override-Notification takes all notifications of a payment elsewhere, later ones too', async () => {
  await using own = await openInbox()
  await using other = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': own.url })
  const merchant = await openMerchant(emulator.url, serverKey)
  const answer = await merchant.charge('order-1', 150_000, { headers: { 'X-Override-Notification': other.url } })
  await payer.walk(linkIn(answer, 'verification-link-url'))
  await emulator.admin(serverKey).advance('0s')
  expect(statuses(other)).toEqual(['pending', 'settlement'])
  expect(own.received).toEqual([])
})

test('X-Append-Notification takes all notifications of a payment to further URLs as well', async () => {
  await using own = await openInbox()
  await using other = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': own.url })
  const merchant = await openMerchant(emulator.url, serverKey)
  await merchant.charge('order-1', 150_000, { headers: { 'X-Append-Notification': other.url } })
  await merchant.api.post('/v2/order-1/cancel')
  await merchant.charge('order-2', 50_000)
  await emulator.admin(serverKey).advance('0s')
  expect(statuses(own)).toEqual(['pending', 'cancel', 'settlement'])
  expect(statuses(other)).toEqual(['pending', 'cancel'])
  expect(other.received.map(({ text }) => text)).toEqual(own.received.slice(0, 2).map(({ text }) => text))
})

test('where both are given, override wins', async () => {
  await using shop = await open()
  const headers = {
    'X-Override-Notification': `${shop.inbox.url}over`,
    'X-Append-Notification': `${shop.inbox.url}app`,
  }
  await shop.merchant.charge('order-1', 1_000, { headers })
  expect(await shop.paths('order-1')).toEqual(['/over'])
})

test('an empty header, as the Ruby client sends it, is none', async () => {
  await using shop = await open()
  const headers = { 'X-Override-Notification': '', 'X-Append-Notification': ' , ' }
  await shop.merchant.charge('order-1', 1_000, { headers })
  expect(await shop.paths('order-1')).toEqual(['/own'])
})

test('a URL that is named twice is told once', async () => {
  await using shop = await open()
  const { url } = shop.inbox
  const headers = { 'X-Append-Notification': `${url}a, ${url}a,${url}own,${url}b` }
  await shop.merchant.charge('order-1', 1_000, { headers })
  expect((await shop.paths('order-1')).toSorted()).toEqual(['/a', '/b', '/own'])
})

test('a header that is repeated, as the PHP client does, names all of its URLs', async () => {
  await using shop = await open()
  const { url } = shop.inbox
  const { token } = (await shop.merchant.api.get(`/v2/pay/account/${shop.merchant.accountId}`)).metadata
    .payment_options[0]
  await rawPost(
    `${shop.url}/v2/charge`,
    {
      authorization: basicAuth(serverKey),
      'content-type': 'application/json',
      'X-Append-Notification': [`${url}a`, `${url}b`, `${url}a`],
    },
    {
      payment_type: 'gopay',
      gopay: { account_id: shop.merchant.accountId, payment_option_token: token },
      transaction_details: { order_id: 'order-1', gross_amount: 1_000 },
    },
  )
  expect((await shop.paths('order-1')).toSorted()).toEqual(['/a', '/b', '/own'])
})

test('three URLs are taken from a header at most', async () => {
  await using shop = await open()
  const four = ['a', 'b', 'c', 'd'].map((path) => shop.inbox.url + path).join(',')
  await shop.merchant.charge('order-1', 1_000, { headers: { 'X-Override-Notification': four } })
  expect((await shop.paths('order-1')).toSorted()).toEqual(['/a', '/b', '/c'])
  await shop.merchant.charge('order-2', 1_000, { headers: { 'X-Append-Notification': four } })
  expect((await shop.paths('order-2')).toSorted()).toEqual(['/a', '/b', '/c', '/own'])
})

test('a URL that is none fails at once and for good, and keeps no other from being told', async () => {
  await using shop = await open()
  const headers = { 'X-Append-Notification': 'not a url,ftp://files.example/' }
  await shop.merchant.charge('order-1', 1_000, { headers })
  expect(await shop.paths('order-1')).toEqual(['/own'])
  const [told] = (await shop.admin.get('notifications')) as Told[]
  expect(told?.deliveries.map(({ url, status }) => [url, status])).toEqual([
    [`${shop.inbox.url}own`, 'delivered'],
    ['not a url', 'failed'],
    ['ftp://files.example/', 'failed'],
  ])
})

test('without any URL a notification is kept, and shown as having nowhere to go', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator()
  const admin = emulator.admin(serverKey)
  const merchant = await openMerchant(emulator.url, serverKey)
  await merchant.charge('order-1', 50_000)
  const all = (await admin.get('notifications')) as Told[]
  expect(all.map(({ state, deliveries }) => [state, deliveries])).toEqual([
    ['nowhere to go', []],
    ['nowhere to go', []],
  ])
  const [told] = (await admin.get('notifications?reference=order-1')) as Told[]
  expect(told).toMatchObject({
    state: 'nowhere to go',
    body: { order_id: 'order-1', transaction_status: 'settlement' },
  })

  await admin.patch('settings', { payment_notification_url: inbox.url })
  await admin.advance('1d')
  expect(inbox.received).toEqual([])
  const headers = { 'X-Append-Notification': inbox.url }
  await merchant.charge('order-2', 50_000, { headers })
  expect((await inbox.waitFor(1))[0]?.body.order_id).toBe('order-2')
})

test('accounts and payments are told at the URL of their own', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({
    'payment-notification-url': `${inbox.url}payments`,
    'pay-account-notification-url': `${inbox.url}accounts`,
    'recurring-notification-url': `${inbox.url}recurring`,
  })
  const merchant = await openMerchant(emulator.url, serverKey)
  await merchant.charge('order-1', 150_000, { gopay: { recurring: true } })
  const told = await inbox.waitFor(2)
  expect(told.map(({ path, body }) => [path, body.account_status ?? body.transaction_status]).toSorted()).toEqual([
    ['/accounts', 'ENABLED'],
    ['/payments', 'settlement'],
  ])
})
