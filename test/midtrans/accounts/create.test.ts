import { expect, test } from 'vitest'
import { payer } from '../../../src/testkit/index.ts'
import { linkAccount } from '../../core-api.ts'
import { emulatorOfFile, happyPayer, newMerchant, refusedBecause, uuid } from '../merchant.ts'

const emulator = await emulatorOfFile()
const link = (gopay_partner: unknown, merchant = newMerchant(emulator)) =>
  merchant.api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner })

// facts.md, A.4, all with country code as the docs print them; then what their wallets hold.
test.each([
  ['62', '8215023424', ['GOPAY_WALLET']],
  ['62', '8242974268', ['GOPAY_WALLET', 'GOPAY_SAVINGS']],
  ['380', '441234567', ['GOPAY_WALLET']],
  ['380', '441234568', ['GOPAY_WALLET']],
  ['91', '8877661234', ['GOPAY_WALLET']],
  ['91', '8877661235', ['GOPAY_WALLET']],
  ['62', '8237435829', ['GOPAY_WALLET']],
  ['62', '8103001242', ['PAY_LATER', 'GOPAY_WALLET', 'GOPAY_SAVINGS']],
])('the payer +%s%s links a wallet with IDR 8,000,000', async (country_code, phone_number, options) => {
  const { api } = newMerchant(emulator)
  const accountId = await linkAccount(api, { phone_number, country_code })
  const account = await api.get(`/v2/pay/account/${accountId}`)
  expect(account).toMatchObject({ status_code: '200', account_status: 'ENABLED' })
  expect(account.metadata.payment_options.map(({ name }: { name: string }) => name)).toEqual(options)
  for (const { balance } of account.metadata.payment_options) {
    expect(balance).toEqual({ value: '8000000.00', currency: 'IDR' })
  }
})

test('the payer +628242014881 links a wallet that is empty', async () => {
  const { api } = newMerchant(emulator)
  const accountId = await linkAccount(api, { phone_number: '8242014881', country_code: '62' })
  const account = await api.get(`/v2/pay/account/${accountId}`)
  expect(account.metadata.payment_options[0].balance.value).toBe('0.00')
})

// facts.md, A.2: a number that GoPay does not know opens the page that creates an account.
test('a payer whom GoPay does not know signs up on the page, and is linked', async () => {
  const { api } = newMerchant(emulator)
  const begun = await link({ phone_number: '85555000111', country_code: '62' }, { ...newMerchant(emulator), api })
  expect(begun).toMatchObject({ httpStatus: 200, status_code: '201', account_status: 'PENDING' })
  const walk = await payer.walk(begun.actions[1].url)
  expect(walk.steps).toEqual(['name', 'otp', 'new_pin'])
  expect(await api.get(`/v2/pay/account/${begun.account_id}`)).toMatchObject({ account_status: 'ENABLED' })
})

// facts.md, A.4 and section 12: blocked is 410 since January 2024, over HTTP 200 (section 0).
test('the payer +628271939753 is blocked', async () => {
  expect(await link({ phone_number: '8271939753', country_code: '62' })).toEqual({
    httpStatus: 200,
    status_code: '410',
    status_message: 'GoPay user is blocked',
    id: expect.stringMatching(uuid),
  })
})

// facts.md, A.2 and section 11: the failure numbers of the sandbox.
test.each([
  ['123450001', '105', 'User Not Found'],
  ['123450002', '112', 'Wallet is Blocked'],
])('the number %s is refused with channel code %s', async (phone_number, code, message) => {
  const refusal = {
    httpStatus: 200,
    status_code: '202',
    payment_type: 'gopay',
    channel_response_code: code,
    channel_response_message: message,
  }
  expect(await link({ phone_number, country_code: '62' })).toEqual(refusal)
  expect(await link({ phone_number })).toEqual(refusal)
  expect(await link({ phone_number: Number(phone_number) })).toEqual(refusal)
})

