import { expect, test } from 'vitest'
import { payer, startEmulator } from '../../src/testkit/index.ts'
import { coreApi } from '../core-api.ts'
import { fillIn, visit } from './browser.ts'
import { happyPayer, linkIn, merchantOf, openMerchant } from './merchant.ts'

const serverKey = 'SB-Mid-server-return-urls'
const linkTo = (url: string, redirect_url: string | undefined) =>
  coreApi(url, serverKey).post('/v2/pay/account', {
    payment_type: 'gopay',
    gopay_partner: { ...happyPayer, redirect_url },
  })

test.each([
  ['https://shop.example/linked', 'https://shop.example/linked?', ''],
  ['https://shop.example', 'https://shop.example?', ''],
  ['https://shop.example/?', 'https://shop.example/?', ''],
  [
    'https://shop.example/a?cart=7&next=%2Fa%20b&x=1+2#/step?y=z',
    'https://shop.example/a?cart=7&next=%2Fa%20b&x=1+2&',
    '#/step?y=z',
  ],
  ['http://localhost:3000/done', 'http://localhost:3000/done?', ''],
  ['myapp://done', 'myapp://done?', ''],
  ['gojek-merchant:return?keep=1', 'gojek-merchant:return?keep=1&', ''],
])('a payer goes back to %s as the merchant wrote it, and the result behind it', async (redirectUrl, start, end) => {
  await using emulator = await startEmulator()
  const answer = await linkTo(emulator.url, redirectUrl)
  const otpPage = await fillIn(await visit(linkIn(answer, 'activation-link-url')), {})
  const done = await fillIn(await fillIn(otpPage, { otp: '987654' }), { pin: '112233' })
  expect(done.leftFor).toBe(`${start}account_id=${answer.account_id}&result=success${end}`)
})

test('a return URL with letters beyond ASCII works like any other', async () => {
  await using emulator = await startEmulator()
  const answer = await linkTo(emulator.url, 'https://shop.example/terima-kasih-✓?nama=Böb')
  const walk = await payer.walk(linkIn(answer, 'activation-link-url'))
  expect(walk).toMatchObject({ status: 303 })
  const { pathname, searchParams } = new URL(walk.returnedTo ?? '')
  expect(decodeURIComponent(pathname)).toBe('/terima-kasih-✓')
  expect(Object.fromEntries(searchParams)).toEqual({ nama: 'Böb', account_id: answer.account_id, result: 'success' })
})

test('an order_id with reserved letters comes back as it was', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  const orderId = 'a b&result=x?#/é'
  const walk = await payer.walk(linkIn(await merchant.charge(orderId, 150_000), 'verification-link-url'))
  expect([...new URL(walk.returnedTo ?? '').searchParams]).toEqual([
    ['order_id', orderId],
    ['result', 'success'],
  ])
})

test('a merchant who names no URL gets the payer at the finish redirect URL', async () => {
  await using emulator = await startEmulator({ 'finish-redirect-url': 'https://shop.example/finish?from=gopay' })
  const answer = await linkTo(emulator.url, undefined)
  expect((await payer.walk(linkIn(answer, 'activation-link-url'))).returnedTo).toBe(
    `https://shop.example/finish?from=gopay&account_id=${answer.account_id}&result=success`,
  )
  const merchant = merchantOf(coreApi(emulator.url, serverKey), answer.account_id)
  const charge = await merchant.charge('order-1', 150_000, { gopay: { callback_url: undefined } })
  expect((await payer.walk(linkIn(charge, 'verification-link-url'))).returnedTo).toBe(
    'https://shop.example/finish?from=gopay&order_id=order-1&result=success',
  )
})

test('without any URL the payer stays on a page that says how it ended', async () => {
  await using emulator = await startEmulator()
  const answer = await linkTo(emulator.url, undefined)
  const walk = await payer.walk(linkIn(answer, 'activation-link-url'))
  expect(walk.returnedTo).toBeUndefined()
  expect(walk.html).toContain('data-ending="linked"')
  expect(walk.html).not.toContain('data-testid="back"')

  const merchant = merchantOf(coreApi(emulator.url, serverKey), answer.account_id)
  const charge = await merchant.charge('order-1', 150_000, { gopay: { callback_url: '' } })
  expect((await payer.walk(linkIn(charge, 'verification-link-url'))).html).toContain('data-ending="paid"')
})

test.each([
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,hi',
  'not a url',
  '/done',
  ' https://shop.example/done',
  'https://shop.example/done ',
  '\thttps://shop.example/done',
])('a return URL such as %j is refused', async (url) => {
  await using emulator = await startEmulator()
  expect(await linkTo(emulator.url, url)).toMatchObject({
    status_code: '202',
    channel_response_code: '2903',
    channel_response_message: 'invalid scheme',
  })
  const merchant = await openMerchant(emulator.url, serverKey)
  const charge = await merchant.charge('order-1', 150_000, { gopay: { callback_url: url } })
  expect(charge).toMatchObject({ status_code: '400', httpStatus: 400 })
  expect(await merchant.status('order-1')).toMatchObject({ status_code: '404' })
})

test('where callback hosts are listed, the payer is sent to no others', async () => {
  await using emulator = await startEmulator({ 'callback-hosts': 'shop.example,other.example:8443' })
  const merchant = await openMerchant(emulator.url, serverKey)
  const chargeTo = async (orderId: string, callback_url: string) =>
    (await merchant.charge(orderId, 150_000, { gopay: { callback_url } })).status_code
  expect(await chargeTo('order-1', 'https://shop.example/done')).toBe('201')
  expect(await chargeTo('order-2', 'https://other.example:8443/done')).toBe('201')
  expect(await chargeTo('order-3', 'https://evil.example/?shop.example')).toBe('400')
  expect(await chargeTo('order-4', 'https://shop.example.evil.example/')).toBe('400')
  expect(await chargeTo('order-5', 'https://shop.example@evil.example/')).toBe('400')
  expect(await linkTo(emulator.url, 'myapp://done')).toMatchObject({ account_status: 'ENABLED' })
})

test('the name of a host is the same in small and in capital letters', async () => {
  await using emulator = await startEmulator({ 'callback-hosts': 'Shop.Example' })
  const merchant = await openMerchant(emulator.url, serverKey)
  const charge = (orderId: string, callback_url: string) => merchant.charge(orderId, 1_000, { gopay: { callback_url } })
  expect(await charge('order-1', 'https://shop.example/done')).toMatchObject({ status_code: '200' })
  await emulator.admin(serverKey).patch('settings', { callback_hosts: ['OTHER.example'] })
  expect(await charge('order-2', 'https://other.EXAMPLE/done')).toMatchObject({ status_code: '200' })
  expect(await charge('order-3', 'https://shop.example/done')).toMatchObject({ status_code: '400' })
})

test('nothing in the address of a page sends the payer elsewhere', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  const link = linkIn(await merchant.charge('order-1', 150_000), 'verification-link-url')
  const page = await visit(`${link}?callback_url=https://evil.example&redirect_url=https://evil.example`)
  const done = await fillIn({ ...page, url: `${page.url}?returnUrl=https://evil.example` }, { pin: '112233' })
  expect(new URL(done.leftFor ?? '').host).toBe('shop.example')
})
