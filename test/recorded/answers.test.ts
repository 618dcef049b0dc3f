import { expect, test } from 'vitest'
import { emulatorOfFile, newShop } from '../midtrans/merchant.ts'
import { masked } from './masked.ts'
import { samples } from './samples.ts'

const emulator = await emulatorOfFile()

test.each(samples)('$of is answered as in $source', async ({ ask, http, sample }) => {
  const answer = await ask(emulator)
  expect(masked(answer.text)).toBe(JSON.stringify(sample))
  expect(answer.http).toBe(http)
  expect(answer.headers.get('content-type')).toBe('application/json')
})

// recordings.md, HTTP status, Headers (REC 2019).
test('answers are not to be cached', async () => {
  const shop = await newShop(emulator)
  const { headers } = await shop.raw('GET', '/v2/nothing/status')
  expect(headers.get('cache-control')).toBe('no-cache')
  expect(headers.get('pragma')).toBe('no-cache')
})

// recordings.md, cancel, expire, capture, refund, 412 (REC 2019).
test('the id of a 412 is the transaction_id', async () => {
  const shop = await newShop(emulator)
  const { transaction_id } = await shop.charge('order-1234', 50_000)
  const { body } = await shop.raw('POST', '/v2/order-1234/cancel')
  expect(body.id).toBe(transaction_id)
})
