import { expect, test } from 'vitest'
import { openInbox, payer, startEmulator } from '../../src/testkit/index.ts'
import { type CoreApiClient, coreApi, linkAccount } from '../core-api.ts'
import { fillIn, visit } from './browser.ts'
import { happyPayer, linkIn, merchantOf } from './merchant.ts'

const serverKey = 'SB-Mid-server-linking'
const redirectUrl = 'https://shop.example/linked'

const startLink = async (api: CoreApiClient, partner: object = happyPayer) => {
  const answer = await api.post('/v2/pay/account', {
    payment_type: 'gopay',
    gopay_partner: { redirect_url: redirectUrl, ...partner },
  })
  return { accountId: String(answer.account_id), url: linkIn(answer, 'activation-link-url') }
}
const accountStatus = async (api: CoreApiClient, id: string) => (await api.get(`/v2/pay/account/${id}`)).account_status

test('a payer agrees, types OTP and PIN, and is back at the merchant with a linked account', async () => {
  await using emulator = await startEmulator()
  const api = coreApi(emulator.url, serverKey)
  const { accountId, url } = await startLink(api)
  expect(await accountStatus(api, accountId)).toBe('PENDING')

  expect(await payer.walk(url)).toMatchObject({
    steps: ['consent', 'otp', 'pin'],
    returnedTo: `${redirectUrl}?account_id=${accountId}&result=success`,
    status: 303,
  })
  expect(await accountStatus(api, accountId)).toBe('ENABLED')
})

test('the page names the merchant and only part of the phone number', async () => {
  await using emulator = await startEmulator({ 'merchant-id': 'G141532850' })
  const { url } = await startLink(coreApi(emulator.url, serverKey))
  const page = await visit(url)
  expect(page.text('merchant')).toBe('G141532850')
  expect(page.text('phone')).toBe('+62****3424')
  expect(page.html).not.toContain('8215023424')
})

test('a number that GoPay does not know signs up with name, OTP and a PIN of its own', async () => {
  await using inbox = await openInbox()
  await using emulator = await startEmulator({ 'pay-account-notification-url': inbox.url })
  const api = coreApi(emulator.url, serverKey)
  const { accountId, url } = await startLink(api, { phone_number: '81299998888', country_code: '62' })

  const walk = await payer.walk(url, { name: 'Siti', pin: '445566' })
  expect(walk).toMatchObject({
    steps: ['name', 'otp', 'new_pin'],
    returnedTo: `${redirectUrl}?account_id=${accountId}&result=success`,
  })
  expect(await accountStatus(api, accountId)).toBe('ENABLED')
  expect((await inbox.waitFor(1))[0]?.body).toMatchObject({ account_id: accountId, account_status: 'ENABLED' })

  const charge = await merchantOf(api, accountId).charge('order-1', 150_000)
  const pinPage = await visit(linkIn(charge, 'verification-link-url'))
  expect((await fillIn(pinPage, { pin: '112233' })).text('complaint')).toBeDefined()
  expect((await fillIn(pinPage, { pin: '445566' })).leftFor).toContain('result=success')
  expect(await api.get('/v2/order-1/status')).toMatchObject({ transaction_status: 'settlement' })
})

test('somebody who signed up is known the next time, and keeps the PIN', async () => {
  await using emulator = await startEmulator()
  const api = coreApi(emulator.url, serverKey)
  const partner = { phone_number: '81299998888', country_code: '62' }
  const first = await startLink(api, partner)
  await payer.walk(first.url, { pin: '445566' })
  await api.post(`/v2/pay/account/${first.accountId}/unbind`)

  const again = await startLink(api, partner)
  expect((await payer.walk(again.url, { pin: '445566' })).steps).toEqual(['consent', 'otp', 'pin'])
  expect(await accountStatus(api, again.accountId)).toBe('ENABLED')
})

test('a new payer has to give a name and six digits', async () => {
  await using emulator = await startEmulator()
  const { url } = await startLink(coreApi(emulator.url, serverKey), { phone_number: '81299998888', country_code: '62' })
  const nameless = await fillIn(await visit(url), { name: '   ' })
  expect(nameless).toMatchObject({ step: 'name', status: 200 })
  expect(nameless.text('complaint')).toBeDefined()

  const otpPage = await fillIn(nameless, { name: 'Siti' })
  const pinPage = await fillIn(otpPage, { otp: '987654' })
  for (const pin of ['', '12345', '1234567', 'abcdef']) {
    const page = await fillIn(pinPage, { pin })
    expect(page, pin).toMatchObject({ step: 'new_pin' })
    expect(page.text('complaint'), pin).toBeDefined()
  }
  expect((await fillIn(pinPage, { pin: '445566' })).leftFor).toContain('result=success')
})

