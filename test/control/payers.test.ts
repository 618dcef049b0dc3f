import { expect, test } from 'vitest'
import { startEmulator } from '../../src/testkit/index.ts'
import { coreApi, linkAccount } from '../core-api.ts'

const serverKey = 'SB-Mid-server-payers'

test('an option that is switched off cannot be paid with, and all tokens from before are refused', async () => {
  await using emulator = await startEmulator()
  const api = coreApi(emulator.url, serverKey)
  const admin = emulator.admin(serverKey)
  const accountId = await linkAccount(api, { phone_number: '8242974268', country_code: '62' })
  const options = async () => (await api.get(`/v2/pay/account/${accountId}`)).metadata.payment_options
  const charge = (order_id: string, payment_option_token: string) =>
    api.post('/v2/charge', {
      payment_type: 'gopay',
      gopay: { account_id: accountId, payment_option_token },
      transaction_details: { order_id, gross_amount: 1_000 },
    })
  const refused = { status_code: '400', validation_messages: ['GoPay token is invalid for the payment'] }

  const [wallet, savings] = await options()
  await admin.patch('payers', { phone: '+628242974268', options: { GOPAY_SAVINGS: false } })
  expect(await options()).toMatchObject([
    { name: 'GOPAY_WALLET', active: true, balance: { value: '8000000.00' } },
    { name: 'GOPAY_SAVINGS', active: false },
  ])
  expect(await charge('order-1', savings.token)).toMatchObject(refused)
  expect(await charge('order-2', wallet.token)).toMatchObject(refused)
  const [newWallet, newSavings] = await options()
  expect(await charge('order-3', newSavings.token)).toMatchObject(refused)
  expect(await charge('order-4', newWallet.token)).toMatchObject({ transaction_status: 'settlement' })
  expect(await admin.get('payers')).toEqual([
    {
      phone: '628242974268',
      options: [
        { name: 'GOPAY_WALLET', active: true, balance: 7_999_000 },
        { name: 'GOPAY_SAVINGS', active: false, balance: 8_000_000 },
      ],
    },
  ])
})

test('a number that nobody has, or an option that its owner has not, is refused with what to do', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(serverKey)
  await expect(admin.patch('payers', { phone: '6281111111', options: {} })).rejects.toThrow('fixtures/payers.json')
  const pay_later = { phone: '628215023424', options: { PAY_LATER: true } }
  await expect(admin.patch('payers', pay_later)).rejects.toThrow('has no PAY_LATER')
  expect(await admin.get('payers')).toEqual([])
})
