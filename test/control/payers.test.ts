import { describe, expect, test } from 'vitest'
import type { Admin } from '../../src/client/admin.ts'
import { payer, startEmulator, type TestEmulator } from '../../src/testkit/index.ts'
import { type CoreApiClient, coreApi, linkAccount } from '../core-api.ts'
import { openMerchant } from '../journeys/merchant.ts'
import { adminRequest } from './admin-request.ts'

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
  expect(await admin.get('payers?phone=%2B628242974268')).toEqual([
    {
      phone: '628242974268',
      persona: 'happy',
      met: true,
      accounts: [accountId],
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
  await expect(admin.patch('payers', { phone: '6281111111', options: {} })).rejects.toThrow('PUT /__admin/payers')
  const pay_later = { phone: '628215023424', options: { PAY_LATER: true } }
  await expect(admin.patch('payers', pay_later)).rejects.toThrow('has no PAY_LATER')
  expect(await met(admin)).toEqual([])
})

const met = async (admin: Admin) => ((await admin.get('payers')) as { met: boolean }[]).filter((payer) => payer.met)

const link = (api: CoreApiClient, phone_number: string) =>
  api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner: { phone_number } })

test('all payers of the book are listed before anybody has met them, with what they begin with', async () => {
  await using emulator = await startEmulator()
  const list = (await emulator.admin(serverKey).get('payers')) as { phone: string; persona: string }[]
  expect(list).toHaveLength(12)
  expect(list).toContainEqual({
    phone: '628215023424',
    persona: 'happy',
    met: false,
    options: [{ name: 'GOPAY_WALLET', active: true, balance: 8_000_000 }],
    accounts: [],
  })
  expect(list.find(({ phone }) => phone === '628242014881')).toMatchObject({
    persona: 'poor',
    options: [{ balance: 0 }],
  })
})

test('a number that nobody knows becomes that of a payer, who needs no sign-up', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(serverKey)
  const api = coreApi(emulator.url, serverKey)
  const options = [
    { name: 'PAY_LATER', balance: 70_000 },
    { name: 'GOPAY_WALLET', active: false },
  ]
  const given = { phone: '+628555000111', name: 'Sari', pin: '445566', balance: 1_000, options }
  const shown = {
    phone: '628555000111',
    persona: 'happy',
    name: 'Sari',
    options: [
      { name: 'PAY_LATER', active: true, balance: 70_000 },
      { name: 'GOPAY_WALLET', active: false, balance: 1_000 },
    ],
    accounts: [],
  }
  expect(await admin.givePayer(given)).toEqual({ ...shown, met: false })
  const { account_id, actions } = await link(api, '628555000111')
  expect((await payer.walk(actions[0].url, { pin: '112233' })).steps).toEqual(['consent', 'otp', 'pin'])
  expect(await admin.simulate('confirm', account_id)).toMatchObject({ account: { status: 'ENABLED' } })
  expect(await admin.get('payers?phone=08555000111')).toEqual([{ ...shown, met: true, accounts: [account_id] }])
})

test('a payer who is new to GoPay signs up with the name and PIN that were given', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(serverKey)
  const api = coreApi(emulator.url, serverKey)
  await admin.givePayer({ phone: '628555000222', persona: 'new-to-gopay', pin: '445566', balance: 5_000 })
  const { account_id } = await link(api, '628555000222')
  const { steps } = await admin.walk(account_id, { name: 'Budi' })
  expect(steps.map(({ page }) => page)).toEqual(['name', 'otp', 'new_pin'])
  expect(await admin.get('payers?phone=628555000222')).toMatchObject([{ name: 'Budi', options: [{ balance: 5_000 }] }])
  const again = await link(coreApi(emulator.url, serverKey), '628555000222')
  expect(again).toMatchObject({ account_status: 'ENABLED' })
})

