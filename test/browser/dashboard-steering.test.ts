import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { emulatorOfFile, newShop } from '../midtrans/merchant.ts'
import { expectAccessible } from './accessible.ts'
import { openPage, type PageOptions, tabOfFile } from './browser.ts'
import { widths } from './widths.ts'

const emulator = await emulatorOfFile()
const tab = tabOfFile()

const browsers: readonly PageOptions[] = [
  { javaScript: true, width: 'desktop' },
  { javaScript: false, width: 'phone' },
]

/** A shop whose sandbox is called so; its clock stands still. */
async function shopCalled(merchantId: string) {
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { merchant_id: merchantId })
  await shop.admin.post('clock/freeze')
  return { ...shop, base: `${emulator.url}/dashboard/${merchantId}` }
}

test.each(browsers)('with %o, a jump of the clock tells what happened on the way', async (options) => {
  await using opened = await openPage(options)
  const { page } = opened
  const { admin, charge, base } = await shopCalled(`G-jump-${options.width}`)
  await admin.post('clock/set', { to: '2030-01-01T08:00:00+07:00' })
  await charge('order-jump', 150_000)
  await page.goto(`${base}/clock`)
  expect(await page.getByTestId('now').innerText()).toContain('2030-01-01 08:00:00')
  expect(await page.getByTestId('now-utc').innerText()).toContain('2030-01-01 01:00:00')
  expect(await page.getByTestId('freeze').isDisabled()).toBe(true)
  expect(await page.getByTestId('next-event').innerText()).toMatch(/2030-01-01 08:05:00 .*page closes.*order-jump/)
  expect(await page.getByTestId('upcoming-row').count()).toBe(2)

  await page.getByTestId('jump-15m').click()
  await page
    .getByTestId('note')
    .getByText('2030-01-01 08:15:00: transaction pending -> expire, order order-jump')
    .waitFor()
  await page.getByTestId('nothing-ahead').waitFor()
  expect(await page.getByTestId('next').isDisabled()).toBe(true)

  await page.getByTestId('by').fill('soon')
  await page.getByTestId('advance').click()
  await page.getByTestId('note').getByText('found "soon"').waitFor()
  await page.getByTestId('by').fill('PT5M')
  await page.getByTestId('advance').click()
  await page.getByTestId('note').getByText('Nothing happened on the way.').waitFor()
  await page.getByTestId('to').fill('2030-01-02T12:30:00')
  await page.getByTestId('set-clock').click()
  await page.getByTestId('now').getByText('2030-01-02 12:30:00').waitFor()

  await page.getByTestId('speed-600').click()
  await page.getByTestId('note').getByText('600 times').waitFor()
  expect(await admin.get('clock')).toMatchObject({ mode: 'frozen', speed: 600, now: '2030-01-02T05:30:00.000Z' })
})

test.each(browsers)('with %o, the clock can be moved from any page', async (options) => {
  await using opened = await openPage(options)
  const { page } = opened
  const { admin, charge, base } = await shopCalled(`G-quick-${options.width}`)
  await charge('order-quick', 150_000)
  await page.goto(`${base}/transactions/order-quick`)
  await page.getByTestId('clock').click()
  await page.getByTestId('quick-next').click()
  await page.getByTestId('note').getByText('page pin -> expired').waitFor()
  await page.getByTestId('clock').click()
  await page.getByTestId('quick-jump-15m').click()
  await page.locator('h1 [data-status="expire"]').waitFor()
  await page.getByTestId('clock').click()
  await page.getByTestId('quick-resume').click()
  await page.getByTestId('note').getByText('Resume', { exact: true }).waitFor()
  expect(await admin.get('clock')).toMatchObject({ mode: 'running' })
})

