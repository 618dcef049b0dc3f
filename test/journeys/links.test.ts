import { expect, test } from 'vitest'
import { payer, startEmulator } from '../../src/testkit/index.ts'
import { coreApi } from '../core-api.ts'
import { backLink, fillIn, visit } from './browser.ts'
import { callbackUrl, happyPayer, linkIn, openMerchant } from './merchant.ts'
import { basicAuth, rawPost } from './raw-request.ts'

const serverKey = 'SB-Mid-server-links'
const linkBody = { payment_type: 'gopay', gopay_partner: happyPayer }

test('a web link opens once; whoever opened it goes on', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  const link = linkIn(await merchant.charge('order-1', 150_000), 'verification-link-url')
  const page = await visit(link)
  expect(page).toMatchObject({ status: 200, step: 'pin' })

  const again = await visit(link)
  expect(again).toMatchObject({ status: 410, ending: 'used', step: undefined })
  expect((await fillIn(page, { pin: '112233' })).leftFor).toContain('result=success')
})

test('of two who open a web link at the same moment, one gets the page', async () => {
  await using emulator = await startEmulator()
  const answer = await coreApi(emulator.url, serverKey).post('/v2/pay/account', linkBody)
  const link = linkIn(answer, 'activation-link-url')
  const pages = await Promise.all(Array.from({ length: 5 }, () => visit(link)))
  expect(pages.map(({ status }) => status).toSorted()).toEqual([200, 410, 410, 410, 410])
})

test('the HEAD request of a link preview does not use a link up', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  const link = linkIn(await merchant.charge('order-1', 150_000), 'verification-link-url')
  await fetch(link, { method: 'HEAD', redirect: 'follow' })
  expect((await payer.walk(link)).returnedTo).toContain('result=success')
})

test('after five minutes a link shows that it has expired, and the way back', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(serverKey)
  const merchant = await openMerchant(emulator.url, serverKey)
  await admin.post('clock/freeze')
  const link = linkIn(await merchant.charge('order-1', 150_000), 'verification-link-url')
  const other = linkIn(await merchant.charge('order-2', 150_000), 'verification-link-url')
  await admin.advance('4m')
  await admin.advance('59s')
  const page = await visit(link)
  expect(page.step).toBe('pin')

  await admin.advance('1s')
  for (const expired of [await fillIn(page, { pin: '112233' }), await visit(link), await visit(other)]) {
    expect(expired).toMatchObject({ status: 410, ending: 'expired', step: undefined })
    expect(expired.text('title')).toBe('Tautan kedaluwarsa')
    expect(backLink(expired)).toMatch(/\?order_id=order-[12]&result=failure$/)
  }
  expect(await merchant.status('order-1')).toMatchObject({ transaction_status: 'pending' })
})

test('a linking page left open for five minutes expires, whatever it asked for', async () => {
  await using emulator = await startEmulator()
  const answer = await coreApi(emulator.url, serverKey).post('/v2/pay/account', linkBody)
  const otpPage = await fillIn(await visit(linkIn(answer, 'activation-link-url')), {})
  await emulator.admin(serverKey).advance('PT5M')
  expect(await fillIn(otpPage, { otp: '987654' })).toMatchObject({ status: 410, ending: 'expired' })
})

test.each([
  '/v2/gopay/redirect/gppr_00000000-0000-4000-8000-000000000000/charge',
  '/v2/gopay/redirect/gpad_00000000-0000-4000-8000-000000000000/link',
  '/v2/gopay/redirect/something-else/link',
  '/gopay/web/nobody',
  '/gopay/app/00000000-0000-4000-8000-000000000000',
])('%s, which nobody gave out, is an unknown link', async (path) => {
  await using emulator = await startEmulator()
  expect(await visit(emulator.url + path)).toMatchObject({ status: 404, ending: 'unknown' })
})

test('a payment link is no linking link', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  const link = linkIn(await merchant.charge('order-1', 150_000), 'verification-link-url')
  expect(await visit(link.replace('gppr_', 'gpar_').replace('/charge', '/link'))).toMatchObject({ ending: 'unknown' })
  expect((await visit(link)).step).toBe('pin')
})

test('a payment that is done shows so when its link is opened again', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  const link = linkIn(await merchant.charge('order-1', 150_000), 'verification-link-url')
  await payer.walk(link)
  const again = await visit(link)
  expect(again.ending).toBe('paid')
  expect(backLink(again)).toBe(`${callbackUrl}?order_id=order-1&result=success`)
})

test('links begin with the name under which the merchant reached the emulator', async () => {
  await using emulator = await startEmulator()
  const post = (headers: Record<string, string>) =>
    rawPost(
      `${emulator.url}/v2/pay/account`,
      { authorization: basicAuth(serverKey), 'content-type': 'application/json', ...headers },
      linkBody,
    ) as Promise<{ actions: { name: string; url: string }[] }>

  const byHost = await post({ host: 'emulator:8765' })
  expect(byHost.actions.every(({ url }) => url.startsWith('http://emulator:8765/v2/gopay/redirect/gpa'))).toBe(true)

  const proxied = await post({
    host: 'emulator:8765',
    'x-forwarded-host': 'pay.test',
    'x-forwarded-proto': 'https',
  })
  expect(proxied.actions.every(({ url }) => url.startsWith('https://pay.test/v2/gopay/redirect/gpa'))).toBe(true)
})

test('pages may run one script of the emulator alone, be framed by nobody, and be kept by no cache', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  const page = await visit(linkIn(await merchant.charge('order-1', 150_000), 'verification-link-url'))
  const unknown = await visit(`${emulator.url}/gopay/web/nobody`)
  for (const { headers, html } of [page, unknown]) {
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toMatch(
      /default-src 'none'; .*script-src 'self'; .*frame-ancestors 'none'$/,
    )
    expect(html).not.toMatch(/<script(?! src="\/assets\/pages\.js" defer><\/script>)|style=|onclick/)
  }
  const stylesheet = await fetch(new URL(/<link rel="stylesheet" href="([^"]+)"/.exec(page.html)?.[1] ?? '', page.url))
  expect(stylesheet.headers.get('content-type')).toContain('text/css')
})

test('pages are Indonesian, or English for a request that says so', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, serverKey)
  const titleFor = async (orderId: string, headers: Record<string, string>) => {
    const page = await visit(linkIn(await merchant.charge(orderId, 150_000, { headers }), 'verification-link-url'))
    return [/<html lang="(\w+)"/.exec(page.html)?.[1], page.text('title')]
  }
  expect(await titleFor('order-1', {})).toEqual(['id', 'Masukkan PIN'])
  expect(await titleFor('order-2', { 'X-Payment-Locale': 'en-EN' })).toEqual(['en', 'Enter your PIN'])
  expect(await titleFor('order-3', { 'X-Payment-Locale': 'id-ID' })).toEqual(['id', 'Masukkan PIN'])

  await emulator.admin(serverKey).patch('settings', { locale: 'en-EN' })
  expect(await titleFor('order-4', {})).toEqual(['en', 'Enter your PIN'])
  expect(await titleFor('order-5', { 'X-Payment-Locale': 'id-ID' })).toEqual(['id', 'Masukkan PIN'])
})

test('linking pages speak English for a request that says so', async () => {
  await using emulator = await startEmulator()
  const api = coreApi(emulator.url, serverKey)
  const answer = await api.post('/v2/pay/account', linkBody, { 'X-Payment-Locale': 'en-EN' })
  expect((await visit(linkIn(answer, 'activation-link-url'))).text('title')).toBe('Link GoPay')
})
