import { describe, expect, test } from 'vitest'
import { displayAmount, wireAmount } from '../../src/midtrans/money.ts'
import { isAllowedHost, isReturnUrl, withParameters } from '../../src/midtrans/return-url.ts'
import { parseWireTime, wireTime } from '../../src/midtrans/wire-time.ts'

// recordings.md, HTTP status: amounts are strings with two decimals.
test.each([
  [1, '1.00', 'Rp1'],
  [999, '999.00', 'Rp999'],
  [1_000, '1000.00', 'Rp1.000'],
  [100_000, '100000.00', 'Rp100.000'],
  [99_999_999_999, '99999999999.00', 'Rp99.999.999.999'],
])('%i rupiah are %s for merchants and %s for payers', (amount, onTheWire, onThePage) => {
  expect(wireAmount(amount)).toBe(onTheWire)
  expect(displayAmount(amount)).toBe(onThePage)
})

// recordings.md, HTTP status: Date 18:44:57 GMT was transaction_time 01:44:57 of the next day.
test.each([
  ['2016-06-28T02:42:20Z', '2016-06-28 09:42:20'],
  ['2019-01-01T18:44:57Z', '2019-01-02 01:44:57'],
  ['2026-12-31T17:00:00.999Z', '2027-01-01 00:00:00'],
])('%s is %s in Jakarta, wherever the emulator runs', (iso, wire) => {
  expect(wireTime(Date.parse(iso))).toBe(wire)
})

describe('times that merchants give (facts.md, section 3, order_time)', () => {
  test.each([
    ['2016-06-28 09:42:20 +0700', '2016-06-28T02:42:20Z'],
    ['2016-06-28 02:42:20 +0000', '2016-06-28T02:42:20Z'],
    ['2016-06-28 02:42:20 -05:30', '2016-06-28T08:12:20Z'],
  ])('%s is %s', (text, iso) => {
    expect(parseWireTime(text)).toBe(Date.parse(iso))
  })

  test.each([
    '',
    'now',
    '2016-06-28',
    '2016-06-28 09:42:20',
    '2016-06-28T09:42:20+0700',
    '2016-13-28 09:42:20 +0700',
    '2016-06-28 25:00:00 +0700',
    '2016-06-31 09:42:20 +0700',
    ' 2016-06-28 09:42:20 +0700',
  ])('"%s" is none', (text) => {
    expect(parseWireTime(text)).toBeUndefined()
  })
})

test.each([
  ['https://shop.example/done', true],
  ['http://localhost:3000', true],
  ['shop://done', true],
  ['com.shop.app:/done', true],
  ['javascript:alert(1)', false],
  ['JAVASCRIPT:alert(1)', false],
  [' javascript:alert(1)', false],
  ['java\nscript:alert(1)', false],
  ['data:text/html,hello', false],
  ['file:///etc/passwd', false],
  ['blob:https://shop.example/1', false],
  ['about:blank', false],
  ['//shop.example', false],
  ['/done', false],
  ['shop', false],
])('%j as a way back: %s', (url, allowed) => {
  expect(isReturnUrl(url)).toBe(allowed)
})

test.each([
  ['https://shop.example/done', ['shop.example'], true],
  ['https://SHOP.example/done', ['shop.example'], true],
  ['http://localhost:3000/', ['localhost:3000'], true],
  ['http://localhost:3000/', ['localhost'], true],
  ['http://localhost:4000/', ['localhost:3000'], false],
  ['https://evil.example/', ['shop.example'], false],
  ['https://shop.example.evil.example/', ['shop.example'], false],
  ['https://sub.shop.example/', ['shop.example'], false],
  ['https://shop.example@evil.example/', ['shop.example'], false],
  ['https://evil.example/', [], true],
  ['shop://done', ['shop.example'], true],
  ['', ['shop.example'], true],
])('%s with the hosts %j: %s', (url, hosts, allowed) => {
  expect(isAllowedHost(url, hosts)).toBe(allowed)
})

// facts.md, section 12: kept apart from parameters that the merchant put there.
test.each([
  ['https://shop.example/done', 'https://shop.example/done?order_id=a+b&result=success'],
  ['https://shop.example/done?', 'https://shop.example/done?order_id=a+b&result=success'],
  ['https://shop.example/done?x=%20y', 'https://shop.example/done?x=%20y&order_id=a+b&result=success'],
  ['https://shop.example/?x=1&', 'https://shop.example/?x=1&order_id=a+b&result=success'],
  ['https://shop.example/#/done?x=1', 'https://shop.example/?order_id=a+b&result=success#/done?x=1'],
  ['shop://done', 'shop://done?order_id=a+b&result=success'],
])('the payer is sent back to %s as %s', (url, expected) => {
  expect(withParameters(url, { order_id: 'a b', result: 'success' })).toBe(expected)
})
