import { expect, test } from 'vitest'
import { emulatorOfFile, happyPayer, newMerchant, newShop, type Shop } from '../midtrans/merchant.ts'
import { backLink, fillIn, type Page, visit } from './browser.ts'
import { linkIn } from './merchant.ts'
import { linkOf, offered, press } from './test-panel.ts'

const emulator = await emulatorOfFile()
const callback_url = 'https://shop.example/done'
const newPayer = { phone_number: '81299998888', country_code: '62' }

const chargeLink = async (shop: Shop, orderId = 'order-1') =>
  linkIn(await shop.charge(orderId, 150_000, { gopay: { callback_url } }), 'verification-link-url')
const openPin = async (shop: Shop, orderId?: string) => visit(await chargeLink(shop, orderId))

async function openLink(gopay_partner: object = happyPayer) {
  const merchant = newMerchant(emulator)
  const answer = await merchant.api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner })
  return { ...merchant, accountId: String(answer.account_id), page: await visit(linkIn(answer, 'activation-link-url')) }
}

async function openPlain() {
  const merchant = newMerchant(emulator)
  const transaction_details = { order_id: 'order-1', gross_amount: 50_000 }
  const charge = await merchant.api.post('/v2/charge', { payment_type: 'gopay', transaction_details })
  return { ...merchant, page: await visit(linkIn(charge, 'deeplink-redirect')) }
}

async function openWaiting() {
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { flow: 'app' })
  return { shop, page: await openPin(shop) }
}

const filled = ({ html }: Page) => /<input[^>]* value="([^"]*)"/s.exec(html)?.[1]
const statusOf = async (shop: Pick<Shop, 'api'>) => (await shop.api.get('/v2/order-1/status')).transaction_status

test('each page offers what is possible on it, and tells the right answer', async () => {
  const { page: consent } = await openLink()
  expect(offered(consent)).toEqual(['right', 'finish', 'decline', 'leave', 'expire'])
  expect(consent.html).not.toContain('panel-fill')
  const otp = await press(consent, 'right')
  expect(otp.step).toBe('otp')
  expect(offered(otp)).toEqual(['right', 'finish', 'wrong', 'decline', 'leave', 'expire'])
  expect(otp.text('panel-otp')).toBe('987654')
  const pin = await press(otp, 'right')
  expect(pin.step).toBe('pin')
  expect(offered(pin)).toEqual(['right', 'wrong', 'decline', 'leave', 'expire'])
  expect(pin.text('panel-pin')).toBe('112233')
  const linked = await press(pin, 'right')
  expect(linked.ending).toBe('linked')
  expect(linked.html).not.toContain('data-testid="panel"')
})

test('somebody new to GoPay is helped through name, OTP and PIN', async () => {
  const { page: name } = await openLink(newPayer)
  expect(name.text('panel-name')).toBe('Payer')
  const newPin = await press(await press(name, 'right'), 'right')
  expect(newPin.step).toBe('new_pin')
  expect(offered(newPin)).toEqual(['right', 'decline', 'leave', 'expire'])
  expect((await press(newPin, 'right')).ending).toBe('linked')
})

test('the right PIN is that of this payer, and is filled in by a link', async () => {
  const merchant = newMerchant(emulator)
  await merchant.admin.givePayer({ phone: '628555000111', persona: 'happy', pin: '445566' })
  const gopay_partner = { phone_number: '8555000111', country_code: '62' }
  const answer = await merchant.api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner })
  const otp = await fillIn(await visit(linkIn(answer, 'activation-link-url')), {})
  expect(filled(otp)).toBe('')
  const filledOtp = await visit(linkOf(otp, 'panel-fill'))
  expect(filled(filledOtp)).toBe('987654')
  const pin = await fillIn(filledOtp, { otp: filled(filledOtp) ?? '' })
  expect([pin.step, filled(pin)]).toEqual(['pin', ''])
  expect(pin.text('panel-pin')).toBe('445566')
  expect(filled(await visit(linkOf(pin, 'panel-fill')))).toBe('445566')
})

test('all that is left is answered right with one button, and the payer goes back to the merchant', async () => {
  const { page, api, accountId } = await openLink({ ...happyPayer, redirect_url: 'https://shop.example/linked' })
  const after = await press(page, 'finish')
  expect(after.leftFor).toBe(`https://shop.example/linked?account_id=${accountId}&result=success`)
  expect(await api.get(`/v2/pay/account/${accountId}`)).toMatchObject({ account_status: 'ENABLED' })
})