test.each(['consent', 'otp', 'pin'])('a payer who declines at %s is sent back, and nothing is linked', async (step) => {
  await using emulator = await startEmulator()
  const api = coreApi(emulator.url, serverKey)
  const { accountId, url } = await startLink(api)
  expect((await payer.walk(url, { declineAt: step })).returnedTo).toBe(
    `${redirectUrl}?account_id=${accountId}&result=abort`,
  )
  expect(await accountStatus(api, accountId)).toBe('PENDING')
  expect(await emulator.admin(serverKey).get('notifications')).toEqual([])
})

test.each(['name', 'otp', 'new_pin'])('somebody new who declines at %s does not get an account', async (step) => {
  await using emulator = await startEmulator()
  const api = coreApi(emulator.url, serverKey)
  const { accountId, url } = await startLink(api, { phone_number: '81299998888', country_code: '62' })
  expect((await payer.walk(url, { declineAt: step })).returnedTo).toBe(
    `${redirectUrl}?account_id=${accountId}&result=abort`,
  )
  const again = await startLink(api, { phone_number: '81299998888', country_code: '62' })
  expect((await visit(again.url)).step).toBe('name')
})

test('a wrong OTP or PIN is told, and may be tried again; the tries are counted for each question', async () => {
  await using emulator = await startEmulator()
  const api = coreApi(emulator.url, serverKey)
  const { accountId, url } = await startLink(api)
  const otpPage = await fillIn(await visit(url), {})
  for (let tries = 0; tries < 2; tries++) {
    const page = await fillIn(otpPage, { otp: '000000' })
    expect(page).toMatchObject({ step: 'otp', status: 200 })
    expect(page.text('complaint')).toBe('Kode OTP salah. Coba lagi.')
  }
  const pinPage = await fillIn(otpPage, { otp: '987654' })
  expect(pinPage.step).toBe('pin')
  expect(pinPage.text('complaint')).toBeUndefined()
  for (let tries = 0; tries < 2; tries++) {
    expect((await fillIn(pinPage, { pin: '000000' })).text('complaint')).toBe('PIN salah. Coba lagi.')
  }
  expect((await fillIn(pinPage, { pin: '112233' })).leftFor).toContain('result=success')
  expect(await accountStatus(api, accountId)).toBe('ENABLED')
})

test.each([
  ['OTP', [{}], { otp: '000000' }, { otp: '987654' }],
  ['PIN', [{}, { otp: '987654' }], { pin: '000000' }, { pin: '112233' }],
] as const)('three wrong ones in place of the %s end the link', async (_what, before, wrong, right) => {
  await using emulator = await startEmulator()
  const api = coreApi(emulator.url, serverKey)
  const { accountId, url } = await startLink(api)
  let page = await visit(url)
  for (const fields of before) page = await fillIn(page, fields)
  await fillIn(page, wrong)
  await fillIn(page, wrong)
  const third = await fillIn(page, wrong)
  expect(third).toMatchObject({ ending: 'failed', step: undefined })
  expect(third.html).toContain(`href="${redirectUrl}?account_id=${accountId}&amp;result=failure"`)

  expect((await fillIn(page, right)).ending).toBe('failed')
  expect(await accountStatus(api, accountId)).toBe('PENDING')
})

test('a payer who links the same number anew is known to be linked', async () => {
  await using emulator = await startEmulator()
  const api = coreApi(emulator.url, serverKey)
  const accountId = await linkAccount(api, happyPayer)
  const again = await api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner: happyPayer })
  expect(again).toMatchObject({ status_code: '200', account_id: accountId, account_status: 'ENABLED' })
  expect(again).not.toHaveProperty('actions')
})

test('of two links begun for one number the first that is finished counts: the page of the other ends', async () => {
  await using emulator = await startEmulator()
  const api = coreApi(emulator.url, serverKey)
  const [opened, unopened, finished] = [await startLink(api), await startLink(api), await startLink(api)]
  const otpPage = await fillIn(await visit(opened.url), {})
  await payer.walk(finished.url)

  const ends = [await fillIn(otpPage, { otp: '987654' }), await visit(otpPage.url), await visit(unopened.url)]
  for (const end of ends) expect(end).toMatchObject({ status: 410, ending: 'closed', step: undefined })
  const ids = [opened, unopened, finished].map(({ accountId }) => accountId)
  const statuses = () => Promise.all(ids.map((id) => accountStatus(api, id)))
  expect(await statuses()).toEqual(['PENDING', 'PENDING', 'ENABLED'])
  await emulator.admin(serverKey).advance('15m')
  expect(await statuses()).toEqual(['EXPIRED', 'EXPIRED', 'ENABLED'])
})
