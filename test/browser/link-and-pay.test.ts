import { expect, test } from 'vitest'
import { openInbox } from '../../src/testkit/index.ts'
import { emulatorOfFile, happyPayer, newMerchant, newShop } from '../midtrans/merchant.ts'
import { openPage, type PageOptions } from './browser.ts'
import { answer, chargeWallet, formOf, orderId, rightOtp, rightPin, type Stage, startLink } from './payer-pages.ts'

const emulator = await emulatorOfFile()

/** Each value of one with each value of another. */
const browsers: readonly (readonly [
  PageOptions & Required<Pick<PageOptions, 'width' | 'javaScript'>>,
  Stage['locale'],
])[] = [
  [{ width: 'phone', javaScript: true }, 'id-ID'],
  [{ width: 'phone', javaScript: false }, 'en-EN'],
  [{ width: 'desktop', javaScript: true }, 'en-EN'],
  [{ width: 'desktop', javaScript: false }, 'id-ID'],
]
const languages = { 'id-ID': { lang: 'id', pin: 'Masukkan PIN' }, 'en-EN': { lang: 'en', pin: 'Enter your PIN' } }

test.each(browsers)('with %o in %s, a payer links a wallet and pays with their PIN', async (options, locale) => {
  await using shopSite = await openInbox()
  await using tab = await openPage(options)
  const { page } = tab
  const { api, key: serverKey, admin } = newMerchant(emulator)
  const stage = { page, url: emulator.url, serverKey, admin, locale }

  const { accountId, link } = await startLink(stage, { ...happyPayer, redirect_url: `${shopSite.url}linked` })
  await page.goto(link)
  await answer(page, 'consent')
  await answer(page, 'otp', { otp: rightOtp })
  await answer(page, 'pin', { pin: rightPin })
  await page.waitForURL(`${shopSite.url}linked?account_id=${accountId}&result=success`)
  expect(await api.get(`/v2/pay/account/${accountId}`)).toMatchObject({ account_status: 'ENABLED' })

  await page.goto(await chargeWallet(stage, accountId, `${shopSite.url}paid`))
  await expect.poll(() => page.getByTestId('title').textContent()).toBe(languages[locale].pin)
  expect(await page.locator('html').getAttribute('lang')).toBe(languages[locale].lang)
  expect(await page.getByTestId('amount').textContent()).toContain('Rp150.000')
  await answer(page, 'pin', { pin: '000000' })
  await page.getByTestId('complaint').waitFor()
  await answer(page, 'pin', { pin: rightPin })
  await page.waitForURL(`${shopSite.url}paid?order_id=${orderId}&result=success`)
  expect(await api.get(`/v2/${orderId}/status`)).toMatchObject({ transaction_status: 'settlement' })
})

test.each([true, false])(
  'the waiting desktop moves on when the phone has confirmed, JavaScript: %s',
  async (javaScript) => {
    await using shopSite = await openInbox()
    await using desktop = await openPage({ javaScript })
    await using phone = await openPage({ javaScript, width: 'phone' })
    const { key: serverKey, admin, accountId } = await newShop(emulator)
    const stage = { page: desktop.page, url: emulator.url, serverKey, admin, locale: 'id-ID' } as const
    await admin.patch('settings', { flow: 'app' })
    await desktop.page.goto(await chargeWallet(stage, accountId, `${shopSite.url}paid`))
    await phone.page.goto((await desktop.page.getByTestId('qr').getAttribute('data-url')) ?? '')
    await answer(phone.page, 'pin', { pin: rightPin })
    await phone.page.waitForURL(`${shopSite.url}paid**`)
    await desktop.page.waitForURL(`${shopSite.url}paid?order_id=${orderId}&result=success`)
  },
)

test('a payer needs the keyboard alone', async () => {
  await using tab = await openPage()
  const { page } = tab
  const { key: serverKey, admin } = newMerchant(emulator)
  const stage = { page, url: emulator.url, serverKey, admin, locale: 'id-ID' } as const
  await page.goto((await startLink(stage)).link)
  await formOf(page, 'consent').getByTestId('submit').press('Enter')
  await formOf(page, 'otp').waitFor()
  await expect.poll(() => page.evaluate('document.activeElement.dataset.testid')).toBe('otp')
  await page.keyboard.type(rightOtp)
  await page.keyboard.press('Enter')
  await formOf(page, 'pin').waitFor()
})
