import { expect, test } from 'vitest'
import { openInbox, payer } from '../../src/testkit/index.ts'
import { linkIn } from '../journeys/merchant.ts'
import { emulatorOfFile, newMerchant } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile({ 'admin-token': 'the-admin-token' })
const adminHeaders = { 'x-emulator-admin-token': 'the-admin-token' }

test('what happened on the way of the clock is told without the passwords of addresses', async () => {
  const merchant = newMerchant(emulator)
  const send = async (method: string, path: string, body: object) =>
    (await merchant.raw(method, `/__admin/${path}`, { headers: adminHeaders, body: JSON.stringify(body) })).text
  await send('PATCH', 'settings', { payment_notification_url: 'http://hook:geheim@127.0.0.1:9/' })
  const charge = { payment_type: 'gopay', transaction_details: { order_id: 'order-1', gross_amount: 1_000 } }
  await merchant.api.post('/v2/charge', charge)
  const told = await send('POST', 'clock/advance', { by: '1h' })
  expect(told).toContain('"url":"http://127.0.0.1:9/"')
  expect(told).not.toContain('geheim')
})

// Nobody else has typed these, so that they can stand nowhere by chance.
const otp = '987654'
const newPin = '846215'

test('no key, password, token, OTP or PIN is shown by the journal, wherever it was sent', async () => {
  await using inbox = await openInbox()
  const merchant = newMerchant(emulator)
  const url = inbox.url.replace('//', '//hook:geheim@')
  await merchant.raw('PATCH', '/__admin/settings', {
    headers: adminHeaders,
    body: JSON.stringify({ payment_notification_url: url, pay_account_notification_url: url }),
  })
  const link = await merchant.api.post('/v2/pay/account', {
    payment_type: 'gopay',
    // Somebody new to GoPay, who chooses a PIN.
    gopay_partner: { phone_number: '85555000111', country_code: '62', redirect_url: 'https://me:geheim@shop.example/' },
  })
  const typed = { otp, pin: newPin }
  await payer.walk(linkIn(link, 'activation-link-url'), typed)
  const account = await merchant.api.get(`/v2/pay/account/${link.account_id}`)
  const { token } = account.metadata.payment_options[0]
  const charge = {
    payment_type: 'gopay',
    gopay: { account_id: link.account_id, payment_option_token: token },
    transaction_details: { order_id: 'order-1', gross_amount: 150_000 },
    metadata: { mistake: merchant.key },
  }
  const headers = { 'x-append-notification': url, 'x-emulator-admin-token': 'the-admin-token' }
  const charged = await merchant.api.post('/v2/charge', charge, headers)
  await payer.walk(linkIn(charged, 'verification-link-url'), { pin: '000001' })
  await payer.walk(linkIn(charged, 'verification-link-app'), typed)
  await merchant.raw('POST', `/v2/charge?token=${token}`, { body: JSON.stringify(charge).slice(0, 150) })
  await merchant.raw('POST', '/v2/charge', { body: `payment_option_token=${token}&key=${merchant.key}` })
  await inbox.waitFor(3)

  const read = async (path: string) => (await merchant.raw('GET', `/__admin/${path}`, { headers: adminHeaders })).text
  const shown = [await read('requests'), await read('timeline/order-1'), await read(`timeline/${link.account_id}`)]
  for (const text of shown) expect(text).toContain('order-1')
  for (const secret of [merchant.key, 'geheim', token, otp, newPin, '000001', 'the-admin-token', 'Basic ']) {
    expect(shown.filter((text) => text.includes(secret))).toEqual([])
  }
})
