import { describe, expect, test } from 'vitest'
import { basic, emulatorOfFile, sendRaw } from '../merchant.ts'
import { denied, newSnapMerchant, refused } from './merchant.ts'

const emulator = await emulatorOfFile()
const path = '/snap/v3/merchant-preferences'

describe('facts.md, section 7: GET and PATCH /snap/v3/merchant-preferences', () => {
  test('tell how the page is set up, in the documented order', async () => {
    const merchant = newSnapMerchant(emulator)
    const { http, body } = await merchant.send('GET', path)
    const { merchant_id } = (await merchant.admin.get('settings')) as { merchant_id: string }
    expect(http).toBe(200)
    expect(body).toEqual({
      merchant_id,
      display_name: merchant_id,
      finish_payment_return_url: '',
      error_payment_return_url: '',
      locale: 'id',
      other_va_processor: 'bri_va',
      allow_retry: true,
      hide_order_id: false,
      brand: {
        typography: 'Poppins',
        header_color: '#ffffff',
        button_color: '#0256A7',
        input_border_radius: 10,
        button_border_radius: 10,
        hide_header: false,
      },
      payment_channels: [{ name: 'gopay', enabled: true }],
    })
    expect(Object.keys(body).slice(0, 4)).toEqual([
      'merchant_id',
      'display_name',
      'finish_payment_return_url',
      'error_payment_return_url',
    ])
  })

  test('what is changed is told, and what Midtrans has as a setting is one', async () => {
    const merchant = newSnapMerchant(emulator)
    const change = {
      display_name: 'Toko Kopi',
      finish_payment_return_url: 'https://shop.example/paid',
      error_payment_return_url: 'https://shop.example/failed',
      locale: 'en',
      allow_retry: false,
      hide_order_id: true,
      brand: { header_color: '#ff0000' },
      payment_channels: [{ name: 'gopay', enabled: false }],
    }
    const before = (await merchant.send('GET', path)).body
    const { http, body } = await merchant.send('PATCH', path, change)
    expect(http).toBe(200)
    expect(body).toEqual({ ...before, ...change, brand: { ...(before.brand as object), header_color: '#ff0000' } })
    expect((await merchant.send('GET', path)).body).toEqual(body)
    expect(await merchant.admin.get('settings')).toMatchObject({
      merchant_name: 'Toko Kopi',
      finish_redirect_url: 'https://shop.example/paid',
      error_redirect_url: 'https://shop.example/failed',
      locale: 'en-EN',
    })
    // The rest stays as it was.
    expect((await merchant.send('PATCH', path, { allow_retry: true })).body).toEqual({ ...body, allow_retry: true })
  })

  test('what no brand has is accepted, and neither kept nor told', async () => {
    const merchant = newSnapMerchant(emulator)
    const before = (await merchant.send('GET', path)).body
    const { http, body } = await merchant.send('PATCH', path, { brand: { logo: 'a'.repeat(10_000), constructor: 1 } })
    expect({ http, body }).toEqual({ http: 200, body: before })
    expect((await merchant.send('GET', path)).body).toEqual(before)
  })

  test('a payment type that the merchant does not have is refused, and nothing changes', async () => {
    const merchant = newSnapMerchant(emulator)
    const before = (await merchant.send('GET', path)).body
    const change = { locale: 'en', payment_channels: [{ name: 'credit_card', enabled: true }] }
    expect(await merchant.send('PATCH', path, change)).toMatchObject(
      refused('Payment type credit_card is invalid for this merchant'),
    )
    expect((await merchant.send('GET', path)).body).toEqual(before)
  })

  test.each([
    ['locale', { locale: 'fr' }],
    ['brand.header_color', { brand: { header_color: 'red' } }],
    ['finish_payment_return_url', { finish_payment_return_url: 'javascript:alert(1)' }],
    ['error_payment_return_url', { error_payment_return_url: 'no address' }],
    ['display_name', { display_name: 'two\nlines' }],
    ['allow_retry', { allow_retry: 'yes' }],
  ])('a %s that is none is refused', async (name, change) => {
    expect(await newSnapMerchant(emulator).send('PATCH', path, change)).toMatchObject(refused(`${name} is invalid`))
  })

  test('a key that is none is refused in the words of this page', async () => {
    const answer = await sendRaw(emulator.url + path, 'GET', undefined, { authorization: basic('nobody:') })
    expect(answer).toMatchObject({ ...denied, body: { error_messages: ['Access denied, please check server key'] } })
  })
})
