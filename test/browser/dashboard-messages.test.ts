import { expect, test } from 'vitest'
import { openInbox } from '../../src/testkit/index.ts'
import { emulatorOfFile, newShop, type Shop } from '../midtrans/merchant.ts'
import { expectAccessible } from './accessible.ts'
import { openPage, tabOfFile } from './browser.ts'
import { widths } from './widths.ts'

const emulator = await emulatorOfFile()
const tab = tabOfFile()

interface Told {
  readonly id: string
  readonly body: Readonly<Record<string, string>>
}

/** A merchant whose clock stands still, and the address of its pages. */
async function shopTold(url: string): Promise<{ readonly shop: Shop; readonly base: string }> {
  const shop = await newShop(emulator)
  await shop.admin.freeze()
  // GET and PATCH /__admin/settings answer with all of them.
  const { merchant_id } = (await shop.admin.patch('settings', { payment_notification_url: url })) as {
    merchant_id: string
  }
  return { shop, base: `${emulator.url}/dashboard/${merchant_id}` }
}

/** The latest first, as GET /__admin/notifications answers. */
const toldOf = async ({ admin }: Shop) => (await admin.get('notifications')) as readonly Told[]

test.each([true, false])(
  'a developer holds notifications, changes one, and lets it go, JavaScript: %s',
  async (javaScript) => {
    await using inbox = await openInbox()
    await using opened = await openPage({ javaScript })
    const { page } = opened
    const { shop, base } = await shopTold(inbox.url)
    await page.goto(`${base}/notifications`)
    await page.getByTestId('hold-all').click()
    await page.getByTestId('holds').getByText('All new notifications wait').waitFor()
    expect(await page.getByTestId('hold-all').isDisabled()).toBe(true)
    for (const order of ['order-1', 'order-2', 'order-3']) await shop.charge(order, 1_000)
    await shop.admin.advance('1h')
    expect(inbox.received).toEqual([])

    await page.goto(`${base}/notifications`)
    const held = page.getByTestId('held-row')
    await held.filter({ hasText: 'order-3' }).getByTestId('release-twice').click()
    await expect.poll(() => held.count()).toBe(2)
    await held.filter({ hasText: 'order-2' }).getByTestId('drop').click()
    await expect.poll(() => held.count()).toBe(1)
    await held.getByTestId('to-edit').click()
    await page.getByTestId('fields').fill('{"transaction_status": "deny", "fraud_status": null}')
    await page.getByTestId('edit').click()
    await page.getByTestId('note').getByText('Change what is sent').waitFor()
    await page.getByTestId('own-body').click()
    expect(await page.getByTestId('line-changed').first().textContent()).toMatch(/transaction_status.*"deny"/s)
    expect(await page.getByTestId('line-removed').textContent()).toContain('fraud_status')
    await page.getByTestId('release').click()
    await page.getByTestId('why-not').waitFor()
    await shop.admin.advance('0s')
    const arrived = inbox.received.map(({ body }) => `${body.order_id} ${body.transaction_status}`)
    expect(arrived.sort()).toEqual(['order-1 deny', 'order-3 settlement', 'order-3 settlement'])
  },
)

test('a developer sees why a notification failed, and sends it elsewhere', async () => {
  await using broken = await openInbox()
  await using mended = await openInbox()
  broken.answer(() => 500)
  const { page } = await tab()
  const { shop, base } = await shopTold(broken.url)
  await shop.charge('order-1', 1_000)
  await shop.admin.advance('1h')
  await page.goto(`${base}/notifications?state=failed`)
  const row = page.getByTestId('notification-row')
  expect(await row.textContent()).toMatch(/transaction\.settlement.*order-1.*failed.*2.*HTTP 500/s)
  await row.getByRole('link', { name: 'transaction.settlement' }).click()
  await page.getByTestId('try').nth(1).waitFor()
  expect(await page.getByTestId('way').textContent()).toContain('tried again once, and given up')
  await page.getByTestId('elsewhere').click()
  await page.getByTestId('url').fill(`${mended.url}again`)
  await page.getByTestId('resend-to').click()
  await page.getByTestId('way').nth(1).waitFor()
  await expect.poll(() => mended.received.map(({ body }) => body.order_id)).toEqual(['order-1'])
  expect(await page.getByTestId('signature').first().textContent()).toBe('valid')
})

