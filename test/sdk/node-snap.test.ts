import { randomUUID } from 'node:crypto'
import midtransClient from 'midtrans-client'
import ApiConfig from 'midtrans-client/lib/apiConfig.js'
import { describe, expect, test } from 'vitest'
import { emulatorOfFile, uuid } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile()
// recordings.md, Clients: all that is changed of the official client.
ApiConfig.CORE_SANDBOX_BASE_URL = emulator.url
ApiConfig.SNAP_SANDBOX_BASE_URL = `${emulator.url}/snap/v1`

const newSnap = (serverKey = `SB-Mid-server-${randomUUID()}`) =>
  new midtransClient.Snap({ isProduction: false, serverKey, clientKey: 'SB-Mid-client-unused' })

const order = (order_id: string, more: object = {}) => ({
  transaction_details: { order_id, gross_amount: 50_000 },
  ...more,
})

describe('the official client and Snap', () => {
  test('creates a transaction, with a token and the page of that token', async () => {
    const { token, redirect_url } = await newSnap().createTransaction(order('order-1'))
    expect(token).toMatch(uuid)
    expect(redirect_url).toBe(`${emulator.url}/snap/v4/redirection/${token}`)
  })

  test('asks for the token alone, and for the address alone', async () => {
    const snap = newSnap()
    expect(await snap.createTransactionToken(order('order-1'))).toMatch(uuid)
    const address = await snap.createTransactionRedirectUrl(order('order-1'))
    expect(address.startsWith(`${emulator.url}/snap/v4/redirection/`)).toBe(true)
    expect((await fetch(address)).status).toBe(200)
  })

  // test-node of the official client: a number, as for all that comes with its own HTTP status.
  test.each([
    [
      'no amount',
      { transaction_details: { order_id: 'order-1' } },
      400,
      /transaction_details.gross_amount is required/,
    ],
    ['nothing', {}, 400, /transaction_details/],
  ])('throws for %s', async (_what, body, httpStatusCode, message) => {
    const refusal = newSnap().createTransaction(body)
    await expect(refusal).rejects.toMatchObject({ httpStatusCode, message: expect.stringMatching(message) })
  })

  test('throws for a key that is none', async () => {
    await expect(newSnap('nobody').createTransaction(order('order-1'))).rejects.toMatchObject({
      httpStatusCode: 401,
      message: expect.stringContaining('check client or server key'),
    })
  })

  test('finds no transaction before the customer has chosen how to pay', async () => {
    const snap = newSnap()
    await snap.createTransaction(order('order-1'))
    await expect(snap.transaction.status('order-1')).rejects.toMatchObject({ httpStatusCode: '404' })
  })
})
