import { expect, test } from 'vitest'
import { emulatorOfFile, newMerchant, newShop } from '../midtrans/merchant.ts'
import { fillIn, type Page, visit } from './browser.ts'
import { linkIn } from './merchant.ts'

const emulator = await emulatorOfFile()
const input = ({ html }: Page) => /<input[^>]*>/s.exec(html)?.[0].replace(/\s+/g, ' ') ?? ''

const openOtp = async () => {
  const gopay_partner = { phone_number: '8215023424', country_code: '62' }
  const answer = await newMerchant(emulator).api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner })
  return fillIn(await visit(linkIn(answer, 'activation-link-url')), {})
}

test.each(['987-654', '987 654', ' 987654\n', 'Kode: 987.654', '9 8 7 6 5 4'])(
  'a payer pastes the code as "%s"',
  async (otp) => {
    const page = await openOtp()
    const [, pattern = ''] = /pattern="([^"]+)"/.exec(input(page)) ?? []
    expect(otp).toMatch(new RegExp(`^(?:${pattern})$`, 'v'))
    expect((await fillIn(page, { otp })).step).toBe('pin')
  },
)

test('a PIN may have spaces as well', async () => {
  const shop = await newShop(emulator)
  const page = await visit(linkIn(await shop.charge('order-1', 150_000), 'verification-link-url'))
  expect((await fillIn(page, { pin: '112 233' })).ending).toBe('paid')
})

test.each(['98765', '9876543', 'abcdef', '987654987654'])('"%s" is no code', async (otp) => {
  const page = await openOtp()
  expect((await fillIn(page, { otp })).text('complaint')).toBe('Kode OTP salah. Coba lagi.')
})

test('a phone shows the numbers, and offers the code of the message', async () => {
  const otp = await openOtp()
  expect(input(otp)).toMatch(/type="text" inputmode="numeric" autocomplete="one-time-code" .* required autofocus/)
  const pin = await fillIn(otp, { otp: '987654' })
  expect(input(pin)).toMatch(/type="password" inputmode="numeric" autocomplete="current-password"/)
  expect(pin.html).not.toContain('value="112233"')
})

test('a complaint belongs to its field, and is the first that the title tells', async () => {
  const page = await fillIn(await openOtp(), { otp: '000000' })
  expect(input(page)).toMatch(/aria-describedby="complaint lead" aria-invalid="true"/)
  expect(page.html).toMatch(/id="complaint" role="alert">\s*<p data-testid="complaint">Kode OTP salah/)
  expect(page.html).toContain('<title>Kode OTP salah. Coba lagi. Masukkan OTP</title>')
  expect(page.html).not.toContain('000000')
})

test('a phone number or a name that was not accepted can be mended', async () => {
  const { api } = newMerchant(emulator)
  const transaction_details = { order_id: 'order-1', gross_amount: 50_000 }
  const charge = await api.post('/v2/charge', { payment_type: 'gopay', transaction_details })
  const page = await visit(linkIn(charge, 'deeplink-redirect'))
  expect(input(await fillIn(page, { phone: '0899 "1' }))).toContain('value="0899 &quot;1"')
})