test('a developer compares two notifications of one order, the earlier one first', async () => {
  const { page } = await tab()
  const { shop, base } = await shopTold('')
  await shop.charge('order-1', 150_000)
  await shop.api.post('/v2/order-1/cancel')
  const [cancelled, pending] = await toldOf(shop)
  await page.goto(`${base}/notifications/${pending?.id}`)
  expect(await page.getByTestId('resend').isDisabled()).toBe(true)
  await page.getByTestId('with').selectOption(cancelled?.id ?? '')
  await page.getByTestId('compare-button').click()
  const status = page.getByTestId('line-changed').filter({ hasText: 'transaction_status' })
  expect(await status.textContent()).toMatch(/"pending".*"cancel"/s)
  await page.getByTestId('line-same').filter({ hasText: 'order_id' }).waitFor()
})

test('a developer finds a request, reads it without its secrets, and repeats it', async () => {
  const { page } = await tab()
  const { shop, base } = await shopTold('')
  await shop.charge('order-1', 1_000, { headers: { 'x-emulator-outcome': 'deny:112' } })
  await shop.charge('order-2', 1_000)
  await page.goto(`${base}/requests?operation=charge&from=merchant`)
  await page.getByTestId('search').fill('order-1')
  await page.getByTestId('filter').click()
  const row = page.getByTestId('request-row')
  await expect.poll(() => row.count()).toBe(1)
  expect(await row.textContent()).toMatch(/POST \/v2\/charge.*order-1.*202.*200/s)
  await row.getByRole('link', { name: 'POST /v2/charge' }).click()
  expect(await page.getByTestId('sent').textContent()).toContain('"order_id": "order-1"')
  expect(await page.getByTestId('sent').textContent()).not.toContain(shop.token)
  expect(await page.getByTestId('answer').textContent()).toContain('"transaction_status": "deny"')
  expect(await page.getByTestId('text-curl').textContent()).toContain(`x-emulator-outcome: deny:112`)
  await page.getByTestId('about').click()
  await page.waitForURL(/\/transactions\//)

  await page.goto(`${base}/requests`)
  await page.getByTestId('forget').click()
  await page.getByText('No requests yet').waitFor()
  expect(await shop.admin.requests()).toEqual([])
})

test.each([
  ['wrong-signature', /not valid.*another key/s],
  ['cut:20', /not valid.*no JSON/s],
])('a developer sees what a rule has done to a notification: %s', async (outcome, why) => {
  await using inbox = await openInbox()
  const { page } = await tab()
  const { shop, base } = await shopTold(inbox.url)
  await shop.admin.rules([{ match: { operation: 'notification' }, outcome }])
  await shop.admin.post('gate/hold', {})
  await shop.charge('order-1', 1_000)
  const [told] = await toldOf(shop)
  await page.goto(`${base}/notifications/${told?.id}`)
  expect(await page.getByTestId('signature').first().textContent()).toBe('valid')
  await page.getByTestId('own-body').click()
  expect(await page.getByTestId('way').textContent()).toMatch(why)
  await page.getByTestId('to-edit').click()
  // Of what a rule has cut, no field can be set.
  expect(await page.getByTestId('edit').isDisabled()).toBe(outcome === 'cut:20')
})

test('a developer with any eyes or hands can use these pages', async () => {
  await using inbox = await openInbox()
  inbox.answer(() => 503)
  const { page } = await tab()
  const { shop, base } = await shopTold(inbox.url)
  await shop.charge('order-1', 150_000)
  await shop.admin.advance('1m')
  await shop.admin.post('gate/hold', {})
  await shop.api.post('/v2/order-1/cancel')
  const [held, tried] = await toldOf(shop)
  const [request] = await shop.admin.requests({ operation: 'charge' })
  const paths = ['notifications', `notifications/${held?.id}`, `notifications/${tried?.id}?with=${held?.id}`]
  for (const path of [...paths, 'requests', `requests/${request?.id}`]) {
    await page.goto(`${base}/${path}`)
    await page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
    for (const { viewport } of [widths.phone, widths.desktop]) {
      await page.setViewportSize(viewport)
      await expectAccessible(page)
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth')
      expect(overflow, 'nothing stands out to the side').toBeLessThanOrEqual(viewport.width)
    }
  }
})
