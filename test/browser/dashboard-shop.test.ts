import { expect, test } from 'vitest'
import { emulatorOfFile, newMerchant, newShop } from '../midtrans/merchant.ts'
import { expectAccessible } from './accessible.ts'
import { openPage, type PageOptions, tabOfFile } from './browser.ts'
import { answer, rightOtp, rightPin } from './payer-pages.ts'

const emulator = await emulatorOfFile()
const tab = tabOfFile()

const browsers: readonly PageOptions[] = [
  { javaScript: true, width: 'desktop' },
  { javaScript: false, width: 'phone' },
]

test.each(browsers)(
  'with %o, a newcomer links, pays, refunds and reads what happened, with the mouse alone',
  async (options) => {
    await using opened = await openPage(options)
    const { page } = opened
    const press = (testId: string) => page.getByTestId(testId).first().click()
    const key = `SB-Mid-server-mouse-${options.width}`

    await page.goto(emulator.url)
    await page.getByTestId('server-key').fill(key)
    await press('open')
    await press('to-shop')
    await press('handler-200')
    await page.getByTestId('payments-url').getByText('/practice/notifications/200').waitFor()
    await press('link')
    await press('note-link')
    await answer(page, 'consent')
    await answer(page, 'otp', { otp: rightOtp })
    await answer(page, 'pin', { pin: rightPin })
    await page.waitForURL('**/accounts?account_id=*')
    await page.locator('[data-status="ENABLED"]').first().waitFor()

    await press('nav-shop')
    await press('charge')
    await press('simulate-wrong-pin')
    await page.getByTestId('note').getByText('Wrong PIN').waitFor()
    await press('simulate-confirm')
    await page.locator('h1 [data-status="settlement"]').waitFor()
    await page.getByTestId('amount').fill('50.000')
    await press('refund')
    await page.locator('h1 [data-status="partial_refund"]').waitFor()

    const told = await page.getByTestId('timeline').innerText()
    const inOrder = ['POST /v2/charge', 'pin: wrong', 'pin: right', 'transaction pending -> settlement', '/refund']
    expect(inOrder.map((words) => told.indexOf(words))).toEqual(
      inOrder.map((words) => told.indexOf(words)).toSorted((a, b) => a - b),
    )
    expect(told).toContain('transaction.settlement, try 1: 200')
    const { admin } = { admin: emulator.admin(key) }
    expect(await admin.get('transactions')).toMatchObject([{ status: 'partial_refund' }])
  },
)

test.each(browsers)(
  'with %o, a newcomer sells with Snap, and carries a subscription on, with the mouse alone',
  async (options) => {
    await using opened = await openPage(options)
    const { page } = opened
    const press = (testId: string) => page.getByTestId(testId).first().click()
    const { admin, key } = await newShop(emulator)
    const merchantId = `G-sales-${options.width}`
    await admin.patch('settings', { merchant_id: merchantId, locale: 'en-EN' })
    await page.goto(`${emulator.url}/dashboard/${merchantId}/shop`)

    await press('snap')
    await page.locator('h1 [data-status="open"]').waitFor()
    await press('snap-page')
    await press('qr-pay')
    await page.locator('[data-stage="scan"]').waitFor()
    await page.goto(`${emulator.url}/dashboard/${merchantId}/snap`)
    await page.getByTestId('snap-row').getByRole('link').click()
    await page.getByTestId('payment').locator('[data-status="pending"]').waitFor()

    await press('nav-shop')
    await page.getByTestId('max-interval').fill('2')
    await press('subscribe')
    await press('to-next-charge')
    await page.getByTestId('charges').getByText('1 of 2').waitFor()
    await press('simulate-charge-now')
    await page.getByTestId('charges').getByText('2 of 2').waitFor()
    await page.locator('h1 [data-status="inactive"]').waitFor()
    await page.getByTestId('transaction-row').first().getByRole('link').click()
    await page.getByTestId('came-from').click()
    await page.getByTestId('charges').waitFor()
    expect(await emulator.admin(key).subscriptions()).toMatchObject([{ status: 'inactive', charges: 2 }])
  },
)

test('what another program does stands on the page at once', async () => {
  const { page } = await tab()
  const { admin, charge } = await newShop(emulator)
  await admin.patch('settings', { merchant_id: 'G-live' })
  await page.goto(`${emulator.url}/dashboard/G-live/transactions`)
  await page.getByTestId('search').fill('half a wo')
  await charge('order-live', 150_000)
  await page.getByTestId('transaction-row').getByText('pending').waitFor()
  await admin.simulate('confirm', 'order-live')
  await page.getByTestId('transaction-row').getByText('settlement').waitFor()
  // Whoever is typing is not disturbed.
  expect(await page.getByTestId('search').inputValue()).toBe('half a wo')
})

test('what cannot happen now says what it needs', async () => {
  const { page } = await tab()
  const { admin, charge } = await newShop(emulator)
  await admin.patch('settings', { merchant_id: 'G-why' })
  await charge('order-why', 50_000)
  await page.goto(`${emulator.url}/dashboard/G-why/transactions/order-why`)
  await page.getByText('What would be refused, and why').click()
  await page.getByText('needs a reservation (authorize), and it is settlement').waitFor()
  expect(await page.getByTestId('capture').count()).toBe(0)
})

const pages: readonly (readonly [name: string, path: string])[] = [
  ['the list of sandboxes', '/dashboard'],
  ['an overview', '/dashboard/G-axe'],
  ['the shop', '/dashboard/G-axe/shop'],
  ['the list of payments', '/dashboard/G-axe/transactions'],
  ['a payment', '/dashboard/G-axe/transactions/order-axe'],
  ['the list of accounts', '/dashboard/G-axe/accounts'],
  ['the list of subscriptions', '/dashboard/G-axe/subscriptions'],
  ['the list of Snap sessions', '/dashboard/G-axe/snap'],
  ['what is not there', '/dashboard/G-nowhere'],
]

test('every page can be used by everybody, and none is wider than a phone', async () => {
  const opened = await tab()
  const { page } = opened
  const { admin, api, charge, accountId } = await newShop(emulator)
  await admin.patch('settings', { merchant_id: 'G-axe' })
  await charge('order-axe', 150_000)
  await admin.rules([{ match: { operation: 'charge' }, outcome: 'deny:201' }])
  await charge('order-denied', 1_000)
  const { token: snapToken } = await api.post('/snap/v1/transactions', {
    transaction_details: { order_id: 'order-snap', gross_amount: 50_000 },
  })
  await admin.rules([])
  const { subscription_id } = await admin.trigger('subscription.charge')
  const withIds = [
    ['an account', `/dashboard/G-axe/accounts/${accountId}`],
    ['a subscription', `/dashboard/G-axe/subscriptions/${subscription_id}`],
    ['a Snap session', `/dashboard/G-axe/snap/${snapToken}`],
  ] as const
  for (const [name, path] of [...pages, ...withIds]) {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(emulator.url + path)
    await expectAccessible(page)
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
    expect(wide, `the width of ${name}`).toBeLessThanOrEqual(390)
    opened.problems.splice(
      0,
      opened.problems.length,
      ...opened.problems.filter((problem) => !problem.includes('G-nowhere')),
    )
  }
})

test('a sandbox that nobody has opened is opened by its key', async () => {
  const { page } = await tab()
  const { key } = newMerchant(emulator)
  await page.goto(`${emulator.url}/dashboard`)
  await page.getByTestId('server-key').fill(key)
  await page.getByTestId('open').click()
  await page.getByTestId('first-steps').waitFor()
})
