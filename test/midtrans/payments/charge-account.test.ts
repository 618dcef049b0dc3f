import { expect, test } from 'vitest'
import { switchOption } from '../../../src/midtrans/payers/operations.ts'
import { linkAccount } from '../../core-api.ts'
import { sandboxesOf } from '../../insides.ts'
import { emulatorOfFile, happyPayer, newShop, refusedBecause, type Shop, walletOfHappyPayer } from '../merchant.ts'

const emulator = await emulatorOfFile()
// facts.md, section 10, code 153, and section 12, "charge on an account that is not ENABLED".
const badToken = refusedBecause('GoPay token is invalid for the payment')

test('an account that nobody has is not found', async () => {
  const shop = await newShop(emulator)
  expect(await shop.charge('order-1', 1, { gopay: { account_id: 'nobody' } })).toMatchObject({
    httpStatus: 200,
    status_code: '404',
    status_message: "Account doesn't exist.",
  })
})

test('an account that is pending, expired or disabled cannot pay', async () => {
  const shop = await newShop(emulator)
  const other = { phone_number: '8242974268', country_code: '62' }
  const { account_id } = await shop.api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner: other })
  expect(await shop.charge('order-1', 1, { gopay: { account_id } })).toMatchObject(badToken)
  await shop.admin.advance('15m')
  expect(await shop.charge('order-1', 1, { gopay: { account_id } })).toMatchObject(badToken)
  await shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`)
  expect(await shop.charge('order-1', 1)).toMatchObject(badToken)
  expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
  expect(await shop.told('order-1')).toEqual([])
})

test("neither a made-up token nor another account's token pays", async () => {
  const shop = await newShop(emulator)
  const otherId = await linkAccount(shop.api, { phone_number: '8242974268', country_code: '62' })
  const [other] = (await shop.api.get(`/v2/pay/account/${otherId}`)).metadata.payment_options
  const pay = (payment_option_token: string) => shop.charge('order-1', 1, { gopay: { payment_option_token } })
  expect(await pay('00000269-7836-49e5-bc65-e592afafec14')).toMatchObject(badToken)
  expect(await pay(other.token)).toMatchObject(badToken)
  // The documented form, base64 of {"type": "GOPAY_WALLET", "id": ""}, names no account.
  expect(await pay('eyJ0eXBlIjogIkdPUEFZX1dBTExFVCIsICJpZCI6ICIifQ==')).toMatchObject(badToken)
})

test('a token of an earlier link of the same payer is outdated', async () => {
  const shop = await newShop(emulator)
  await shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`)
  const account_id = await linkAccount(shop.api, happyPayer)
  expect(await shop.charge('order-1', 1, { gopay: { account_id } })).toMatchObject(badToken)
})

const switchWallet = (shop: Shop, phone: string, active: boolean) =>
  sandboxesOf(emulator)
    .ofServerKey(shop.key)
    ?.perform((world) => {
      const found = world.state.payers.get(phone)
      return found && switchOption(world, found, 'GOPAY_WALLET', active)
    }, undefined)

const optionsOf = async (shop: Shop): Promise<readonly { name: string; active: boolean; token: string }[]> =>
  (await shop.api.get(`/v2/pay/account/${shop.accountId}`)).metadata.payment_options

// facts.md, section 1: tokens may change, refetch before every charge; `active` false is not usable for payment.
test('when the options of a payer change, all tokens given out before are outdated', async () => {
  const shop = await newShop(emulator, { phone_number: '8103001242', country_code: '62' })
  const before = await optionsOf(shop)
  switchWallet(shop, '628103001242', false)
  const after = await optionsOf(shop)
  expect(after.map(({ name, active }) => [name, active])).toEqual([
    ['PAY_LATER', true],
    ['GOPAY_WALLET', false],
    // facts.md, section 1: `active` may be false from the beginning.
    ['GOPAY_SAVINGS', false],
  ])
  const pay = (token: string | undefined) => shop.charge('order-1', 1, { gopay: { payment_option_token: token } })
  for (const { token } of before) expect(await pay(token)).toMatchObject(badToken)
  expect(await pay(after[1]?.token)).toMatchObject(badToken)
  expect(await pay(after[2]?.token)).toMatchObject(badToken)
  expect(await pay(after[0]?.token)).toMatchObject({ status_code: '200' })
})

test('a token that was outdated once stays so, even when the options are as before', async () => {
  const shop = await newShop(emulator)
  switchWallet(shop, '628215023424', false)
  switchWallet(shop, '628215023424', true)
  expect(await shop.charge('order-1', 1)).toMatchObject(badToken)
})

// facts.md, A.4: GoPay Later pays from its own money.
test('the token decides which of the options pays', async () => {
  const shop = await newShop(emulator, { phone_number: '8103001242', country_code: '62' })
  await shop.charge('order-1', 50_000)
  expect(await shop.status('order-1')).toMatchObject({ payment_option_type: 'PAY_LATER' })
  expect((await shop.ledger()).balances).toMatchObject({
    'wallet:628103001242:PAY_LATER': 7_950_000,
    'wallet:628103001242:GOPAY_WALLET': 8_000_000,
    merchant: 50_000,
  })
})

test('one payer, linked twice at the same time, has one wallet', async () => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 50_000)
  const { balances } = await shop.ledger()
  expect(Object.keys(balances).filter((place) => place.startsWith('wallet:'))).toEqual([walletOfHappyPayer])
})
