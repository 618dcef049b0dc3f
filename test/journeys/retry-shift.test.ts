import { expect, test } from 'vitest'
import { openInbox } from '../../src/testkit/index.ts'
import { emulatorOfFile, newShop } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile()

/** Seconds between the tries of a merchant that never has success. */
async function waits(settings: object): Promise<readonly number[]> {
  await using inbox = await openInbox()
  inbox.answer(() => 502)
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  await shop.admin.patch('settings', { payment_notification_url: inbox.url, ...settings })
  await shop.charge('order-1', 1_000)
  const before = performance.now()
  await shop.admin.advance('6h')
  // Issue 4, 1: six hours in milliseconds of real time; a second is far from six hours.
  expect(performance.now() - before).toBeLessThan(1_000)
  const [told] = (await shop.admin.get('notifications?order_id=order-1')) as {
    deliveries: { attempts: { at: string }[] }[]
  }[]
  const times = (told?.deliveries[0]?.attempts ?? []).map(({ at }) => Date.parse(at))
  return times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / 1_000)
}

const nominal = [120, 600, 1_800, 5_400, 12_600]

// facts.md, section 4: each with a random shift; the 1st may come 33 s to 2 min after.
test('without a shift each retry comes at its own minute', async () => {
  expect(await waits({})).toEqual(nominal)
})

test('a random shift brings retries forward, within its bounds, and the same for the same seed', async () => {
  const shifted = await waits({ retry_shift: 'random', seed: 'monday' })
  expect(shifted).toHaveLength(5)
  shifted.forEach((wait, index) => {
    expect(wait).toBeLessThanOrEqual(nominal[index] ?? 0)
    expect(wait).toBeGreaterThanOrEqual(((nominal[index] ?? 0) * 33) / 120)
  })
  expect(shifted).not.toEqual(nominal)
  expect(await waits({ retry_shift: 'random', seed: 'monday' })).toEqual(shifted)
  expect(await waits({ retry_shift: 'random', seed: 'tuesday' })).not.toEqual(shifted)
})
