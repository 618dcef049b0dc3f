import { expect, test } from 'vitest'
import { basicAuth, rawPost } from '../../journeys/raw-request.ts'
import { emulatorOfFile, newShop } from '../merchant.ts'

// facts.md, section 6: at most 46 characters, a longer one is ignored. recordings.md: veritrans-ruby sends empty ones.
const emulator = await emulatorOfFile()
const keyed = (key: string) => ({ 'idempotency-key': key })

const repeats = async (headers: Record<string, string>) => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 50_000, { headers })
  return (await shop.charge('order-2', 50_000, { headers })).order_id === 'order-1'
}

test.each([
  ['46 characters', 'k'.repeat(46), true],
  ['47 characters', 'k'.repeat(47), false],
  ['one character', '0', true],
  ['blanks', '   ', false],
  ['nothing', '', false],
])('of a header with %s it is %s that it is a key', async (_what, key, isKey) => {
  expect(await repeats(keyed(key))).toBe(isKey)
})

// Of a repeated header the last counts: the PHP client adds the newest value at the end.
test('of two header lines the last one is the key', async () => {
  const shop = await newShop(emulator)
  const first = await shop.charge('order-1', 50_000, { headers: keyed('old') })
  const headers = { authorization: basicAuth(shop.key), 'content-type': 'application/json' }
  const send = (keys: string[], order_id: string) =>
    rawPost(
      `${emulator.url}/v2/charge`,
      { ...headers, 'Idempotency-Key': keys },
      {
        payment_type: 'gopay',
        gopay: { account_id: shop.accountId, payment_option_token: shop.token },
        transaction_details: { order_id, gross_amount: 1_000 },
      },
    )
  expect(await send(['old', 'new'], 'order-2')).toMatchObject({ status_code: '200', order_id: 'order-2' })
  expect(await send(['else', 'new'], 'order-3')).toMatchObject({ order_id: 'order-2' })
  expect(await send(['new', 'old'], 'order-3')).toMatchObject({ transaction_id: first.transaction_id })
})
