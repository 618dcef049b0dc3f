import { expect, test } from 'vitest'
import { emulatorOfFile, happyPayer, newMerchant, newShop, type Shop } from '../midtrans/merchant.ts'
import { type Page, send, visit } from './browser.ts'
import { linkIn } from './merchant.ts'
import { press } from './test-panel.ts'

const emulator = await emulatorOfFile()

const openPin = async (shop: Shop) => visit(linkIn(await shop.charge('order-1', 150_000), 'verification-link-url'))
const openLink = async () => {
  const body = { payment_type: 'gopay', gopay_partner: happyPayer }
  return visit(linkIn(await newMerchant(emulator).api.post('/v2/pay/account', body), 'activation-link-url'))
}
const filled = ({ html }: Page) => /<input[^>]* value="([^"]*)"/s.exec(html)?.[1]
const statusOf = async ({ api }: Shop) => (await api.get('/v2/order-1/status')).transaction_status

test('buttons of an old page do nothing', async () => {
  const consent = await openLink()
  const otp = await press(consent, 'right')
  expect((await press(consent, 'right')).step).toBe('otp')
  const pin = await press(otp, 'right')
  expect((await press(otp, 'wrong')).text('complaint')).toBeUndefined()
  expect((await press(pin, 'right')).ending).toBe('linked')
  for (const choice of ['right', 'wrong', 'decline', 'leave', 'expire']) {
    expect((await press(pin, choice)).ending).toBe('linked')
  }
})

test.each(['', 'right', 'right.', 'right.otp.pin', 'constructor', 'unlink'])('"%s" is no button', async (panel) => {
  const shop = await newShop(emulator)
  const page = await openPin(shop)
  const after = await send(page, { panel, action: 'decline', pin: '000000' })
  expect([after.step, after.text('complaint')]).toEqual(['pin', undefined])
})

test('each press stands in the journal as what it is', async () => {
  const shop = await newShop(emulator)
  const page = await openPin(shop)
  await press(page, 'wrong')
  await press(page, 'expire')
  const presses = await shop.admin.requests({ from: 'payer', method: 'POST', operation: 'page' })
  expect(presses.slice(0, 2).map(({ body }) => body)).toEqual(['panel=expire', 'panel=wrong'])
  const titles = (await shop.admin.timeline('order-1')).entries.map(({ title }) => title)
  expect(titles.slice(-4)).toEqual([
    'test panel of the payment page, pin: wrong',
    'payment page, pin: wrong',
    'test panel of the payment page, pin: expire',
    'page pin -> expired',
  ])
})

test('without a test panel nothing of it is there, and nothing can be pressed', async () => {
  const shop = await newShop(emulator)
  const page = await openPin(shop)
  await shop.admin.patch('settings', { test_panel: 'off' })
  const plain = await visit(page.url)
  expect(plain.html).not.toMatch(/panel|112233/)
  expect(filled(await visit(`${page.url}?fill=right`))).toBe('')
  for (const choice of ['right', 'wrong', 'decline', 'leave', 'expire']) {
    const after = await press(page, choice)
    expect([after.step, after.text('complaint')]).toEqual(['pin', undefined])
  }
  expect(await statusOf(shop)).toBe('pending')
})
