import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { emulatorOfFile } from '../midtrans/merchant.ts'
import { expectAccessible } from './accessible.ts'
import { tabOfFile } from './browser.ts'
import { payerPages } from './payer-pages.ts'
import { widths } from './widths.ts'

const emulator = await emulatorOfFile()
const tab = tabOfFile({ width: 'phone' })

for (const [name, open] of Object.entries(payerPages)) {
  test(`a payer with any eyes or hands can use the page "${name}"`, async () => {
    const { page } = await tab()
    const serverKey = `SB-Mid-server-${randomUUID()}`
    await open({ page, url: emulator.url, serverKey, admin: emulator.admin(serverKey), locale: 'id-ID' })
    expect(await page.getByTestId('title').textContent()).not.toBe('')
    for (const { viewport } of [widths.phone, widths.desktop]) {
      await page.setViewportSize(viewport)
      await expectAccessible(page)
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth')
      expect(overflow, 'nothing stands out to the side').toBeLessThanOrEqual(viewport.width)
    }
  })
}
