import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FrameLocator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { payer, type TestEmulator } from '../../src/testkit/index.ts'
import { emulatorOfFile } from '../midtrans/merchant.ts'
import { newSnapMerchant, type SnapMerchant } from '../midtrans/snap/merchant.ts'
import { openPage, type PageOptions, type Tab } from './browser.ts'

/** A page of the merchant's, on an origin of its own: it loads snap.js, and writes down what is called back. */
const shopPage = (snapJs: string, clientKey: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shop</title>
<style>html { font-size: 62.5% }</style>
<script src="${snapJs}" data-client-key="${clientKey}"></script>
<script>
  window.called = []
  window.heard = []
  // Behind snap.js, which has heard it first.
  addEventListener('message', ({ data }) => heard.push(data.event))
  window.noting = Object.fromEntries(
    ['onSuccess', 'onPending', 'onError', 'onClose'].map((name) => [name, (...all) => called.push([name, ...all])]),
  )
</script>
<button id="buy">Buy</button><div id="snap-here" style="width: 480px"></div>
</html>`

export type Called = readonly (readonly [callback: string, result?: Readonly<Record<string, unknown>>])[]

export interface SnapShop {
  readonly merchant: SnapMerchant
  readonly origin: string
  readonly html: string
  /** The page in the frame: Snap's, or GoPay's. */
  readonly frame: FrameLocator
  /** snap.pay, or another function of snap, with all callbacks and these options; whose names are `without` are left out. */
  call(name: 'pay' | 'embed', token: unknown, options?: object, without?: readonly string[]): Promise<void>
  /** Runs this in the merchant's page. */
  run<T = unknown>(script: string): Promise<T>
  /** What was called back so far. */
  called(): Promise<Called>
  [Symbol.asyncDispose](): Promise<void>
}

interface ShopOptions extends PageOptions {
  /** What the script tag names; missing: the sandbox's own. */
  readonly clientKey?: string
}

/** For a file of tests: each of them in a tab and a shop of its own, `await inShop(async (shop, tab) => ...)`. */
export async function snapShops() {
  const emulator = await emulatorOfFile()
  return async (check: (shop: SnapShop, tab: Tab) => Promise<unknown>, options: ShopOptions = {}): Promise<void> => {
    await using tab = await openPage(options)
    await using shop = await openSnapShop(tab.page, emulator, options)
    await check(shop, tab)
    tab.problems.splice(0, Number.POSITIVE_INFINITY, ...withoutExpected(tab.problems))
  }
}

/** A merchant with a shop, in this page. */
async function openSnapShop(page: Page, emulator: TestEmulator, { clientKey }: ShopOptions): Promise<SnapShop> {
  const merchant = newSnapMerchant(emulator)
  const { client_key } = (await merchant.admin.get('settings')) as { client_key: string }
  const html = shopPage(`${emulator.url}/snap/snap.js`, clientKey ?? client_key)
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Another name than the emulator's: another site, not only another origin.
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  await page.goto(origin)
  const run: SnapShop['run'] = (script) => page.evaluate(script)
  return {
    merchant,
    origin,
    html,
    frame: page.frameLocator('iframe'),
    run,
    call: async (name, token, options = {}, without = []) => {
      const kept = `Object.fromEntries(Object.entries(noting).filter(([name]) => !${JSON.stringify(without)}.includes(name)))`
      await run(`snap.${name}(${JSON.stringify(token)}, { ...${kept}, ...${JSON.stringify(options)} })`)
    },
    called: () => run('called'),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export const customer = { user_id: 'customer-1', gopay: { tokenization: true } }

/** The customer has linked the happy payer's wallet before. */
export async function linkCustomer({ merchant }: SnapShop): Promise<void> {
  const created = await merchant.create('first-order', 1_000, customer)
  await payer.walk(String(created.body.redirect_url), { choose: 'link', phone: '08215023424' })
}

export const isOpen = (shop: SnapShop) => shop.run<boolean>("document.getElementById('snap-midtrans') !== null")

/** Types a code on a page of GoPay's, which sends itself with the last digit: once its script is there. */
export const type = (frame: FrameLocator, field: 'otp' | 'pin', code: string): Promise<void> =>
  frame.locator(`html[data-framed] [data-testid="${field}"]`).fill(code)

/** Waits until the page in the frame has told this. */
export const hears = (shop: SnapShop, event: string): Promise<void> =>
  expect.poll(() => shop.run<string[]>('heard').then((all) => all.at(-1)), patient).toBe(event)

/** The machine may have much to do. */
export const patient = { timeout: 8_000 }

/** What the browser says of pages in frames, and snap.js of errors: no fault. */
export const withoutExpected = (problems: readonly string[]): string[] =>
  problems.filter((each) => !each.includes('Blocked autofocusing') && !each.startsWith('console: [Snap]'))
