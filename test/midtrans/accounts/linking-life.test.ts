import { expect, test } from 'vitest'
import { payer } from '../../../src/testkit/index.ts'
import { linkAccount } from '../../core-api.ts'
import { emulatorOfFile, happyPayer, newMerchant, newShop, uuid } from '../merchant.ts'

const emulator = await emulatorOfFile()
const begin = (merchant: ReturnType<typeof newMerchant>) =>
  merchant.api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner: happyPayer })

// facts.md, section 11: tests of the clients create the same number repeatedly.
test('a number may be linked again while a link is pending: that is another account', async () => {
  const merchant = newMerchant(emulator)
  const [first, second] = [await begin(merchant), await begin(merchant)]
  expect(second).toMatchObject({ status_code: '201', account_status: 'PENDING' })
  expect(second.account_id).not.toBe(first.account_id)
})

// facts.md, section 12, "already-linked create".
test('a number that is linked already answers with its account, and no actions', async () => {
  const shop = await newShop(emulator)
  expect(await begin(shop)).toEqual({
    httpStatus: 200,
    status_code: '200',
    payment_type: 'gopay',
    account_id: shop.accountId,
    account_status: 'ENABLED',
  })
})

// facts.md, section 12: a PENDING link lives 15 minutes; section 1: EXPIRED is 204.
test('a link that nobody finishes expires after 15 minutes, without a notification', async () => {
  const merchant = newMerchant(emulator)
  await merchant.admin.post('clock/freeze')
  const { account_id } = await begin(merchant)
  await merchant.admin.advance('899s')
  expect(await merchant.api.get(`/v2/pay/account/${account_id}`)).toMatchObject({ status_code: '201' })
  await merchant.admin.advance('1s')
  expect(await merchant.api.get(`/v2/pay/account/${account_id}`)).toEqual({
    httpStatus: 200,
    status_code: '204',
    payment_type: 'gopay',
    account_id,
    account_status: 'EXPIRED',
  })
  expect(await merchant.admin.get('notifications')).toEqual([])
})

// facts.md, A.3: all verification links expire after 5 minutes.
test('the page of a link is open for 5 minutes', async () => {
  const merchant = newMerchant(emulator)
  await merchant.admin.post('clock/freeze')
  const { actions, account_id } = await begin(merchant)
  await merchant.admin.advance('5m')
  expect(await payer.walk(actions[1].url)).toMatchObject({ status: 410, steps: [] })
  expect(await merchant.api.get(`/v2/pay/account/${account_id}`)).toMatchObject({ account_status: 'PENDING' })
})

test('a link finished in its last second stays linked', async () => {
  const merchant = newMerchant(emulator)
  await merchant.admin.post('clock/freeze')
  const { actions, account_id } = await begin(merchant)
  await merchant.admin.advance('299s')
  await payer.walk(actions[1].url)
  await merchant.admin.advance('1d')
  expect(await merchant.api.get(`/v2/pay/account/${account_id}`)).toMatchObject({ account_status: 'ENABLED' })
})

// facts.md, section 1.
test('an account that nobody has is not found', async () => {
  const { api } = newMerchant(emulator)
  expect(await api.get('/v2/pay/account/00000269-7836-49e5-bc65-e592afafec14')).toEqual({
    httpStatus: 200,
    status_code: '404',
    status_message: "Account doesn't exist.",
    id: expect.stringMatching(uuid),
  })
})

// facts.md, section 1: a token per option, a uuid in the recorded sandbox; recordings.md: 8000000.00.
test('an enabled account tells its payment options, each with a token of its own', async () => {
  const { api } = newMerchant(emulator)
  const accountId = await linkAccount(api, { phone_number: '8103001242', country_code: '62' })
  const { metadata } = await api.get(`/v2/pay/account/${accountId}`)
  const [later, wallet] = metadata.payment_options
  for (const option of [later, wallet]) {
    expect(Object.keys(option)).toEqual(['name', 'active', 'balance', 'metadata', 'token'])
    expect(option).toMatchObject({ active: true, metadata: {}, token: expect.stringMatching(uuid) })
  }
  expect(later.token).not.toBe(wallet.token)
})

test('asking again gives the same token, and so does a charge in between', async () => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 50_000)
  const account = await shop.api.get(`/v2/pay/account/${shop.accountId}`)
  expect(account.metadata.payment_options[0]).toMatchObject({ token: shop.token, balance: { value: '7950000.00' } })
})

// facts.md, section 2.
test('unbinding an account that is still pending is refused', async () => {
  const merchant = newMerchant(emulator)
  const { account_id } = await begin(merchant)
  expect(await merchant.api.post(`/v2/pay/account/${account_id}/unbind`)).toEqual({
    httpStatus: 200,
    status_code: '412',
    status_message: 'Account status cannot be updated.',
    id: expect.stringMatching(uuid),
  })
})

// facts.md, section 2 and section 12 for what is DISABLED or EXPIRED.
test('unbinding works once; then the account is disabled for good', async () => {
  const shop = await newShop(emulator)
  const path = `/v2/pay/account/${shop.accountId}`
  expect(await shop.api.post(`${path}/unbind`)).toMatchObject({ httpStatus: 200, status_code: '204' })
  expect(await shop.api.get(path)).toEqual({
    httpStatus: 200,
    status_code: '204',
    payment_type: 'gopay',
    account_id: shop.accountId,
    account_status: 'DISABLED',
  })
  expect(await shop.api.post(`${path}/unbind`)).toMatchObject({ status_code: '412' })
})

test('unbinding what expired, or was never there, is refused', async () => {
  const merchant = newMerchant(emulator)
  const { account_id } = await begin(merchant)
  await merchant.admin.advance('15m')
  expect(await merchant.api.post(`/v2/pay/account/${account_id}/unbind`)).toMatchObject({ status_code: '412' })
  expect(await merchant.api.post('/v2/pay/account/nobody/unbind')).toMatchObject({
    httpStatus: 200,
    status_code: '404',
    status_message: "Account doesn't exist.",
  })
})

test('a payer who unbound can link again: a new account with new tokens and the same wallet', async () => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 50_000)
  await shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`)
  const accountId = await linkAccount(shop.api, happyPayer)
  expect(accountId).not.toBe(shop.accountId)
  const [option] = (await shop.api.get(`/v2/pay/account/${accountId}`)).metadata.payment_options
  expect(option.token).not.toBe(shop.token)
  expect(option.balance.value).toBe('7950000.00')
})
