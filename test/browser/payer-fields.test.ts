import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openInbox } from '../../src/testkit/index.ts'
import { emulatorOfFile, newShop } from '../midtrans/merchant.ts'
import { openPage, type PageOptions } from './browser.ts'
import {
  answer,
  chargeWallet,
  formOf,
  openPanel,
  rightOtp,
  rightPin,
  type Stage,
  startLink,
  startPlain,
} from './payer-pages.ts'

const emulator = await emulatorOfFile()
const focused = (page: Page) => page.evaluate('document.activeElement.dataset.testid')

async function newStage(page: Page) {
  const { key: serverKey, admin, accountId } = await newShop(emulator)
  const stage: Stage = { page, url: emulator.url, serverKey, admin, locale: 'id-ID' }
  return { stage, accountId }
}

test('six digits are enough: the page sends itself, once, and leads to the merchant', async () => {
  await using shopSite = await openInbox()
  await using tab = await openPage({ width: 'phone' })
  const { page } = tab
  const { stage, accountId } = await newStage(page)
  await page.goto(await chargeWallet(stage, accountId, `${shopSite.url}paid`))
  await formOf(page, 'pin').waitFor()
  expect(await focused(page)).toBe('pin')
  await page.keyboard.type('11223')
  expect(await page.getByTestId('title').textContent()).toBe('Masukkan PIN')
  const forms: string[] = []
  page.on('request', (request) => request.method() === 'POST' && forms.push(request.url()))
  await page.keyboard.type('3')
  await page.keyboard.press('Enter')
  await page.waitForURL(`${shopSite.url}paid?order_id=order-2026-001&result=success`)
  expect(forms).toHaveLength(1)
})

test('a form that is sent twice goes once', async () => {
  await using tab = await openPage()
  const { page } = tab
  const { stage } = await newStage(page)
  await page.goto((await startLink(stage, { phone_number: '8242974268', country_code: '62' })).link)
  await formOf(page, 'consent').waitFor()
  const sent = await page.evaluate<number>(`{
    let sent = 0
    document.addEventListener('submit', (event) => { if (!event.defaultPrevented) sent++ })
    for (let clicks = 0; clicks < 3; clicks++) document.querySelector('[data-testid=submit]').click()
    sent
  }`)
  expect(sent).toBe(1)
  await formOf(page, 'otp').waitFor()
})

test.each(['987-654', '987 654', ' 987654 '])('a code pasted as "%s" is whole', async (code) => {
  await using tab = await openPage()
  const { page } = tab
  const { stage } = await newStage(page)
  await page.goto((await startLink(stage, { phone_number: '8242974268', country_code: '62' })).link)
  await answer(page, 'consent')
  await formOf(page, 'otp').waitFor()
  await page.keyboard.insertText(code)
  await formOf(page, 'pin').waitFor()
})

test('a PIN is not shown, unless the payer wants to see it', async () => {
  await using tab = await openPage()
  const { page } = tab
  const { stage, accountId } = await newStage(page)
  await page.goto(await chargeWallet(stage, accountId))
  const [pin, show] = [page.getByTestId('pin'), page.getByTestId('show-pin')]
  expect(await pin.getAttribute('type')).toBe('password')
  await pin.fill('112')
  await show.click()
  expect([await pin.getAttribute('type'), await show.getAttribute('aria-pressed')]).toEqual(['text', 'true'])
  expect(await focused(page)).toBe('pin')
  await show.click()
  expect([await pin.getAttribute('type'), await pin.inputValue()]).toEqual(['password', '112'])
})

test.each<PageOptions>([{ javaScript: true }, { javaScript: false }])(
  'with %o, after a wrong PIN the payer is in the field again',
  async (options) => {
    await using tab = await openPage(options)
    const { page } = tab
    const { stage, accountId } = await newStage(page)
    await page.goto(await chargeWallet(stage, accountId))
    await answer(page, 'pin', { pin: '000000' })
    await page.getByTestId('complaint').waitFor()
    await expect.poll(() => page.locator('[data-testid="pin"]:focus').count()).toBe(1)
    expect(await page.getByTestId('pin').inputValue()).toBe('')
  },
)

test.each<PageOptions>([{ javaScript: true }, { javaScript: false, width: 'phone' }])(
  'with %o, the test panel fills in what is right',
  async (options) => {
    await using tab = await openPage(options)
    const { page } = tab
    const { stage } = await newStage(page)
    await page.goto(await startPlain(stage))
    await openPanel(page)
    await page.getByTestId('panel-payer').first().click()
    await expect.poll(() => page.getByTestId('phone').inputValue()).toBe('+628215023424')
    await formOf(page, 'phone').getByTestId('submit').click()
    await formOf(page, 'pin').waitFor()
    await openPanel(page)
    await page.getByTestId('panel-fill').click()
    await expect.poll(() => page.getByTestId('pin').inputValue()).toBe(rightPin)
    await formOf(page, 'pin').getByTestId('submit').click()
    await page.locator('[data-ending="paid"]').waitFor()
  },
)

test('the test panel stands open where there is room, and then as the payer has left it', async () => {
  await using phone = await openPage({ width: 'phone' })
  await using desktop = await openPage()
  const { stage, accountId } = await newStage(desktop.page)
  const link = await chargeWallet(stage, accountId)
  await desktop.page.goto(link)
  const isOpen = async ({ page }: { page: Page }) => page.getByTestId('panel-wrong').isVisible()
  await expect.poll(() => isOpen(desktop)).toBe(true)
  await phone.page.goto(desktop.page.url())
  expect(await isOpen(phone)).toBe(false)
  for (const tab of [phone, desktop]) {
    const before = await isOpen(tab)
    await tab.page.getByTestId('panel-summary').click()
    await tab.page.reload()
    await expect.poll(() => isOpen(tab)).toBe(!before)
  }
})

test.each<[PageOptions]>([[{ javaScript: true, width: 'phone' }], [{ javaScript: false }]])(
  'with %o, a payer changes the language and is where they were',
  async (options) => {
    await using tab = await openPage(options)
    const { page } = tab
    const { stage } = await newStage(page)
    await page.goto((await startLink(stage, { phone_number: '8242974268', country_code: '62' })).link)
    await answer(page, 'consent')
    await formOf(page, 'otp').waitFor()
    await page.getByTestId('lang-en').click()
    await expect.poll(() => page.getByTestId('title').textContent()).toBe('Enter the OTP')
    await answer(page, 'otp', { otp: rightOtp })
    await expect.poll(() => page.getByTestId('title').textContent()).toBe('Enter your PIN')
    await openPanel(page)
    await page.getByTestId('panel-expire').click()
    await page.locator('[data-ending="expired"]').waitFor()
    expect(await page.getByTestId('title').textContent()).toBe('Link expired')
  },
)