test('a wrong PIN is complained about in place; the third one is the last', async () => {
  const shop = await newShop(emulator)
  const first = await press(await openPin(shop), 'wrong')
  expect(first.text('complaint')).toBe('PIN salah. Coba lagi.')
  expect(first.text('tries-left')).toBe('Kesempatan tersisa: 2.')
  const failed = await press(await press(first, 'wrong'), 'wrong')
  expect(failed.ending).toBe('failed')
  expect(backLink(failed)).toContain('result=failure')
  expect(await statusOf(shop)).toBe('pending')
})

test('a payer who cancels goes back to the merchant', async () => {
  const shop = await newShop(emulator)
  const after = await press(await openPin(shop), 'decline')
  expect(after.leftFor).toBe(`${callback_url}?order_id=order-1&result=abort`)
})

test('a payer who walks away is told that the link is used up, and it is', async () => {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  await shop.admin.post('clock/set', { to: '2030-06-01T09:00:00+07:00' })
  const link = await chargeLink(shop)
  const left = await press(await visit(`${link}?lang=en`), 'leave')
  expect(left).toMatchObject({ status: 200, ending: 'left', step: undefined })
  expect(left.text('lead')).toBe(
    'You left without an answer. The link is used up and cannot be opened again; the merchant waits until 09:05:00 WIB.',
  )
  expect(left.html).not.toContain('data-testid="reopen"')
  expect((await visit(link)).ending).toBe('used')
  expect(await statusOf(shop)).toBe('pending')
  await shop.admin.advance('5m')
  expect(await visit(left.url)).toMatchObject({ status: 410, ending: 'expired' })
})

test('what can be opened again is said to be so, with the way', async () => {
  const { page } = await openPlain()
  const left = await press(page, 'leave')
  expect(left.text('lead')).toMatch(/^Kamu pergi tanpa menjawab\. Tautannya masih bisa dibuka lagi sampai .* WIB\.$/)
  expect((await visit(linkOf(left, 'reopen'))).step).toBe('phone')
})

test('a page expires at once, and is told of as if its time were over', async () => {
  const shop = await newShop(emulator)
  const expired = await press(await openPin(shop), 'expire')
  expect(expired).toMatchObject({ status: 410, ending: 'expired' })
  expect(backLink(expired)).toBe(`${callback_url}?order_id=order-1&result=failure`)
  expect(await statusOf(shop)).toBe('pending')
})

test('the page of plain GoPay lives as long as its payment: both expire', async () => {
  const plain = await openPlain()
  expect(await press(plain.page, 'expire')).toMatchObject({ status: 410, ending: 'expired' })
  expect(await statusOf(plain)).toBe('expire')
})

test('who pays plain GoPay is picked from a list of those who can', async () => {
  const { page: before, admin } = await openPlain()
  await admin.givePayer({ phone: '628555000222', persona: 'poor', name: 'Siti' })
  await admin.givePayer({ phone: '628555000333', persona: 'blocked' })
  const page = await visit(before.url)
  const [, ...payers] = page.html.split('data-testid="panel-payer"')
  expect(payers.map((each) => /<code>(.*?)<\/code> ([^<]*)/.exec(each)?.slice(1, 3))).toEqual([
    ['+628555000222', 'Siti'],
    ['+628215023424', 'Happy'],
    ['+628242014881', 'Poor'],
    ['+628237435829', 'Promo'],
    ['+628103001242', 'Pay later'],
  ])
  const picked = await visit(linkOf(page, 'panel-payer'))
  expect(filled(picked)).toBe('+628555000222')
  const pin = await fillIn(picked, { phone: filled(picked) ?? '' })
  expect([pin.step, pin.text('phone')]).toEqual(['pin', '+62****0222'])
  expect((await press((await openPlain()).page, 'finish')).ending).toBe('paid')
})

test('the desktop that waits can confirm, be wrong and cancel as the app would', async () => {
  const { shop, page } = await openWaiting()
  expect(offered(page)).toEqual(['finish', 'wrong', 'decline', 'leave', 'expire'])
  const wrong = await press(page, 'wrong')
  expect(wrong.text('tries-left')).toBe('Kesempatan tersisa: 2.')
  expect((await press(wrong, 'finish')).leftFor).toBe(`${callback_url}?order_id=order-1&result=success`)
  expect(await statusOf(shop)).toBe('settlement')

  const declined = await press((await openWaiting()).page, 'decline')
  expect(declined.leftFor).toBe(`${callback_url}?order_id=order-1&result=abort`)
  expect(await press((await openWaiting()).page, 'expire')).toMatchObject({ status: 410, ending: 'expired' })
  const left = await press((await openWaiting()).page, 'leave')
  expect((await visit(linkOf(left, 'reopen'))).html).toContain('data-testid="qr"')
})
