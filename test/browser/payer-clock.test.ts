import { expect, test } from 'vitest'
import { payer } from '../../src/testkit/index.ts'
import { emulatorOfFile, newShop } from '../midtrans/merchant.ts'
import { openPage } from './browser.ts'
import { chargeWallet, formOf, rightOtp, rightPin, type Stage, startLink } from './payer-pages.ts'

const emulator = await emulatorOfFile()

async function newStage({ page }: Pick<Stage, 'page'>) {
  const { key: serverKey, admin, accountId } = await newShop(emulator)
  const stage: Stage = { page, url: emulator.url, serverKey, admin, locale: 'id-ID' }
  return { stage, admin, charge: (callbackUrl?: string) => chargeWallet(stage, accountId, callbackUrl) }
}

test('the countdown follows the clock of the sandbox, and ends on the expired page', async () => {
  await using tab = await openPage({ width: 'phone' })
  const { page } = tab
  const { admin, charge } = await newStage(tab)
  await admin.freeze()
  await page.goto(await charge())
  const left = () => page.getByTestId('time-left').textContent()
  const stands = page.getByTestId('clock-stands')
  await expect.poll(left).toBe('5:00')
  expect(await stands.isVisible()).toBe(true)
  await admin.advance('4m')
  await expect.poll(left).toBe('1:00')
  await admin.advance('51s')
  await expect.poll(left).toBe('0:09')
  // Nothing of what has been typed is lost on the way.
  await page.getByTestId('pin').fill('112')
  await admin.post('clock/resume')
  await stands.waitFor({ state: 'hidden' })
  await expect.poll(left, { timeout: 5_000 }).toMatch(/^0:0[5-8]$/)
  expect(await page.getByTestId('pin').inputValue()).toBe('112')
  await admin.advance('9s')
  await page.locator('[data-ending="expired"]').waitFor()
})

test('on a fast clock the seconds fly, and the page expires by itself', async () => {
  await using tab = await openPage()
  const { admin, charge } = await newStage(tab)
  await admin.post('clock/speed', { speed: 100 })
  await tab.page.goto(await charge())
  await tab.page.locator('[data-ending="expired"]').waitFor()
})

test('without a script the page loads itself again once its time is over', async () => {
  await using tab = await openPage({ javaScript: false })
  const { admin, charge } = await newStage(tab)
  await admin.post('clock/speed', { speed: 150 })
  await tab.page.goto(await charge())
  expect(await tab.page.getByTestId('expires').isVisible()).toBe(true)
  expect(await tab.page.getByTestId('time-left').isVisible()).toBe(false)
  await tab.page.locator('[data-ending="expired"]').waitFor()
})

test('a page shows what another tab has come to', async () => {
  await using tab = await openPage()
  const { page } = tab
  const { stage } = await newStage(tab)
  const { link } = await startLink(stage, { phone_number: '8242974268', country_code: '62' })
  await page.goto(link)
  await formOf(page, 'consent').waitFor()
  const other = await page.context().newPage()
  await other.goto(page.url())
  await formOf(other, 'consent').getByTestId('submit').click()
  await formOf(page, 'otp').waitFor()
  await other.getByTestId('otp').fill(rightOtp)
  await formOf(page, 'pin').waitFor()
  await other.getByTestId('pin').fill(rightPin)
  await page.locator('[data-ending="linked"]').waitFor()
})

test('a page shows that somebody without a browser has paid', async () => {
  await using tab = await openPage()
  const { page } = tab
  const { admin, charge } = await newStage(tab)
  await page.goto(await charge())
  await formOf(page, 'pin').waitFor()
  await admin.post('payers/walk', { id: 'order-2026-001' })
  await page.locator('[data-ending="paid"]').waitFor()
})

test('the desktop that waits moves on at once, and not with its next look', async () => {
  await using tab = await openPage()
  const { page } = tab
  const { admin, charge } = await newStage(tab)
  await admin.patch('settings', { flow: 'app' })
  await page.goto(await charge())
  const app = (await page.getByTestId('qr').getAttribute('data-url')) ?? ''
  const listening = page.waitForResponse((response) => response.url().endsWith('/events'))
  await page.reload()
  await listening
  const before = performance.now()
  await payer.walk(app)
  await page.locator('[data-ending="paid"]').waitFor()
  expect(performance.now() - before).toBeLessThan(1_500)
})

test.each(['web', 'app'])(
  'in the %s flow, where the way back is a deep link that nobody takes, the page shows how it has ended',
  async (flow) => {
    await using tab = await openPage({ width: 'phone' })
    const { page, problems } = tab
    const { admin, charge } = await newStage(tab)
    await admin.patch('settings', { flow })
    await page.goto(await charge('myapp://done'))
    if (flow === 'web') await page.getByTestId('pin').fill(rightPin)
    else {
      await page.getByTestId('waiting').waitFor()
      await admin.simulate('confirm', 'order-2026-001')
    }
    await page.locator('[data-ending="paid"]').waitFor()
    const back = await page.getByTestId('back').getAttribute('href')
    expect(back).toBe('myapp://done?order_id=order-2026-001&result=success')
    expect(problems.splice(0).filter((each) => !each.includes('myapp://done'))).toEqual([])
  },
)
