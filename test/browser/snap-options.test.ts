import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { openInbox } from '../../src/testkit/index.ts'
import { rightPin } from './payer-pages.ts'
import { customer, hears, isOpen, linkCustomer, patient, type SnapShop, snapShops, type } from './snap-shop.ts'

const inShop = await snapShops()

/** Pays below 100,000 from the linked wallet: no PIN. */
const payAtOnce = ({ frame }: SnapShop) => frame.getByTestId('pay').click()

test('in an element of the page: embed shows the page there, and calls back', () =>
  inShop(async (shop, { page }) => {
    await linkCustomer(shop)
    const token = await shop.merchant.token('order-1', 150_000, customer)
    await shop.call('embed', token, { embedId: 'snap-here' })
    await shop.frame.getByTestId('pay').click()
    await shop.frame.locator('[data-framed] [data-testid="pin"]').click()
    // What has no button to close it is not closed by a key either.
    await page.keyboard.press('Escape')
    expect(await page.locator('#snap-here iframe').boundingBox()).toMatchObject({ width: 480, height: 560 })
    await type(shop.frame, 'pin', rightPin)
    await expect.poll(() => shop.called(), patient).toMatchObject([['onSuccess', { order_id: 'order-1' }]])
    expect(await page.locator('#snap-here iframe').count()).toBe(0)
    expect(await shop.run('document.body.style.overflow')).toBe('')
  }))

test('a page that was opened as a file sells as well', () =>
  inShop(async (shop, { page }) => {
    const folder = await mkdtemp(join(tmpdir(), 'snap-'))
    const file = join(folder, 'shop.html')
    await writeFile(file, shop.html)
    await page.goto(pathToFileURL(file).href)
    await linkCustomer(shop)
    await shop.call('pay', await shop.merchant.token('order-1', 50_000, customer))
    await payAtOnce(shop)
    await expect.poll(() => shop.called(), patient).toMatchObject([['onSuccess', { order_id: 'order-1' }]])
    await rm(folder, { recursive: true })
  }))

test('snap.show opens the popup before there is a token, and snap.hide closes it without a word', () =>
  inShop(async (shop) => {
    await shop.run('snap.show()')
    expect(await isOpen(shop)).toBe(true)
    await shop.call('pay', await shop.merchant.token('order-1', 150_000))
    await shop.frame.getByTestId('way-qr').waitFor()
    expect(await shop.run('document.querySelectorAll("dialog").length')).toBe(1)
    await shop.run('snap.hide(); snap.hide()')
    expect(await isOpen(shop)).toBe(false)
    expect(await shop.run('document.body.style.overflow')).toBe('')
    expect(await shop.called()).toEqual([])
  }))

test.each([
  ['en', 'How would you like to pay?'],
  ['id', 'Mau bayar dengan apa?'],
  ['fr', 'Mau bayar dengan apa?'],
])('language %s: %s', (language, title) =>
  inShop(async (shop) => {
    await shop.call('pay', await shop.merchant.token('order-1', 150_000), { language })
    await expect.poll(() => shop.frame.getByTestId('title').textContent(), patient).toBe(title)
  }),
)

test('another language chosen in the popup holds on all pages, and the shop is told as before', () =>
  inShop(async (shop) => {
    await linkCustomer(shop)
    await shop.call('pay', await shop.merchant.token('order-1', 150_000, customer))
    await shop.frame.getByTestId('lang-en').click()
    await expect.poll(() => shop.frame.getByTestId('title').textContent(), patient).toBe('How would you like to pay?')
    await shop.frame.getByTestId('pay').click()
    await expect.poll(() => shop.frame.getByTestId('title').textContent(), patient).toBe('Enter your PIN')
    await type(shop.frame, 'pin', rightPin)
    await expect.poll(() => shop.called(), patient).toMatchObject([['onSuccess', { order_id: 'order-1' }]])
  }))

test('options that change nothing are named in the console', () =>
  inShop(async (shop, { page }) => {
    const said: string[] = []
    page.on('console', (message) => said.push(message.text()))
    await shop.call('pay', await shop.merchant.token('order-1', 150_000), { gopayMode: 'qr', uiMode: 'qr' })
    const named = () => said.filter((line) => line.includes('changes nothing')).join('\n')
    await expect.poll(named, patient).toMatch(/uiMode .*\n.*gopayMode /)
  }))

test('autoCloseDelay: the page that says "paid" stays so long; who closes it before is not kept waiting', () =>
  inShop(async (shop, { page }) => {
    await linkCustomer(shop)
    await shop.call('pay', await shop.merchant.token('order-1', 50_000, customer), { autoCloseDelay: 60 })
    await payAtOnce(shop)
    await hears(shop, 'success')
    expect(await shop.frame.getByTestId('title').getAttribute('data-ending')).toBe('paid')
    expect(await shop.called()).toEqual([])
    await page.getByTestId('snap-close').click()
    expect(await shop.called()).toMatchObject([['onSuccess', { order_id: 'order-1' }]])
  }))

test('without callbacks the customer goes to the finish page', () =>
  inShop(async (shop, { page }) => {
    await using site = await openInbox()
    await linkCustomer(shop)
    const callbacks = { finish: `${site.url}thanks?ref=7` }
    const token = await shop.merchant.token('order-1', 50_000, { ...customer, callbacks })
    await shop.call('pay', token, {}, ['onSuccess'])
    await payAtOnce(shop)
    await page.waitForURL(`${site.url}thanks?ref=7&order_id=order-1&status_code=200&transaction_status=settlement`)
    // The browser still asks for the icon of a site that is about to close.
    await page.goto('about:blank')
  }))

test('a callback may open the next payment', () =>
  inShop(async (shop, { page }) => {
    const [first, second] = [await shop.merchant.token('order-1', 1_000), await shop.merchant.token('order-2', 2_000)]
    await shop.run(`snap.pay('${first}', { onClose: () => snap.pay('${second}') })`)
    await shop.frame.getByTestId('way-qr').waitFor()
    await page.getByTestId('snap-close').click()
    await expect.poll(() => shop.frame.getByTestId('order').textContent(), patient).toBe('order-2')
    expect(await isOpen(shop)).toBe(true)
  }))

test('what other windows say is not believed, nor what the frame says of another token', () =>
  inShop(async (shop, { page }) => {
    const token = await shop.merchant.token('order-1', 150_000)
    await shop.call('pay', token)
    await shop.frame.getByTestId('way-qr').waitFor()
    const lie = (of: string) => JSON.stringify({ from: 'midtrans-snap', token: of, event: 'success', result: {} })
    // The page itself, and a frame of somebody's.
    await shop.run(`postMessage(${lie(token)}, '*')`)
    await shop.run(`{
      const other = document.createElement('iframe')
      other.srcdoc = ${JSON.stringify(`<script>parent.postMessage(${lie(token)}, '*')</scr`)} + 'ipt>'
      new Promise((done) => { other.onload = done; document.body.append(other) })
    }`)
    const frame = page.frame('snap-popup')
    await frame?.evaluate(`parent.postMessage(${lie('another-token')}, '*')`)
    // Whatever was said before this has been heard.
    await frame?.evaluate("parent.postMessage({ from: 'midtrans-snap', event: 'close' }, '*')")
    await expect.poll(() => shop.called(), patient).toEqual([['onClose']])
  }))
