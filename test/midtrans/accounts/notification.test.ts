import { expect, test } from 'vitest'
import { openInbox } from '../../../src/testkit/index.ts'
import { emulatorOfFile, newShop } from '../merchant.ts'

const emulator = await emulatorOfFile()

// facts.md, section 2, account notifications: these keys in this order.
const keys = [
  'account_id',
  'merchant_id',
  'payment_type',
  'signature_key',
  'status_code',
  'account_status',
  'status_message',
]

test('the merchant is told of a link and of its end, signed, in the documented form', async () => {
  const shop = await newShop(emulator)
  const refusedBefore = await shop.api.post('/v2/pay/account/nobody/unbind')
  expect(refusedBefore.status_code).toBe('404')
  await shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`)
  await shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`)

  const told = await shop.told(shop.accountId)
  expect(told.map((body) => Object.keys(body))).toEqual([keys, keys])
  expect(told).toMatchObject([
    { status_code: '200', account_status: 'ENABLED', status_message: 'Midtrans account_linked notification' },
    { status_code: '204', account_status: 'DISABLED', status_message: 'Midtrans account_unlinked notification' },
  ])
})

// facts.md, section 4: Pay Account Notification URL and Payment Notification URL are two settings.
test('account notifications go to a URL of their own', async () => {
  await using accounts = await openInbox()
  await using payments = await openInbox()
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', {
    pay_account_notification_url: `${accounts.url}accounts`,
    payment_notification_url: `${payments.url}payments`,
  })
  await shop.charge('order-1', 50_000)
  await shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`)
  // Waits for all that is under way.
  await shop.admin.advance('0s')
  expect(accounts.received.map(({ path, body }) => [path, body.account_status])).toEqual([['/accounts', 'DISABLED']])
  expect(payments.received.map(({ path, body }) => [path, body.order_id])).toEqual([['/payments', 'order-1']])
  expect(accounts.received.every((each) => accounts.isSigned(each, shop.key))).toBe(true)
})
