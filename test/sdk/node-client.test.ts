import { randomUUID } from 'node:crypto'
import midtransClient, { type CoreApi } from 'midtrans-client'
import ApiConfig from 'midtrans-client/lib/apiConfig.js'
import { afterAll, expect, test } from 'vitest'
import { openInbox, payer } from '../../src/testkit/index.ts'
import { emulatorOfFile, uuid } from '../midtrans/merchant.ts'

const inbox = await openInbox()
afterAll(() => inbox.close())
const emulator = await emulatorOfFile({
  'payment-notification-url': inbox.url,
  'pay-account-notification-url': inbox.url,
})
// recordings.md, Clients: all that is changed of the official client.
ApiConfig.CORE_SANDBOX_BASE_URL = emulator.url

const newKey = () => `SB-Mid-server-${randomUUID()}`
const clientOf = (serverKey: string) =>
  new midtransClient.CoreApi({ isProduction: false, serverKey, clientKey: 'SB-Mid-client-unused' })

async function linked(client: CoreApi, phone_number: string) {
  const begun = await client.linkPaymentAccount({
    payment_type: 'gopay',
    gopay_partner: { phone_number, country_code: '62', redirect_url: 'https://shop.example/linked' },
  })
  expect(begun).toMatchObject({ status_code: '201', account_status: 'PENDING' })
  const walk = await payer.walk(begun.actions.find(({ name }) => name === 'activation-link-url')?.url ?? '')
  expect(walk).toMatchObject({
    steps: ['consent', 'otp', 'pin'],
    returnedTo: `https://shop.example/linked?account_id=${begun.account_id}&result=success`,
  })
  const wallet = async () => (await client.getPaymentAccount(begun.account_id)).metadata.payment_options[0]
  const payment_option_token = (await wallet())?.token
  return {
    accountId: begun.account_id,
    balance: async () => (await wallet())?.balance.value,
    charge: (order_id: string, gross_amount: number, gopay: object = {}) =>
      client.charge({
        payment_type: 'gopay',
        gopay: {
          account_id: begun.account_id,
          payment_option_token,
          callback_url: 'https://shop.example/paid',
          ...gopay,
        },
        transaction_details: { order_id, gross_amount },
      }),
  }
}

// Issue 2, "Done when".
test('the official client goes through the whole story, and each step is told once, in order, signed', async () => {
  const key = newKey()
  const client = clientOf(key)

  const { accountId, charge, balance } = await linked(client, '8215023424')
  expect(await client.getPaymentAccount(accountId)).toMatchObject({ status_code: '200', account_status: 'ENABLED' })
  expect(await balance()).toBe('8000000.00')

  expect(await charge('paid', 50_000)).toMatchObject({ status_code: '200', transaction_status: 'settlement' })

  const pending = await charge('with-pin', 150_000)
  expect(pending).toMatchObject({ status_code: '201', transaction_status: 'pending' })
  expect(await payer.walk(pending.actions[0]?.url ?? '')).toMatchObject({
    steps: ['pin'],
    returnedTo: 'https://shop.example/paid?order_id=with-pin&result=success',
  })
  expect(await client.transaction.status('with-pin')).toMatchObject({
    status_code: '200',
    transaction_status: 'settlement',
  })
  expect(await balance()).toBe('7800000.00')

  const poor = await linked(client, '8242014881')
  expect(await poor.charge('too-much', 50_000)).toMatchObject({ status_code: '202', transaction_status: 'deny' })

  const { transaction_id } = await charge('captured', 100_000, { pre_auth: true })
  expect(await balance()).toBe('7700000.00')
  expect(await client.capture({ transaction_id, gross_amount: 100_000 })).toMatchObject({
    status_code: '200',
    transaction_status: 'settlement',
  })

  expect(await charge('released', 100_000, { pre_auth: true })).toMatchObject({ transaction_status: 'authorize' })
  expect(await balance()).toBe('7600000.00')
  expect(await client.transaction.cancel('released')).toMatchObject({
    status_code: '200',
    transaction_status: 'cancel',
  })
  expect(await balance()).toBe('7700000.00')

  await expect(charge('above-the-limit', 100_001, { pre_auth: true })).rejects.toMatchObject({
    httpStatusCode: 400,
    ApiResponse: { status_code: '400', validation_messages: [expect.stringContaining('100000')] },
  })

  expect(await client.unlinkPaymentAccount(accountId)).toMatchObject({
    status_code: '204',
    account_status: 'DISABLED',
  })

  // Waits for all that is under way; nothing more can come then.
  await emulator.admin(key).advance('1d')
  const received = inbox.received.filter((each) => inbox.isSigned(each, key))
  expect(inbox.received).toHaveLength(received.length)
  const nameOf = (account: string | undefined) => (account === accountId ? 'happy payer' : 'poor payer')
  expect(
    received.map(
      ({ body }) => `${body.order_id ?? nameOf(body.account_id)} ${body.transaction_status ?? body.account_status}`,
    ),
  ).toEqual([
    'happy payer ENABLED',
    'paid settlement',
    'with-pin pending',
    'with-pin settlement',
    'poor payer ENABLED',
    'too-much deny',
    'captured authorize',
    'captured settlement',
    'released authorize',
    'released cancel',
    'happy payer DISABLED',
  ])

  // The client asks for the status of what it is told, as the documentation recommends.
  const settled = received.find(({ body }) => body.order_id === 'with-pin' && body.transaction_status === 'settlement')
  for (const notification of [settled?.body ?? {}, settled?.text ?? '']) {
    expect(await client.transaction.notification(notification)).toMatchObject({
      order_id: 'with-pin',
      transaction_status: 'settlement',
      transaction_id: settled?.body.transaction_id,
    })
  }

  const stranger = clientOf(newKey())
  // recordings.md, Clients: a body code of 400 and more over HTTP 200 gives httpStatusCode as text.
  await expect(stranger.getPaymentAccount(accountId)).rejects.toMatchObject({ httpStatusCode: '404' })
  await expect(stranger.transaction.status('paid')).rejects.toMatchObject({ httpStatusCode: '404' })
  await expect(stranger.transaction.status(transaction_id)).rejects.toMatchObject({ httpStatusCode: '404' })
  expect(await emulator.admin(newKey()).get('notifications')).toEqual([])
})