test.each(browsers)(
  'with %o, settings are saved as they were changed, and a wrong one is not lost',
  async (options) => {
    await using opened = await openPage(options)
    const { page } = opened
    const { admin, base } = await shopCalled(`G-set-${options.width}`)
    const settings = () => admin.get('settings')
    await page.goto(`${base}/settings`)

    await page.getByTestId('payment_notification_url').fill('nowhere')
    await page.getByTestId('notification_hosts').fill('shop.example, *.test')
    await page.getByTestId('save-notifications').click()
    await page.getByTestId('note').getByText('payment_notification_url: found "nowhere"').waitFor()
    expect(await page.getByTestId('notification_hosts').inputValue()).toBe('shop.example, *.test')
    await page.getByTestId('payment_notification_url').fill('http://localhost:3000/notify')
    await page.getByTestId('save-notifications').click()
    await page.locator('.note.good').waitFor()
    expect(await settings()).toMatchObject({
      payment_notification_url: 'http://localhost:3000/notify',
      notification_hosts: ['shop.example', '*.test'],
    })
    // What was not changed is not set by hand from now on.
    const sent = await page.getByTestId('note-curl').textContent()
    expect(sent).not.toContain('retry_shift')

    /** Presses a button, and waits for the page that comes next: what is changed on the old one is lost with it. */
    const press = async (testId: string) => {
      const before = page.url()
      await page.getByTestId(testId).click()
      await page.waitForURL(({ href }) => href !== before)
    }
    await page.getByTestId('notification_hosts').fill('')
    await press('save-notifications')
    await expect.poll(settings).toMatchObject({ notification_hosts: [] })
    await page.getByTestId('quirk-blocked_payer').selectOption('status-402')
    await press('save-quirks')
    await expect.poll(settings).toMatchObject({ quirks: { blocked_payer: 'status-402' } })
    expect(await page.getByTestId('quirk-unauthorized_text').isDisabled()).toBe(true)

    await page.getByTestId('merchant_id').fill(`G-new-${options.width}`)
    await page.getByTestId('save-sandbox').click()
    await page.waitForURL(`**/dashboard/G-new-${options.width}/settings?*`)
  },
)

test.each(browsers)('with %o, a sandbox is kept, brought back, forked and deleted', async (options) => {
  await using opened = await openPage(options)
  const { page } = opened
  const { charge, key, base } = await shopCalled(`G-keep-${options.width}`)
  const payments = () => emulator.admin(key).get('transactions')
  await charge('order-kept', 50_000)
  await page.goto(`${base}/state`)
  await page.getByTestId('snapshot-name').fill('paid')
  await page.getByTestId('take-snapshot').click()
  await page.getByTestId('snapshot-row').waitFor()
  await page.getByTestId('over').click()
  await page.getByTestId('reset').click()
  await expect.poll(payments).toEqual([])
  await page.getByTestId('restore').click()
  await expect.poll(payments).toMatchObject([{ order_id: 'order-kept' }])

  const file = await fetch(new URL((await page.getByTestId('export').getAttribute('href')) ?? '', emulator.url))
  expect(JSON.stringify(await file.json())).toContain('order-kept')

  await page.getByTestId('fork-key').fill(`${key}-fork`)
  await page.getByTestId('fork-from').selectOption('paid')
  await page.getByTestId('fork').click()
  await page.getByTestId('note').getByText('Fork', { exact: true }).waitFor()
  expect(page.url()).not.toContain(base)
  await page.getByTestId('transaction-row').getByText('order-kept').waitFor()

  await page.goto(`${base}/state`)
  await page.getByTestId('over').click()
  await page.getByTestId('delete-sandbox').click()
  await page.waitForURL(`${emulator.url}/dashboard?told=*`)
  await page.getByTestId('note').getByText('Delete this sandbox', { exact: true }).waitFor()
  expect(await page.getByRole('link', { name: `G-keep-${options.width}` }).count()).toBe(0)
})

test('whoever connects a shop finds the code of the README with their own key, and sees the first request come', async () => {
  const { page } = await tab()
  const key = 'SB-Mid-server-connect'
  const admin = emulator.admin(key)
  await admin.patch('settings', { merchant_id: 'G-connect' })
  await page.goto(`${emulator.url}/dashboard/G-connect/connect`)
  await page.getByTestId('last-request').getByText('No request yet').waitFor()
  const readme = readFileSync('README.md', 'utf8')
  const [, block = ''] = /```js\n([^`]*ApiConfig[^`]*)\nconsole\.log/.exec(readme) ?? []
  expect(block).toContain('SB-Mid-server-local')
  expect(await page.getByTestId('code-node').textContent()).toBe(
    block.replace('http://localhost:8765', emulator.url).replace('SB-Mid-server-local', key),
  )
  const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`
  expect(await page.getByTestId('code-other').textContent()).toBe(`Authorization: ${authorization}`)
  await fetch(`${emulator.url}/v2/order-none/status`, { headers: { authorization } })
  await page.getByTestId('last-request').getByText('GET /v2/order-none/status').waitFor()
})

test.each(['clock', 'settings', 'state', 'connect'])(
  'anybody can use the page "%s", on a phone as well',
  async (name) => {
    const { page } = await tab()
    const { admin, charge, base } = await shopCalled(`G-axe-${name}`)
    await charge('order-axe', 150_000)
    await admin.post('snapshots', { name: 'first' })
    for (const { viewport } of [widths.phone, widths.desktop]) {
      await page.setViewportSize(viewport)
      await page.goto(`${base}/${name}`)
      for (const summary of await page.locator('main summary').all()) await summary.click()
      await page.getByTestId('clock').click()
      await expectAccessible(page)
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth')
      expect(overflow, 'nothing stands out to the side').toBeLessThanOrEqual(viewport.width)
    }
  },
)
