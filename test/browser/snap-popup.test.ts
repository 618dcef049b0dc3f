import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPage } from './browser.ts'
import { answer, rightOtp, rightPin } from './payer-pages.ts'
import { customer, hears, isOpen, linkCustomer, patient, snapShops, type } from './snap-shop.ts'

const inShop = await snapShops()

/** Keys that the samples of results have in common. */
const resultKeys = [
  'status_code',
  'status_message',
  'transaction_id',
  'order_id',
  'gross_amount',
  'payment_type',
  'transaction_time',
  'transaction_status',
  'fraud_status',
]

test('a linked customer pays from 100,000 on with the PIN, all in the popup, and onSuccess has the result', () =>
  inShop(async (shop, { page }) => {
    await linkCustomer(shop)
    const token = await shop.merchant.token('order-1', 150_000, customer)
    await page.locator('#buy').focus()
    await shop.call('pay', token)
    expect(await shop.run('document.activeElement.localName')).toBe('iframe')
    expect(await shop.run('document.body.style.overflow')).toBe('hidden')
    await shop.frame.getByTestId('pay').click()
    await type(shop.frame, 'pin', rightPin)
    await expect.poll(() => shop.called(), patient).toHaveLength(1)
    const [[name, result = {}] = []] = await shop.called()
    expect(name).toBe('onSuccess')
    expect(result).toMatchObject({
      status_code: '200',
      order_id: 'order-1',
      gross_amount: '150000.00',
      payment_type: 'gopay',
      transaction_status: 'settlement',
      fraud_status: 'accept',
    })
    expect(Object.keys(result)).toEqual(resultKeys)
    expect(await isOpen(shop)).toBe(false)
    expect(await shop.run('document.body.style.overflow')).toBe('')
    expect(await shop.run('document.activeElement.id')).toBe('buy')
    expect(await shop.merchant.api.get('/v2/order-1/status')).toMatchObject({ transaction_status: 'settlement' })
  }))

test('a new customer links a wallet and pays, on a phone, where the popup is the whole screen', () =>
  inShop(
    async (shop, { page }) => {
      const finish = 'http://localhost:9/paid?x=1'
      const token = await shop.merchant.token('order-1', 25_000, { ...customer, callbacks: { finish } })
      await shop.call('pay', token, { language: 'en' })
      await shop.frame.getByTestId('way-link').waitFor()
      expect(await page.locator('#snap-midtrans').boundingBox()).toMatchObject({ x: 0, y: 0, width: 390, height: 844 })
      await shop.frame.getByTestId('phone').fill('08215023424')
      await shop.frame.getByTestId('link').click()
      await shop.frame.locator('[data-step="consent"]').getByTestId('submit').click()
      await type(shop.frame, 'otp', rightOtp)
      await type(shop.frame, 'pin', rightPin)
      expect(await shop.frame.getByTestId('balance-GOPAY_WALLET').textContent()).toBe('Rp8.000.000')
      await shop.frame.getByTestId('pay').click()
      await expect.poll(() => shop.called(), patient).toMatchObject([['onSuccess', { order_id: 'order-1' }]])
      const [[, result = {}] = []] = await shop.called()
      expect(result.finish_redirect_url).toBe(
        `${finish}&order_id=order-1&status_code=200&transaction_status=settlement`,
      )
    },
    { width: 'phone' },
  ))

test('who pays by QR code confirms on the phone, and the popup knows', () =>
  inShop(async (shop) => {
    await using phone = await openPage({ width: 'phone' })
    await shop.call('pay', await shop.merchant.token('order-1', 150_000))
    await shop.frame.getByTestId('qr-pay').click()
    await phone.page.goto((await shop.frame.getByTestId('qr').getAttribute('data-url')) ?? '')
    await answer(phone.page, 'phone', { phone: '08215023424' })
    await answer(phone.page, 'pin', { pin: rightPin })
    await expect
      .poll(() => shop.called(), patient)
      .toMatchObject([['onSuccess', { transaction_status: 'settlement', order_id: 'order-1' }]])
  }))

test('closed while the payment waits: onPending, once', () =>
  inShop(async (shop, { page }) => {
    await shop.call('pay', await shop.merchant.token('order-1', 150_000))
    await shop.frame.getByTestId('qr-pay').click()
    await hears(shop, 'pending')
    await page.getByTestId('snap-close').click()
    const called = await shop.called()
    expect(called).toMatchObject([['onPending', { status_code: '201', transaction_status: 'pending' }]])
    expect(Object.keys(called[0]?.[1] ?? {})).toEqual(resultKeys)
  }))

test('closed on the page that asks for the PIN: onPending as well', () =>
  inShop(async (shop, { page }) => {
    await linkCustomer(shop)
    await shop.call('pay', await shop.merchant.token('order-1', 150_000, customer))
    await shop.frame.getByTestId('pay').click()
    await shop.frame.locator('[data-framed] [data-testid="pin"]').waitFor()
    // Pressed inside the frame, on a page of GoPay's.
    await page.keyboard.press('Escape')
    await expect.poll(() => shop.called(), patient).toMatchObject([['onPending', { transaction_status: 'pending' }]])
  }))

test.each<[string, (page: Page) => Promise<unknown>]>([
  ['the button', (page) => page.getByTestId('snap-close').click()],
  ['Escape inside the frame', (page) => page.keyboard.press('Escape')],
  ['Escape outside the frame', (page) => page.getByTestId('snap-close').press('Escape')],
])('closed before anything was chosen, by %s: onClose without a result', (_what, close) =>
  inShop(async (shop, { page }) => {
    await page.locator('#buy').focus()
    await shop.call('pay', await shop.merchant.token('order-1', 150_000))
    await shop.frame.locator('[data-framed] [data-testid="way-qr"]').waitFor()
    await close(page)
    await expect.poll(() => shop.called(), patient).toEqual([['onClose']])
    expect(await isOpen(shop)).toBe(false)
    expect(await shop.run('document.activeElement.id')).toBe('buy')
  }),
)