// recordings.md, HTTP status against body status_code (TEST node): number for HTTP, text for the body's code.
test.each([
  ['a status of what nobody knows', (client: CoreApi) => client.transaction.status('unknown'), '404'],
  ['an account that nobody has', (client: CoreApi) => client.getPaymentAccount('unknown'), '404'],
  ['an unbinding of an account that nobody has', (client: CoreApi) => client.unlinkPaymentAccount('unknown'), '404'],
  ['a charge without a payment', (client: CoreApi) => client.charge({ payment_type: 'gopay' }), 400],
  ['a charge of nothing at all', (client: CoreApi) => client.charge({}), 500],
  ['a client without a key', () => clientOf('').transaction.status('unknown'), 401],
  ['a client with a client key', () => clientOf('SB-Mid-client-abc').transaction.status('unknown'), 401],
])('%s is an error with httpStatusCode %j', async (_what, ask, httpStatusCode) => {
  const error: unknown = await ask(clientOf(newKey())).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ httpStatusCode })
})

// recordings.md, "What matters most", 6: 407 is no error.
test('an expired payment is no error for the client', async () => {
  const key = newKey()
  const client = clientOf(key)
  const { charge } = await linked(client, '8215023424')
  await charge('order-1', 150_000)
  expect(await client.transaction.expire('order-1')).toMatchObject({ status_code: '407' })
  expect(await client.transaction.status('order-1')).toMatchObject({
    status_code: '407',
    transaction_status: 'expire',
    transaction_id: expect.stringMatching(uuid),
  })
  await expect(client.transaction.cancel('order-1')).rejects.toMatchObject({ httpStatusCode: '412' })
})

// facts.md, A.7: one client method for each of the two refunds.
test('the official client refunds in two steps, and is refused what cannot be', async () => {
  const client = clientOf(newKey())
  const { charge, balance } = await linked(client, '8215023424')
  await charge('order-1', 50_000)
  expect(await client.transaction.refund('order-1', { refund_key: 'r1', amount: 20_000 })).toMatchObject({
    status_code: '200',
    transaction_status: 'partial_refund',
    refund_chargeback_id: expect.any(Number),
  })
  expect(await client.transaction.refundDirect('order-1', { refund_key: 'r2' })).toMatchObject({
    status_message: 'Success, refund request is approved by the bank',
    transaction_status: 'refund',
  })
  expect(await balance()).toBe('8000000.00')
  expect(await client.transaction.status('order-1')).toMatchObject({ refund_amount: '50000.00' })
  for (const [ask, httpStatusCode] of [
    [client.transaction.refund('order-1', { refund_key: 'r1' }), '406'],
    [client.transaction.refund('order-1', {}), '412'],
    [client.transaction.approve('order-1'), '412'],
    [client.transaction.deny('order-1'), '412'],
    [client.transaction.statusb2b('order-1'), '404'],
  ] as const) {
    await expect(ask).rejects.toMatchObject({ httpStatusCode })
  }
})

// recordings.md, POST /v2/charge, plain GoPay: the actions are all that a shop without accounts needs.
test('the official client charges plain GoPay, which anybody pays who scans the code', async () => {
  const client = clientOf(newKey())
  const charged = await client.charge({
    payment_type: 'gopay',
    gopay: { enable_callback: true, callback_url: 'shop://paid' },
    transaction_details: { order_id: 'order-1', gross_amount: 12_000 },
  })
  const deeplink = charged.actions.find(({ name }) => name === 'deeplink-redirect')?.url ?? ''
  expect(await payer.walk(deeplink)).toMatchObject({
    steps: ['phone', 'pin'],
    returnedTo: 'shop://paid?order_id=order-1&result=success',
  })
  expect(await client.transaction.status(charged.transaction_id)).toMatchObject({ transaction_status: 'settlement' })
})
