import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutTokens } from '../../src/midtrans/secrets.ts'

const key = 'SB-Mid-server-abcdefgh1234'
const masked = (text: string) => withoutTokens(text, key)

test.each([
  ['{"payment_option_token":"aaaa1111-2222-bbbb"}', '{"payment_option_token":"aaaa...bbbb"}'],
  ['{"token" : "aaaa1111-2222-bbbb","x":"y"}', '{"token" : "aaaa...bbbb","x":"y"}'],
  ['{"token":"short"}', '{"token":"..."}'],
  ['{"payment_option_token":"aaaa1111-2222', '{"payment_option_token":"aaaa...2222'],
  ['{"payment\\u005foption_token":"aaaa1111-2222-bbbb"}', '{"payment\\u005foption_token":"aaaa...bbbb"}'],
  ['{"token":["aaaa1111-2222-bbbb"]}', '{"token":["aaaa...bbbb"]}'],
  ['{"callback_url":"https://me:geheim@shop.example/x"}', '{"callback_url":"https://shop.example/x"}'],
  ['{"callback_url":"https://me:g\\"h@shop.example"}', '{"callback_url":"https://shop.example"}'],
  ['{"order_id":"SB-Mid-server-abcdefgh1234"}', '{"order_id":"(server key)"}'],
  ['{"order_id":"Mid-server-somebody-else"}', '{"order_id":"Mid-server-..."}'],
  ['/v2/x?payment_option_token=aaaa1111-2222-bbbb&y=1', '/v2/x?payment_option_token=aaaa...bbbb&y=1'],
  ['payment_type=gopay&token=aaaa1111-2222-bbbb', 'payment_type=gopay&token=aaaa...bbbb'],
  ['http://me:geheim@a.example, http://b.example', 'http://a.example, http://b.example'],
])('%s is shown as %s', (text, shown) => {
  expect(masked(text)).toBe(shown)
})

test('an address does not reach beyond its text, whatever comes behind it', () => {
  const body = '{"callback_url":"https://shop.example","email":"payer@mail.example"}'
  expect(masked(body)).toBe(body)
})

test('a body without secrets is shown as it was sent, whole or cut', () => {
  const names = fc.constantFrom('order_id', 'metadata', 'x')
  const texts = fc.string({ unit: 'grapheme' }).filter((text) => !/\/\/|server|token/.test(text))
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(texts, fc.integer(), fc.array(tie('json')), fc.dictionary(names, tie('json'))),
  }))
  fc.assert(
    fc.property(fc.array(json), fc.nat(), (value, cut) => {
      const text = JSON.stringify(value)
      expect(masked(text)).toBe(text)
      const part = text.slice(0, 1 + (cut % text.length))
      expect(masked(part)).toBe(part)
    }),
  )
})

test.each([
  ['http://user:pw@more@shop.example/x', 'http://shop.example/x'],
  ['{"url":"https:\\/\\/u:secret@shop.example\\/x"}', '{"url":"https:\\/\\/shop.example\\/x"}'],
  ['{"url":"https:\\\\u:secret@shop.example"}', '{"url":"https:\\\\shop.example"}'],
  ['http://shop.example/a@b', 'http://shop.example/a@b'],
])('of %s only %s is shown', (text, shown) => {
  expect(withoutTokens(text, 'SB-Mid-server-x')).toBe(shown)
})
