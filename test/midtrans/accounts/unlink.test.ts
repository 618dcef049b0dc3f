import { describe, expect, test } from 'vitest'
import { openInbox, payer } from '../../../src/testkit/index.ts'
import { linkAccount } from '../../core-api.ts'
import { emulatorOfFile, happyPayer, newMerchant, newShop, refusedBecause, type Shop } from '../merchant.ts'

const emulator = await emulatorOfFile()
const account = (shop: Shop) => shop.api.get(`/v2/pay/account/${shop.accountId}`)
// facts.md, sections 2 and 11: the link ends by the payer in the app, and with a change of the phone number.
const ways = [
  ['unlinks', (shop: Shop) => shop.admin.simulate('unlink', shop.accountId)],
  ['changes the phone number', (shop: Shop) => shop.admin.simulate('change-number', '628215023424')],
  ['changes +62...', (shop: Shop) => shop.admin.simulate('change-number', '+628215023424')],
] as const

describe.each(ways)('when a payer %s', (_way, end) => {
  test('the account is disabled, and the merchant is told once, signed', async () => {
    await using inbox = await openInbox()
    const shop = await newShop(emulator)
    await shop.admin.patch('settings', { pay_account_notification_url: inbox.url })
    await end(shop)
    expect(await account(shop)).toEqual({
      httpStatus: 200,
      status_code: '204',
      payment_type: 'gopay',
      account_id: shop.accountId,
      account_status: 'DISABLED',
    })
    await expect(end(shop)).rejects.toThrow()
    await shop.admin.advance('1d')
    const [told, ...more] = inbox.received
    if (!told) throw new Error('nothing arrived')
    expect(more).toEqual([])
    expect(told.body).toMatchObject({
      account_id: shop.accountId,
      payment_type: 'gopay',
      status_code: '204',
      account_status: 'DISABLED',
      status_message: 'Midtrans account_unlinked notification',
    })
    expect(inbox.isSigned(told, shop.key)).toBe(true)
  })

  // facts.md, section 12: charge on an account that is DISABLED; section 2: unbind of it.
  test('the account pays nothing any more, and cannot be unbound', async () => {
    const shop = await newShop(emulator)
    await end(shop)
    expect(await shop.charge('order-1', 50_000)).toMatchObject(refusedBecause('GoPay token is invalid for the payment'))
    expect(await shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`)).toMatchObject({
      status_code: '412',
      status_message: 'Account status cannot be updated.',
    })
    expect(await shop.told('order-1')).toEqual([])
  })

  // UNCERTAIN in src: what GoPay does with a payment that waits for its PIN; it is left to the payer.
  test('a payment that waits is left to the payer, and a settled one can be refunded', async () => {
    const shop = await newShop(emulator)
    await shop.charge('order-1', 50_000)
    const { actions } = await shop.charge('order-2', 150_000)
    await end(shop)
    expect(await shop.status('order-2')).toMatchObject({ transaction_status: 'pending' })
    await payer.walk(actions[0].url)
    expect(await shop.status('order-2')).toMatchObject({ transaction_status: 'settlement' })
    expect(await shop.api.post('/v2/order-1/refund')).toMatchObject({ transaction_status: 'refund' })
    expect((await shop.ledger()).balances).toMatchObject({ merchant: 150_000 })
  })

  test('the number can be linked again, to another account', async () => {
    const shop = await newShop(emulator)
    await end(shop)
    const again = await linkAccount(shop.api, happyPayer)
    expect(again).not.toBe(shop.accountId)
    expect(await shop.api.get(`/v2/pay/account/${again}`)).toMatchObject({ account_status: 'ENABLED' })
    expect(await account(shop)).toMatchObject({ account_status: 'DISABLED' })
  })

  test('the accounts of other payers and other merchants stay as they are', async () => {
    const [shop, otherShop] = [await newShop(emulator), await newShop(emulator)]
    const other = await linkAccount(shop.api, { phone_number: '8242974268', country_code: '62' })
    await end(shop)
    expect(await shop.api.get(`/v2/pay/account/${other}`)).toMatchObject({ account_status: 'ENABLED' })
    expect(await account(otherShop)).toMatchObject({ account_status: 'ENABLED' })
  })
})

// facts.md, section 12, one number with several links begun: what ended is the link, and not those begun.
test('links that were begun for a number outlive its unlinking, and expire untold', async () => {
  const merchant = newMerchant(emulator)
  await merchant.admin.post('clock/freeze')
  const begin = () => merchant.api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner: happyPayer })
  const [first, second, finished] = [await begin(), await begin(), await begin()]
  await payer.walk(finished.actions[1].url)
  const statuses = async () => {
    const accounts = [first, second, finished].map(({ account_id }) =>
      merchant.api.get(`/v2/pay/account/${account_id}`),
    )
    return (await Promise.all(accounts)).map(({ account_status }) => account_status)
  }
  const { happened } = await merchant.admin.simulate('change-number', '628215023424')
  expect(happened.find(({ what }) => what === 'account')).toMatchObject({ id: finished.account_id, to: 'DISABLED' })
  expect(await statuses()).toEqual(['PENDING', 'PENDING', 'DISABLED'])
  await merchant.admin.advance('15m')
  expect(await statuses()).toEqual(['EXPIRED', 'EXPIRED', 'DISABLED'])
  expect(await merchant.admin.get('notifications')).toHaveLength(2)
})

// facts.md, section 2: failed at GoPay: 202 with 1001, and no account_status.
test.each([
  ['X-Emulator-Outcome 202', '202', undefined, '1001', 'Caller authentication error.'],
  ['X-Emulator-Outcome 202:1001', '202:1001', undefined, '1001', 'Caller authentication error.'],
  ['a rule', undefined, 'deny', '1001', 'Caller authentication error.'],
  ['a rule with a code', undefined, 'deny:110', '110', 'UNAUTHORIZED'],
])(
  'an unbind that GoPay refuses by %s leaves the account enabled, and untold',
  async (_by, header, rule, code, text) => {
    const shop = await newShop(emulator)
    const match = { operation: 'unbind', phone: '628215023424' }
    if (rule) await shop.admin.put('rules', [{ match, outcome: rule, times: 'once' }])
    const unbind = (headers?: Record<string, string>) =>
      shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`, undefined, headers)
    const refused = {
      httpStatus: 200,
      status_code: '202',
      payment_type: 'gopay',
      account_id: shop.accountId,
      channel_response_code: code,
      channel_response_message: text,
    }
    expect(await unbind(header ? { 'x-emulator-outcome': header } : {})).toEqual(refused)
    expect(await account(shop)).toMatchObject({ status_code: '200', account_status: 'ENABLED' })
    expect(await shop.charge('order-1', 50_000)).toMatchObject({ status_code: '200' })
    expect(await shop.told(shop.accountId)).toHaveLength(1)
    expect(await unbind()).toMatchObject({ status_code: '204', account_status: 'DISABLED' })
    expect(await shop.told(shop.accountId)).toHaveLength(2)
  },
)

test('a rule for unbind is not used up where GoPay would not be asked', async () => {
  const shop = await newShop(emulator)
  const unbind = (id: string) => shop.api.post(`/v2/pay/account/${id}/unbind`)
  await unbind(shop.accountId)
  await shop.admin.put('rules', [{ match: { operation: 'unbind' }, outcome: '202', times: 'once' }])
  expect(await unbind(shop.accountId)).toMatchObject({ status_code: '412' })
  expect(await unbind('nobody')).toMatchObject({ status_code: '404' })
  expect(await shop.admin.get('rules')).toMatchObject([{ used: 0 }])
})
