import { expect, test } from 'vitest'
import { openInbox, payer, startEmulator } from '../../src/testkit/index.ts'
import { coreApi, linkAccount } from '../core-api.ts'

const serverKey = 'SB-Mid-server-main-job'

test('a merchant links, charges, captures, cancels and unbinds, and is told of each step once and in order', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({
    'payment-notification-url': inbox.url,
    'pay-account-notification-url': inbox.url,
  })
  const api = coreApi(emulator.url, serverKey)

  const accountId = await linkAccount(api, { phone_number: '8215023424', country_code: '62' })
  const account = await api.get(`/v2/pay/account/${accountId}`)
  const token = account.metadata.payment_options[0].token
  const charge = (order_id: string, gross_amount: number, more: object = {}) =>
    api.post('/v2/charge', {
      payment_type: 'gopay',
      gopay: { account_id: accountId, payment_option_token: token, callback_url: 'https://shop.example/done', ...more },
      transaction_details: { order_id, gross_amount },
    })

  expect(await charge('order-1', 50_000)).toMatchObject({ status_code: '200', transaction_status: 'settlement' })

  const pending = await charge('order-2', 150_000)
  expect(pending).toMatchObject({ status_code: '201', transaction_status: 'pending' })
  const walk = await payer.walk(pending.actions[0].url)
  expect(walk).toMatchObject({
    steps: ['pin'],
    returnedTo: 'https://shop.example/done?order_id=order-2&result=success',
  })
  expect(await api.get('/v2/order-2/status')).toMatchObject({ status_code: '200', transaction_status: 'settlement' })

  const authorized = await charge('order-3', 100_000, { pre_auth: true })
  expect(authorized).toMatchObject({ status_code: '200', transaction_status: 'authorize' })
  expect(await api.post('/v2/capture', { transaction_id: authorized.transaction_id })).toMatchObject({
    status_code: '200',
    transaction_status: 'settlement',
  })

  await charge('order-4', 100_000, { pre_auth: true })
  const balance = async () => (await api.get(`/v2/pay/account/${accountId}`)).metadata.payment_options[0].balance.value
  expect(await balance()).toBe('7600000.00')
  expect(await api.post('/v2/order-4/cancel')).toMatchObject({ status_code: '200', transaction_status: 'cancel' })
  expect(await balance()).toBe('7700000.00')

  expect(await charge('order-5', 100_001, { pre_auth: true })).toMatchObject({ status_code: '400' })
  expect(await api.post(`/v2/pay/account/${accountId}/unbind`)).toMatchObject({ account_status: 'DISABLED' })

  const received = await inbox.waitFor(9)
  expect(received.map(({ body }) => [body.order_id, body.transaction_status ?? body.account_status])).toEqual([
    [undefined, 'ENABLED'],
    ['order-1', 'settlement'],
    ['order-2', 'pending'],
    ['order-2', 'settlement'],
    ['order-3', 'authorize'],
    ['order-3', 'settlement'],
    ['order-4', 'authorize'],
    ['order-4', 'cancel'],
    [undefined, 'DISABLED'],
  ])
  expect(received.every((each) => inbox.isSigned(each, serverKey))).toBe(true)
})