// recordings.md, POST /v2/pay/account: each of these forms was accepted; all mean the same payer.
test.each([
  ['with country_code', happyPayer],
  ['as a JSON number without country_code', { phone_number: 8215023424 }],
  ['as text without country_code', { phone_number: '8215023424' }],
  ['with the country code in it already', { phone_number: '628215023424', country_code: '62' }],
  ['in full, without country_code', { phone_number: '628215023424' }],
  ['with both as JSON numbers', { phone_number: 8215023424, country_code: 62 }],
])('a phone number may be given %s', async (_form, gopay_partner) => {
  const merchant = newMerchant(emulator)
  const begun = await link(gopay_partner, merchant)
  expect(begun).toMatchObject({ httpStatus: 200, status_code: '201' })
  // Linked as the happy payer: somebody unknown would be asked for a name.
  expect((await payer.walk(begun.actions[1].url)).steps).toEqual(['consent', 'otp', 'pin'])
  // That the number is linked already is only found when both forms lead to the same payer.
  expect(await link(happyPayer, merchant)).toMatchObject({ status_code: '200', account_id: begun.account_id })
})

// facts.md, section 11: "phone starts with 0 or is not digits".
test.each(['08215023424', '0', 'abc', '8215-023424', '+628215023424', '8215 023424', '', 0, -8215023424, 8.5])(
  'the phone number %j is refused',
  async (phone_number) => {
    expect(await link({ phone_number, country_code: '62' })).toMatchObject(
      refusedBecause('gopay_partner.phone_number must be numeric digits and must not begin with 0'),
    )
  },
)

test.each([
  [{ payment_type: 'gopay' }, 'gopay_partner is required'],
  [{ payment_type: 'gopay', gopay_partner: {} }, 'gopay_partner.phone_number is required'],
  [{ gopay_partner: happyPayer }, 'payment_type is required'],
])('a link without what it needs is refused: %j', async (body, message) => {
  const { api } = newMerchant(emulator)
  expect(await api.post('/v2/pay/account', body)).toMatchObject(refusedBecause(message))
})

// What cannot be linked here must not be linked as GoPay instead.
test.each(['shopeepay', 'cowrie_shells'])('a link of %s links no GoPay wallet', async (payment_type) => {
  const answer = await newMerchant(emulator).api.post('/v2/pay/account', { payment_type, gopay_partner: happyPayer })
  expect(answer).not.toHaveProperty('account_id')
  expect(Number(answer.status_code)).toBeGreaterThanOrEqual(400)
})

// facts.md, section 11: bad redirect_url scheme.
test.each(['javascript:alert(1)', 'data:text/html,x', 'not a url', '//shop.example/done', 'shop.example/done'])(
  'the redirect_url %s has an invalid scheme',
  async (redirect_url) => {
    expect(await link({ ...happyPayer, redirect_url })).toEqual({
      httpStatus: 200,
      status_code: '202',
      payment_type: 'gopay',
      channel_response_code: '2903',
      channel_response_message: 'invalid scheme',
    })
  },
)

test.each(['https://shop.example/done', 'http://localhost:3000/', 'shop://linked', ''])(
  'the redirect_url "%s" is accepted',
  async (redirect_url) => {
    expect(await link({ ...happyPayer, redirect_url })).toMatchObject({ status_code: '201' })
  },
)

// facts.md, A.3: only whitelisted callback domains are accepted; issue 2: callback_hosts, empty is all.
test('with callback_hosts set only these hosts are accepted for the way back', async () => {
  const merchant = newMerchant(emulator)
  await merchant.admin.patch('settings', { callback_hosts: ['shop.example', 'localhost:3000'] })
  const back = (redirect_url: string) => link({ ...happyPayer, redirect_url }, merchant)
  expect(await back('https://shop.example/done')).toMatchObject({ status_code: '201' })
  expect(await back('http://localhost:3000/done')).toMatchObject({ status_code: '201' })
  expect(await back('http://localhost:4000/done')).toMatchObject({ httpStatus: 400, status_code: '400' })
  expect(await back('https://shop.example.evil.example/')).toMatchObject({ httpStatus: 400 })
  expect(await back('https://shop.example@evil.example/')).toMatchObject({ httpStatus: 400 })
  expect(await link(happyPayer, merchant)).toMatchObject({ status_code: '201' })
})
