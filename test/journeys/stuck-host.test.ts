import { expect, test } from 'vitest'
import { openInbox } from '../../src/testkit/index.ts'
import { emulatorOfFile, newShop } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile()

// Issue 4, 8: one dead URL never delays another, not on the same host either; nor do orders that are stuck.
test('thirty notifications that are never answered hold up the next one for seconds, not for minutes', async () => {
  await using inbox = await openInbox()
  inbox.answer(({ path }) => (path === '/hang' ? new Promise(() => {}) : 200))
  const shop = await newShop(emulator)
  const to = (path: string) => ({ headers: { 'x-override-notification': inbox.url + path } })
  for (let order = 0; order < 30; order++) await shop.charge(`stuck-${order}`, 1_000, to('hang'))
  await shop.charge('order-1', 1_000, to('ok'))
  const before = performance.now()
  await expect.poll(() => inbox.received.some(({ path }) => path === '/ok'), { timeout: 14_000 }).toBe(true)
  expect(performance.now() - before).toBeLessThan(11_000)
})
