import { expect, test } from 'vitest'
import { emulatorOfFile, newShop, type Shop } from '../midtrans/merchant.ts'
import { openPage, type PageOptions } from './browser.ts'

const emulator = await emulatorOfFile()

/** A tab fails its test where the page asks another machine, breaks its policy, or has an error. */
async function openDocs(of: 'core-api' | 'admin-api', { admin }: Shop, options: PageOptions = {}) {
  const tab = await openPage(options)
  // GET /__admin/settings answers with all of them.
  const { merchant_id } = (await admin.get('settings')) as { merchant_id: string }
  await tab.page.goto(`${emulator.url}/dashboard/api?of=${of}&sandbox=${merchant_id}`)
  return { ...tab, operation: (id: string) => tab.page.locator(`[id$="-${id}"]`) }
}

test.each([
  ['core-api', 'postCharge', false],
  ['admin-api', 'postClockAdvance', false],
  ['core-api', 'postCharge', true],
] as const)('the description of the %s is shown, with %s, dark: %s', async (of, id, dark) => {
  await using docs = await openDocs(of, await newShop(emulator), { dark })
  await docs.operation(id).waitFor()
  const background = await docs.page.evaluate('getComputedStyle(document.documentElement).backgroundColor')
  expect(background).toBe(dark ? 'rgb(28, 32, 34)' : 'rgba(0, 0, 0, 0)')
})

test('a developer tries a charge on the page, as the sandbox from which the page was opened', async () => {
  const shop = await newShop(emulator)
  await using docs = await openDocs('core-api', shop)
  const charge = docs.operation('postCharge')
  await charge.locator('.opblock-summary-control').click()
  await charge.getByRole('button', { name: 'Try it out' }).click()
  await charge.locator('.examples-select-element').first().selectOption('plain GoPay, without a linked wallet')
  await charge.getByRole('button', { name: 'Execute' }).click()
  await charge.locator('.live-responses-table').getByText('GoPay transaction is created').first().waitFor()
  expect(await shop.status('order-4')).toMatchObject({ transaction_status: 'pending', gross_amount: '50000.00' })
})

test('a developer moves the clock on the page of the admin API', async () => {
  const shop = await newShop(emulator)
  await shop.admin.freeze()
  await using docs = await openDocs('admin-api', shop)
  const advance = docs.operation('postClockAdvance')
  await advance.locator('.opblock-summary-control').click()
  await advance.getByRole('button', { name: 'Try it out' }).click()
  await advance.getByRole('button', { name: 'Execute' }).click()
  await advance.locator('.live-responses-table').getByText('"happened"').first().waitFor()
})

test('the dashboard leads there and back', async () => {
  const { admin } = await newShop(emulator)
  const { merchant_id } = (await admin.get('settings')) as { merchant_id: string }
  await using tab = await openPage()
  const { page } = tab
  await page.goto(`${emulator.url}/dashboard/${merchant_id}`)
  await page.getByTestId('nav-api').click()
  await page.locator('[id$="-postCharge"]').waitFor()
  await page.getByTestId('admin-api').click()
  await page.locator('[id$="-postReset"]').waitFor()
  await page.getByTestId('home').click()
  await page.waitForURL(`**/dashboard/${merchant_id}`)
})
