import { randomUUID } from 'node:crypto'
import midtransClient from 'midtrans-client'
import ApiConfig from 'midtrans-client/lib/apiConfig.js'
import { describe, expect, test } from 'vitest'
import { coreApi, linkAccount } from '../core-api.ts'
import { emulatorOfFile, happyPayer, uuid } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile()
// recordings.md, Clients: all that is changed of the official client.
ApiConfig.CORE_SANDBOX_BASE_URL = emulator.url

/** The official client of a merchant with a linked payer, and a subscription as its tests ask for one. */
async function newClient() {
  const serverKey = `SB-Mid-server-${randomUUID()}`
  const client = new midtransClient.CoreApi({ isProduction: false, serverKey, clientKey: 'SB-Mid-client-unused' })
  const account_id = await linkAccount(coreApi(emulator.url, serverKey), happyPayer)
  const { metadata } = await client.getPaymentAccount(account_id)
  const admin = emulator.admin(serverKey)
  await admin.freeze()
  const parameter = {
    name: 'MONTHLY_2021',
    amount: '17000',
    currency: 'IDR',
    payment_type: 'gopay',
    token: metadata.payment_options[0]?.token,
    schedule: { interval: 1, interval_unit: 'month', max_interval: 12 },
    metadata: { description: 'Recurring payment for A' },
    customer_details: { first_name: 'John A', last_name: 'Doe A', email: 'johndoe@email.com', phone: '+62812345' },
    gopay: { account_id },
  }
  return { client, admin, parameter }
}

describe('the official client and subscriptions (facts.md, section 8)', () => {
  test('creates one, reads it, and the payer is charged each month', async () => {
    const { client, admin, parameter } = await newClient()
    const created = await client.createSubscription(parameter)
    expect(created).toMatchObject({ id: expect.stringMatching(uuid), status: 'active', amount: '17000' })
    await admin.advance('70d')
    const { schedule, transaction_ids } = await client.getSubscription(created.id)
    expect([schedule.current_interval, transaction_ids.length]).toEqual([2, 2])
    expect(await client.transaction.status(transaction_ids[1] ?? '')).toMatchObject({
      transaction_status: 'settlement',
      gross_amount: '17000.00',
      order_id: expect.stringMatching(/^MONTHLY_2021\d{32}$/),
    })
  })

  test('disables, enables and updates it', async () => {
    const { client, parameter } = await newClient()
    const { id } = await client.createSubscription(parameter)
    const updated = { status_message: 'Subscription is updated.' }
    expect(await client.disableSubscription(id)).toEqual(updated)
    expect(await client.getSubscription(id)).toMatchObject({ status: 'inactive' })
    expect(await client.enableSubscription(id)).toEqual(updated)
    expect(await client.getSubscription(id)).toMatchObject({ status: 'active' })
    const { name, currency, token } = parameter
    const change = { name, currency, token, amount: '21000', schedule: { interval: 1 } }
    expect(await client.updateSubscription(id, change)).toEqual(updated)
    expect(await client.getSubscription(id)).toMatchObject({ amount: '21000' })
  })

  // test-node of the official client: a number, for this API has true HTTP codes.
  test.each([
    ['one that does not exist', 404, "Subscription doesn't exist.", 'getSubscription'],
    ['one that does not exist, to be disabled', 404, "Subscription doesn't exist.", 'disableSubscription'],
    ['one that does not exist, to be enabled', 404, "Subscription doesn't exist.", 'enableSubscription'],
  ] as const)('%s is an error with httpStatusCode %j', async (_what, httpStatusCode, status_message, method) => {
    const { client } = await newClient()
    await expect(client[method]('dummy')).rejects.toMatchObject({ httpStatusCode, ApiResponse: { status_message } })
  })

  test('what is wrong with one is an error with all messages', async () => {
    const { client, parameter } = await newClient()
    await expect(client.createSubscription({ ...parameter, amount: 0 })).rejects.toMatchObject({
      httpStatusCode: 400,
      ApiResponse: {
        status_message: 'Invalid parameter.',
        validation_messages: ['subscription.amount must be between 0.01 - 99999999999.00'],
      },
    })
    await expect(client.updateSubscription('dummy', parameter)).rejects.toMatchObject({ httpStatusCode: 404 })
    await expect(client.createSubscription({ ...parameter, payment_type: 'credit_card' })).rejects.toMatchObject({
      httpStatusCode: 501,
    })
  })
})
