import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { openInbox, payer, startEmulator } from '../../src/testkit/index.ts'
import { linkIn, openMerchant } from './merchant.ts'

const serverKey = 'SB-Mid-server-notifications'
const sha512 = (text: string) => createHash('sha512').update(text).digest('hex')
const wib = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)

/** Documented order of the keys that every notification of a payment has (facts.md, section 3). */
const commonKeys = [
  'transaction_time',
  'transaction_status',
  'transaction_id',
  'status_message',
  'status_code',
  'signature_key',
  'payment_type',
  'order_id',
  'merchant_id',
  'gross_amount',
  'fraud_status',
  'expiry_time',
  'currency',
]
const withKeys = (keys: readonly string[], ...before: readonly (readonly [string, string])[]) =>
  before.reduce((all, [key, next]) => all.toSpliced(all.indexOf(next), 0, key), [...keys])
const settledKeys = withKeys(commonKeys, ['settlement_time', 'payment_type'], ['payment_option_type', 'order_id'])

test('the merchant is told of a link and its end as documented', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'pay-account-notification-url': inbox.url, 'merchant-id': 'M099098' })
  const { api, accountId } = await openMerchant(emulator.url, serverKey)
  await api.post(`/v2/pay/account/${accountId}/unbind`)
  const [linked, unlinked] = await inbox.waitFor(2)
  expect(linked?.text).toBe(
    JSON.stringify({
      account_id: accountId,
      merchant_id: 'M099098',
      payment_type: 'gopay',
      signature_key: sha512(`${accountId}ENABLED200${serverKey}`),
      status_code: '200',
      account_status: 'ENABLED',
      status_message: 'Midtrans account_linked notification',
    }),
  )
  expect(unlinked?.text).toBe(
    JSON.stringify({
      account_id: accountId,
      merchant_id: 'M099098',
      payment_type: 'gopay',
      signature_key: sha512(`${accountId}DISABLED204${serverKey}`),
      status_code: '204',
      account_status: 'DISABLED',
      status_message: 'Midtrans account_unlinked notification',
    }),
  )
})

test('the merchant is told of a payment from pending to settlement, with the documented keys in order', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url, 'merchant-id': 'G1' })
  const merchant = await openMerchant(emulator.url, serverKey)
  const answer = await merchant.charge('order-1', 150_000)
  await payer.walk(linkIn(answer, 'verification-link-url'))
  const [pending, settled] = await inbox.waitFor(2)

  expect(Object.keys(pending?.body ?? {})).toEqual(commonKeys)
  expect(pending?.body).toEqual({
    transaction_time: answer.transaction_time,
    transaction_status: 'pending',
    transaction_id: answer.transaction_id,
    status_message: 'midtrans payment notification',
    status_code: '201',
    signature_key: sha512(`order-1201150000.00${serverKey}`),
    payment_type: 'gopay',
    order_id: 'order-1',
    merchant_id: 'G1',
    gross_amount: '150000.00',
    fraud_status: 'accept',
    expiry_time: answer.expiry_time,
    currency: 'IDR',
  })
  expect(Object.keys(settled?.body ?? {})).toEqual(settledKeys)
  expect(settled?.body).toEqual({
    ...pending?.body,
    transaction_status: 'settlement',
    status_code: '200',
    signature_key: sha512(`order-1200150000.00${serverKey}`),
    settlement_time: wib,
    payment_option_type: 'GOPAY_WALLET',
  })
  expect(pending?.text).toBe(JSON.stringify(pending?.body))
})

test.each([
  ['cancel', 'cancel', commonKeys],
  ['expire', 'expire', withKeys(commonKeys, ['payment_option_type', 'order_id'])],
])('the notification of %s carries 202, though the API says otherwise', async (verb, status, keys) => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const merchant = await openMerchant(emulator.url, serverKey)
  await merchant.charge('order-1', 150_000)
  const answer = await merchant.api.post(`/v2/order-1/${verb}`)
  expect(answer.status_code).toBe(verb === 'cancel' ? '200' : '407')
  const told = (await inbox.waitFor(2))[1]
  expect(told?.body).toMatchObject({
    transaction_status: status,
    status_code: '202',
    signature_key: sha512(`order-1202150000.00${serverKey}`),
  })
  expect(Object.keys(told?.body ?? {})).toEqual(keys)
})

test('a denied payment is told with what GoPay said', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const poor = await openMerchant(emulator.url, serverKey, { phone_number: '8242014881', country_code: '62' })
  await poor.charge('order-1', 50_000)
  const denied = (await inbox.waitFor(1))[0]
  expect(denied?.body).toMatchObject({
    transaction_status: 'deny',
    status_code: '202',
    channel_response_code: '201',
    channel_response_message: 'Insufficient Balance',
  })
  const documented = Object.keys(denied?.body ?? {}).filter((key) => !key.startsWith('channel_'))
  expect(documented).toEqual(commonKeys)
})

test('custom fields and metadata come back in the notification, at their documented place', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': inbox.url })
  const merchant = await openMerchant(emulator.url, serverKey)
  const body = { custom_field1: 'one', custom_field3: 'three', metadata: { cart: { id: 7 } } }
  await merchant.charge('order-1', 50_000, { body })
  const told = (await inbox.waitFor(1))[0]
  expect(told?.body).toMatchObject(body)
  expect(Object.keys(told?.body ?? {})).toEqual(
    withKeys(settledKeys, ['metadata', 'merchant_id'], ['custom_field3', 'currency'], ['custom_field1', 'currency']),
  )
})

test('a notification comes with the request headers of Midtrans, and no others', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'payment-notification-url': `${inbox.url}hooks/midtrans?shop=7` })
  await (await openMerchant(emulator.url, serverKey)).charge('order-1', 50_000)
  const told = (await inbox.waitFor(1))[0]
  expect(told?.path).toBe('/hooks/midtrans?shop=7')
  expect(told?.headers).toMatchObject({
    'content-type': 'application/json',
    accept: 'application/json',
    'user-agent': 'Veritrans',
    host: new URL(inbox.url).host,
  })
  expect(new Set(Object.keys(told?.headers ?? {}))).toEqual(
    new Set(['accept', 'connection', 'content-length', 'content-type', 'host', 'user-agent']),
  )
})
