import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { emulatorOfFile, newShop } from '../midtrans/merchant.ts'
import { openPage } from './browser.ts'
import { chargeWallet, rightPin, type Stage } from './payer-pages.ts'

const emulator = await emulatorOfFile()

/** The site of a merchant, under another name than the emulator's, with a page in a frame. */
async function openShop(framed: string) {
  const server = createServer((_request, response) => {
    const frame = `<iframe src="${framed}" title="Pay" width="400" height="900"></iframe>`
    response.setHeader('content-type', 'text/html').end(`<!doctype html><html lang="en"><title>Shop</title>${frame}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

test('a page in a frame works where the merchant is named, and is not shown where they are not', async () => {
  await using tab = await openPage()
  const { page, problems } = tab
  const { key: serverKey, admin, accountId } = await newShop(emulator)
  const stage: Stage = { page, url: emulator.url, serverKey, admin, locale: 'id-ID' }
  await page.goto(await chargeWallet(stage, accountId))
  await using shop = await openShop(page.url())
  await page.goto(shop.origin)
  await expect.poll(() => problems.join()).toContain("frame-ancestors 'none'")
  problems.splice(0)

  await admin.patch('settings', { frame_ancestors: [shop.origin] })
  await page.goto(shop.origin)
  const framed = page.frameLocator('iframe')
  await framed.getByTestId('pin').fill(rightPin)
  await framed.locator('[data-ending="paid"]').waitFor()
  // Browsers let no frame take the focus by itself, and say so.
  expect(problems.splice(0).filter((each) => !each.includes('Blocked autofocusing'))).toEqual([])
})