describe('a payer whom the sandbox has met', () => {
  const key = () => `${serverKey}-${Math.random().toString(36).slice(2)}`
  async function meet(emulator: TestEmulator) {
    const serverKey = key()
    const shop = await openMerchant(emulator.url, serverKey)
    return { ...shop, admin: emulator.admin(serverKey) }
  }
  const ledger = async (admin: Admin) =>
    (await admin.get('ledger')) as { sum: number; balances: Record<string, number> }

  test.each([0, 1, 150_000, 8_000_000, 9_999_999])(
    'gets a balance of %i, up or down, and the books stay even',
    async (balance) => {
      await using emulator = await startEmulator()
      const { admin, charge, ...shop } = await meet(emulator)
      await charge('reserved', 60_000, { gopay: { pre_auth: true } })
      const token = await tokenOf(shop)
      await admin.givePayer({ phone: '628215023424', balance })
      expect(await shop.balance()).toBe(`${balance}.00`)
      expect((await ledger(admin)).sum).toBe(0)
      // What is reserved stays reserved, and tokens stay good: only money has moved.
      expect(Object.entries((await ledger(admin)).balances).find(([place]) => place.startsWith('hold:'))?.[1]).toBe(
        60_000,
      )
      expect(await tokenOf(shop)).toBe(token)
      await admin.simulate('expire-transaction', 'reserved')
      expect(await shop.balance()).toBe(`${balance + 60_000}.00`)
    },
  )

  test('whose options change needs new tokens; a name alone changes none', async () => {
    await using emulator = await startEmulator()
    const { admin, ...shop } = await meet(emulator)
    const first = await tokenOf(shop)
    await shop.charge('order-0', 1_000)
    await admin.givePayer({ phone: '628215023424', name: 'Sari', pin: '445566' })
    expect(await tokenOf(shop)).toBe(first)
    expect(await shop.balance()).toBe('7999000.00')
    await admin.givePayer({
      phone: '628215023424',
      options: [{ name: 'GOPAY_WALLET' }, { name: 'PAY_LATER', balance: 9 }],
    })
    expect(await tokenOf(shop)).not.toBe(first)
    expect(await admin.get('payers?phone=628215023424')).toMatchObject([
      {
        name: 'Sari',
        options: [
          { name: 'GOPAY_WALLET', balance: 7_999_000 },
          { name: 'PAY_LATER', balance: 9 },
        ],
      },
    ])
    const { actions } = await shop.charge('order-1', 150_000)
    expect((await payer.walk(actions[0].url)).html).toContain('data-testid="complaint"')
    await admin.simulate('confirm', 'order-1')
    expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'settlement' })
  })

  test('who becomes another persona has that balance, and only those options', async () => {
    await using emulator = await startEmulator()
    const { admin, ...shop } = await meet(emulator)
    await admin.givePayer({ phone: '628215023424', persona: 'pay-later' })
    await admin.givePayer({ phone: '628215023424', persona: 'poor' })
    expect(await admin.get('payers?phone=628215023424')).toMatchObject([
      { persona: 'poor', options: [{ name: 'GOPAY_WALLET', balance: 0 }] },
    ])
    expect((await ledger(admin)).balances).toEqual({})
    expect(await shop.charge('order-1', 1_000)).toMatchObject({ status_code: '202' })
  })
})

const tokenOf = async ({ api, accountId }: { api: CoreApiClient; accountId: string }) =>
  (await api.get(`/v2/pay/account/${accountId}`)).metadata.payment_options[0].token

test('a promotion that was given is offered, until the persona changes', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(serverKey)
  const { api, accountId } = await openMerchant(emulator.url, serverKey)
  const offers = async () => {
    const answer = await api.get(`/v2/gopay/promo/${accountId}?gross_amount=100000`)
    return answer.promotions.map(({ code, promotion_amount }: Record<string, string>) => [code, promotion_amount])
  }
  const promotions = [{ percentage: 50, code: 'HALF', minimum_amount: 100_000, limit_per_user: 1 }]
  await admin.givePayer({ phone: '628215023424', promotions })
  await admin.givePayer({ phone: '628215023424', balance: 7 })
  expect(await offers()).toEqual([['HALF', '50000.00']])
  await admin.givePayer({ phone: '628215023424', persona: 'promo' })
  expect(await offers()).toEqual([['HEMAT10', '10000.00']])
})

test('a reset forgets whom it was told of', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(serverKey)
  await admin.givePayer({ phone: '628215023424', persona: 'poor' })
  await admin.givePayer({ phone: '628555000333' })
  expect(await admin.get('payers')).toHaveLength(13)
  await admin.post('reset')
  expect(await admin.get('payers')).toHaveLength(12)
  expect(await admin.get('payers?phone=628215023424')).toMatchObject([
    { persona: 'happy', options: [{ balance: 8_000_000 }] },
  ])
})

test.each([
  [{}, 'phone'],
  [{ phone: 'mine' }, 'phone'],
  [{ phone: '628555000111', persona: 'rich' }, 'found "rich", expected one of happy, blocked'],
  [{ phone: '628555000111', balance: -1 }, 'balance'],
  [{ phone: '628555000111', balance: 0.5 }, 'balance'],
  [{ phone: '628555000111', pin: '1234' }, 'pin'],
  [{ phone: '628555000111', options: [{ name: 'CASH' }] }, 'options'],
  [{ phone: '628555000111', options: [{ name: 'PAY_LATER' }, { name: 'PAY_LATER' }] }, 'PAY_LATER twice'],
  [{ phone: '628555000111', promotions: [{ percentage: 101 }] }, 'promotions'],
  [{ phone: '628555000111', colour: 'red' }, 'colour'],
])('a payer %j is refused, and nothing has changed', async (body, found) => {
  await using emulator = await startEmulator()
  const answer = await adminRequest(emulator, 'payers', { method: 'PUT', key: serverKey, body })
  expect(answer).toMatchObject({ status: 400, type: expect.stringContaining('application/problem+json') })
  expect(answer.body.detail).toContain(found)
  expect(await emulator.admin(serverKey).get('payers')).toHaveLength(12)
})
