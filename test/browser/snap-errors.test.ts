import { expect, test } from 'vitest'
import { customer, hears, isOpen, linkCustomer, patient, snapShops } from './snap-shop.ts'

const inShop = await snapShops()

test('denied, where the merchant lets nobody try again: onError with the result', () =>
  inShop(async (shop) => {
    await linkCustomer(shop)
    await shop.merchant.send('PATCH', '/snap/v3/merchant-preferences', { allow_retry: false })
    await shop.call('pay', await shop.merchant.token('order-1', 9_000_000, customer))
    await shop.frame.getByTestId('pay').click()
    await expect
      .poll(() => shop.called(), patient)
      .toMatchObject([['onError', { status_code: '202', order_id: 'order-1' }]])
    expect(await isOpen(shop)).toBe(false)
  }))

test('denied, where the customer may try again: nothing until they go away, then onError with the result', () =>
  inShop(async (shop, { page }) => {
    await linkCustomer(shop)
    await shop.call('pay', await shop.merchant.token('order-1', 9_000_000, customer))
    await shop.frame.getByTestId('pay').click()
    await shop.frame.getByTestId('complaint').waitFor()
    // What it was like at first, and now.
    await expect.poll(() => shop.run('heard'), patient).toEqual(['open', 'open'])
    expect(await shop.called()).toEqual([])
    await page.getByTestId('snap-close').click()
    expect(await shop.called()).toMatchObject([['onError', { status_code: '202', transaction_status: 'deny' }]])
  }))

test('cancelled by the merchant while it is open: onError', () =>
  inShop(async (shop) => {
    const token = await shop.merchant.token('order-1', 150_000)
    await shop.call('pay', token)
    await shop.frame.getByTestId('way-qr').waitFor()
    await shop.merchant.send('POST', `/snap/v1/transactions/${token}/cancel`)
    await expect
      .poll(() => shop.called(), patient)
      .toEqual([['onError', { status_code: '406', status_message: ['token already canceled'] }]])
  }))

test('its time is over while it is open: onError', () =>
  inShop(async (shop) => {
    await shop.call('pay', await shop.merchant.token('order-1', 150_000))
    await shop.frame.getByTestId('way-qr').waitFor()
    await shop.merchant.admin.advance('24h')
    await expect
      .poll(() => shop.called(), patient)
      .toEqual([['onError', { status_code: '407', status_message: ['token is expired'] }]])
  }))

test('a token that is nobody’s: onError', () =>
  inShop(async (shop) => {
    await shop.call('pay', 'no-token')
    await expect
      .poll(() => shop.called(), patient)
      .toEqual([['onError', { status_code: '404', status_message: ['token not found'] }]])
  }))

test('a client key of another merchant: onError, in the words of Midtrans', () =>
  inShop(
    async (shop) => {
      await shop.call('pay', await shop.merchant.token('order-1', 150_000))
      await expect
        .poll(() => shop.called(), patient)
        .toMatchObject([['onError', { status_code: '401', status_message: [/check client or server key/] }]])
    },
    { clientKey: 'SB-Mid-client-of-somebody' },
  ))

test('without a client key it works, and the console says which one is missing', () =>
  inShop(
    async (shop, { page }) => {
      const said: string[] = []
      page.on('console', (message) => said.push(message.text()))
      await page.reload()
      await expect.poll(() => said.join(), patient).toContain('no data-client-key')
      await shop.call('pay', await shop.merchant.token('order-1', 150_000))
      await shop.frame.getByTestId('way-qr').waitFor()
    },
    { clientKey: '' },
  ))

test('without onError the popup stays, so that the page can say what is wrong', () =>
  inShop(async (shop, { page }) => {
    await shop.call('pay', 'no-token', {}, ['onError'])
    await hears(shop, 'error')
    await shop.frame.locator('[data-ending="unknown"]').waitFor()
    expect(await isOpen(shop)).toBe(true)
    await page.getByTestId('snap-close').click()
    expect(await isOpen(shop)).toBe(false)
    expect(await shop.called()).toEqual([])
  }))

test.each([
  ["snap.pay('')", /snap\.pay: found "", expected the token of POST \/snap\/v1\/transactions/],
  ['snap.pay({ token: 1 })', /snap\.pay: found \{"token":1\}, expected the token/],
  ["snap.embed('token')", /snap\.embed: embedId: found undefined, expected the id of an element/],
  ["snap.embed('token', { embedId: 'nowhere' })", /snap\.embed: embedId: found "nowhere"/],
  ["snap.show(); snap.embed('token', { embedId: 'snap-here' })", /open already/],
  [
    "snap.pay('token'); snap.pay('token')",
    /Invalid state transition from PopupInView to PopupInView\. snap\.pay: Snap is open already; call snap\.hide\(\) first/,
  ],
])('%s throws, and says what was expected', (script, message) =>
  inShop(async (shop) => {
    await expect(shop.run(script)).rejects.toThrow(message)
    await shop.run('snap.hide()')
    expect(await shop.called()).toEqual([])
  }),
)
