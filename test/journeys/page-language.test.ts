import { expect, test } from 'vitest'
import { emulatorOfFile, newMerchant, newShop } from '../midtrans/merchant.ts'
import { fillIn, type Page, visit } from './browser.ts'
import { linkIn } from './merchant.ts'
import { linkOf, press } from './test-panel.ts'

const emulator = await emulatorOfFile()
const gopay_partner = { phone_number: '8215023424', country_code: '62', redirect_url: '' }
const langOf = ({ html }: Page) => /<html lang="(\w+)"/.exec(html)?.[1]

const startLink = async () => {
  const answer = await newMerchant(emulator).api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner })
  return linkIn(answer, 'activation-link-url')
}

test('a payer who asks for English in the address reads it from the link to the last page', async () => {
  const consent = await visit(`${await startLink()}?lang=en`)
  expect([langOf(consent), consent.text('title')]).toEqual(['en', 'Link GoPay'])
  const otp = await fillIn(consent, {})
  expect([langOf(otp), otp.text('title')]).toEqual(['en', 'Enter the OTP'])
  const wrong = await fillIn(otp, { otp: '000000' })
  expect(wrong.text('complaint')).toBe('Wrong OTP. Please try again.')
  const pin = await fillIn(otp, { otp: '987654' })
  expect([langOf(pin), pin.text('title')]).toEqual(['en', 'Enter your PIN'])
  const linked = await fillIn(pin, { pin: '112233' })
  expect([langOf(linked), linked.ending, linked.text('title')]).toEqual(['en', 'linked', 'GoPay is linked'])
})

test('a payer switches on any page, there and back, and stays where they are', async () => {
  const otp = await fillIn(await visit(await startLink()), {})
  expect(langOf(otp)).toBe('id')
  const english = await visit(linkOf(otp, 'lang-en'))
  expect([langOf(english), english.step]).toEqual(['en', 'otp'])
  const pin = await fillIn(english, { otp: '987654' })
  expect([langOf(pin), pin.step]).toEqual(['en', 'pin'])
  const back = await visit(linkOf(pin, 'lang-id'))
  expect([langOf(back), back.step]).toEqual(['id', 'pin'])
  const gone = await press(await visit(linkOf(back, 'lang-en')), 'expire')
  expect([gone.ending, gone.text('title')]).toEqual(['expired', 'Link expired'])
  expect((await visit(linkOf(gone, 'lang-id'))).text('title')).toBe('Tautan kedaluwarsa')
})

test('whoever has to be asked and whoever waits keep the language as well', async () => {
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { flow: 'app' })
  const waiting = await visit(`${linkIn(await shop.charge('order-1', 150_000), 'verification-link-url')}?lang=en`)
  expect(waiting.text('waiting')).toContain('Waiting for you')
  expect(langOf(await visit(linkOf(waiting, 'open-app')))).toBe('en')
  expect(waiting.html).toMatch(/http-equiv="refresh" content="2; url=\/v2[^"?]*\?lang=en&amp;waiting="/)

  const transaction_details = { order_id: 'order-2', gross_amount: 50_000 }
  const plain = await shop.api.post('/v2/charge', { payment_type: 'gopay', transaction_details })
  const deeplink = linkIn(plain, 'deeplink-redirect')
  expect(langOf(await visit(`${deeplink}&lang=en`))).toBe('en')
})

test('the page of an account keeps language and sandbox when a button is pressed', async () => {
  const shop = await newShop(emulator)
  const { merchant_id } = (await shop.admin.get('settings')) as { merchant_id: string }
  const page = await visit(`${emulator.url}/gopay/accounts/${shop.accountId}?sandbox=${merchant_id}&lang=en`)
  expect(page.text('title')).toBe('Linked merchant')
  const after = await fillIn(page, { action: 'unlink' })
  expect(after.url).toBe(page.url)
  expect(langOf(after)).toBe('en')
  expect(after.html).toContain('data-account="DISABLED"')
})

test.each(['fr', 'EN', '', 'en&lang=id', '__proto__', '<script>'])(
  'the language "%s" is none: the merchant chooses',
  async (lang) => {
    const page = await visit(`${await startLink()}?lang=${lang}`)
    expect([langOf(page), page.step]).toEqual(['id', 'consent'])
    expect(page.html).not.toContain('<script>')
  },
)

test('what nobody knows is told in the language that was asked for', async () => {
  expect((await visit(`${emulator.url}/gopay/web/nobody?lang=en`)).text('title')).toBe('Unknown link')
  expect((await visit(`${emulator.url}/gopay/web/nobody`)).text('title')).toBe('Tautan tidak dikenal')
})

test('the merchant has a name, or stands there with its merchant_id', async () => {
  const shop = await newShop(emulator)
  const open = async (orderId: string) => visit(linkIn(await shop.charge(orderId, 150_000), 'verification-link-url'))
  await shop.admin.patch('settings', { merchant_id: 'M-kopi' })
  expect((await open('order-1')).html).toContain('Merchant <strong data-testid="merchant">M-kopi</strong>')
  await shop.admin.patch('settings', { merchant_name: 'Kopi & Roti' })
  expect((await open('order-2')).html).toContain('"><strong data-testid="merchant">Kopi &amp; Roti</strong>')
})
