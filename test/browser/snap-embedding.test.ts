import { expect, test } from 'vitest'
import { openInbox } from '../../src/testkit/index.ts'
import { answer, rightPin } from './payer-pages.ts'
import { isOpen, patient, snapShops } from './snap-shop.ts'

const inShop = await snapShops()

test('a framework that takes the embedded element away may embed again', () =>
  inShop(async (shop) => {
    const [first, second] = [await shop.merchant.token('order-1', 1_000), await shop.merchant.token('order-2', 2_000)]
    await shop.call('embed', first, { embedId: 'snap-here' })
    await shop.run("document.getElementById('snap-here').replaceChildren()")
    await shop.call('embed', second, { embedId: 'snap-here' })
    await expect.poll(() => shop.frame.getByTestId('order').textContent(), patient).toBe('order-2')
  }))

test('a page that replaces its body while the popup is open can open it again, and scrolls', () =>
  inShop(async (shop) => {
    const token = await shop.merchant.token('order-1', 1_000)
    await shop.call('pay', token)
    await shop.run("document.body.replaceChildren(document.createElement('p'))")
    await shop.call('pay', token)
    await shop.frame.getByTestId('way-qr').waitFor()
    await shop.run('snap.hide()')
    expect(await shop.run('document.body.style.overflow')).toBe('')
  }))

test('loaded a second time, as frameworks do, it is still one Snap', () =>
  inShop(async (shop) => {
    await shop.call('pay', await shop.merchant.token('order-1', 1_000))
    await shop.run(`new Promise((done) => {
      const { src, dataset } = document.querySelector('script')
      const again = Object.assign(document.createElement('script'), { src, onload: done })
      again.dataset.clientKey = dataset.clientKey
      document.head.append(again)
    })`)
    await shop.frame.getByTestId('way-qr').waitFor()
    await shop.run('snap.hide()')
    expect(await isOpen(shop)).toBe(false)
  }))

test('options that are null are none', () =>
  inShop(async (shop) => {
    const token = await shop.merchant.token('order-1', 1_000)
    await shop.run(`snap.pay('${token}', null)`)
    await shop.frame.getByTestId('way-qr').waitFor()
  }))

test('the app opens in a tab of its own, so that the popup stays whatever the app leads back to', () =>
  inShop(async (shop, { page }) => {
    await using site = await openInbox()
    const gopay = { enable_callback: true, callback_url: `${site.url}back` }
    await shop.call('pay', await shop.merchant.token('order-1', 150_000, { gopay }))
    await shop.frame.getByTestId('qr-pay').click()
    const opening = page.context().waitForEvent('page')
    await shop.frame.getByTestId('open-app').click()
    const app = await opening
    await answer(app, 'phone', { phone: '08215023424' })
    await answer(app, 'pin', { pin: rightPin })
    await app.waitForURL(/back\?/)
    await expect.poll(() => shop.called(), patient).toMatchObject([['onSuccess', { order_id: 'order-1' }]])
  }))

test('a strict content security policy that names the emulator is enough', () =>
  inShop(async (shop, { page }) => {
    await shop.run(`{
      const { origin } = new URL(document.querySelector('script').src)
      const content = "default-src 'none'; frame-src " + origin + "; require-trusted-types-for 'script'"
      document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'Content-Security-Policy', content }))
    }`)
    await shop.call('pay', await shop.merchant.token('order-1', 1_000))
    await shop.frame.getByTestId('way-qr').waitFor()
    expect(await page.locator('#snap-midtrans').boundingBox()).toMatchObject({ width: 432 })
  }))
