import { expect, test } from 'vitest'
import { payer, startEmulator } from '../../src/testkit/index.ts'
import { coreApi } from '../core-api.ts'
import { backLink, fillIn, type Page, visit } from './browser.ts'
import { callbackUrl, happyPayer, linkIn, openMerchant } from './merchant.ts'
import { readQr } from './qr.ts'

const serverKey = 'SB-Mid-server-app-flow'
const redirectUrl = 'https://shop.example/linked'
const codeOf = ({ html }: Page) => /<svg.*?<\/svg>/s.exec(html)?.[0] ?? ''

const startLink = async (url: string) => {
  const answer = await coreApi(url, serverKey).post('/v2/pay/account', {
    payment_type: 'gopay',
    gopay_partner: { ...happyPayer, redirect_url: redirectUrl },
  })
  const returnUrl = (result: string) => `${redirectUrl}?account_id=${answer.account_id}&result=${result}`
  return {
    desktop: linkIn(answer, 'activation-link-url'),
    app: linkIn(answer, 'activation-link-app'),
    returnUrl,
  }
}

/** A merchant of the app flow with a payment that waits for the app. */
const startPayment = async (url: string, admin: { patch(path: string, body: unknown): Promise<unknown> }) => {
  const merchant = await openMerchant(url, serverKey)
  await admin.patch('settings', { flow: 'app' })
  const answer = await merchant.charge('order-1', 150_000)
  return {
    merchant,
    desktop: linkIn(answer, 'verification-link-url'),
    app: linkIn(answer, 'verification-link-app'),
  }
}

test('the desktop page shows a QR code, which leads the phone to the app', async () => {
  await using emulator = await startEmulator({ flow: 'app' })
  const { desktop, app } = await startLink(emulator.url)
  const page = await visit(desktop)
  expect(page.status).toBe(200)
  expect(readQr(codeOf(page))).toBe(app)
  expect(page.html).toContain(`data-url="${app}"`)
})

test('the code stands on white with a margin of four modules, which scanners need also where the page is dark', async () => {
  await using emulator = await startEmulator({ flow: 'app' })
  const code = codeOf(await visit((await startLink(emulator.url)).desktop))
  const width = Number(/viewBox="0 0 (\d+) \1"/.exec(code)?.[1])
  expect(code).toContain(`<rect fill="white" width="${width}" height="${width}"/>`)
  const dark = [...code.matchAll(/M(\d+),(\d+)h10v10h-10z/g)].flatMap(([, x, y]) => [Number(x), Number(y)])
  expect(Math.min(...dark)).toBeGreaterThanOrEqual(40)
  expect(Math.max(...dark)).toBeLessThanOrEqual(width - 50)
})

test('the code leads to the name under which the desktop reached the emulator', async () => {
  await using emulator = await startEmulator({ flow: 'app' })
  const { desktop } = await startLink(emulator.url)
  const response = await fetch(desktop, { headers: { 'x-forwarded-host': 'pay.test', 'x-forwarded-proto': 'https' } })
  const html = await response.text()
  expect(readQr(/<svg.*?<\/svg>/s.exec(html)?.[0] ?? '')).toMatch(
    /^https:\/\/pay\.test\/v2\/gopay\/redirect\/gpad_[0-9a-f-]{36}\/link$/,
  )
})

test('the desktop page loads itself again until the app has confirmed, then it goes to the merchant', async () => {
  await using emulator = await startEmulator({ flow: 'app' })
  const { desktop, app, returnUrl } = await startLink(emulator.url)
  for (let loads = 0; loads < 3; loads++) {
    const page = await visit(desktop)
    expect(page.leftFor).toBeUndefined()
    expect(Number(/http-equiv="refresh" content="(\d+);/.exec(page.html)?.[1])).toBeLessThanOrEqual(5)
  }
  expect(await payer.walk(app)).toMatchObject({ steps: ['consent', 'otp', 'pin'], returnedTo: returnUrl('success') })
  expect(await visit(desktop)).toMatchObject({ status: 303, leftFor: returnUrl('success') })
})

test('a payer who opens the app link again goes on where they were', async () => {
  await using emulator = await startEmulator({ flow: 'app' })
  const { app, returnUrl } = await startLink(emulator.url)
  await fillIn(await visit(app), {})
  const again = await visit(app)
  expect(again.step).toBe('otp')
  await fillIn(again, { otp: '987654' })
  const third = await visit(app)
  expect(third.step).toBe('pin')
  expect((await fillIn(third, { pin: '112233' })).leftFor).toBe(returnUrl('success'))
  expect(await visit(app)).toMatchObject({ status: 200, ending: 'linked' })
})

test('a payment is confirmed in the app, and the desktop moves on', async () => {
  await using emulator = await startEmulator()
  const { merchant, desktop, app } = await startPayment(emulator.url, emulator.admin(serverKey))
  expect(readQr(codeOf(await visit(desktop)))).toBe(app)
  expect((await payer.walk(app)).steps).toEqual(['pin'])
  expect((await visit(desktop)).leftFor).toBe(`${callbackUrl}?order_id=order-1&result=success`)
  expect(await merchant.status('order-1')).toMatchObject({ transaction_status: 'settlement' })
})

test('a payer who declines in the app sends the desktop back as well', async () => {
  await using emulator = await startEmulator()
  const { desktop, app } = await startPayment(emulator.url, emulator.admin(serverKey))
  expect((await payer.walk(app, { declineAt: 'pin' })).returnedTo).toContain('result=abort')
  expect((await visit(desktop)).leftFor).toBe(`${callbackUrl}?order_id=order-1&result=abort`)
})

test('three wrong PINs in the app end the desktop page as well', async () => {
  await using emulator = await startEmulator()
  const { desktop, app } = await startPayment(emulator.url, emulator.admin(serverKey))
  const page = await visit(app)
  for (let tries = 0; tries < 3; tries++) await fillIn(page, { pin: '000000' })
  const ended = await visit(desktop)
  expect(ended.ending).toBe('failed')
  expect(backLink(ended)).toContain('result=failure')
})

test('after five minutes desktop and app both show that the link has expired', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(serverKey)
  const { desktop, app } = await startPayment(emulator.url, admin)
  const page = await visit(app)
  await admin.advance('5m')
  for (const expired of [await visit(desktop), await visit(app), await fillIn(page, { pin: '112233' })]) {
    expect(expired).toMatchObject({ status: 410, ending: 'expired' })
    expect(expired.html).not.toContain('http-equiv="refresh"')
  }
})

test('a payment that the merchant cancels closes desktop and app', async () => {
  await using emulator = await startEmulator()
  const { merchant, desktop, app } = await startPayment(emulator.url, emulator.admin(serverKey))
  await merchant.api.post('/v2/order-1/cancel')
  expect(await visit(desktop)).toMatchObject({ status: 410, ending: 'closed' })
  expect(await visit(app)).toMatchObject({ status: 410, ending: 'closed' })
})

test('a link keeps the flow in which it was made', async () => {
  await using emulator = await startEmulator({ flow: 'app' })
  const { desktop } = await startLink(emulator.url)
  await emulator.admin(serverKey).patch('settings', { flow: 'web' })
  expect((await visit(desktop)).html).toContain('data-testid="qr"')
})
