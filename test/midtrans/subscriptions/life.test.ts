import { describe, expect, test } from 'vitest'
import { emulatorOfFile } from '../merchant.ts'
import { openShop } from './subscriber.ts'

const emulator = await emulatorOfFile()

describe('facts.md, section 8: life', () => {
  test('each month the wallet is charged without a PIN, whatever the amount, and the schedule moves on', async () => {
    const shop = await openShop(emulator, '2030-01-10 08:00:00')
    const { id } = await shop.subscribe({ amount: '150000' })
    await shop.goTo('2030-02-10 07:59:59')
    expect(await shop.payments(id)).toEqual([])
    await shop.goTo('2030-03-20 00:00:00')
    expect(await shop.payments(id)).toEqual([
      ['2030-02-10 08:00:00', 'settlement'],
      ['2030-03-10 08:00:00', 'settlement'],
    ])
    expect((await shop.subscription(id)).schedule).toEqual({
      interval: 1,
      interval_unit: 'month',
      current_interval: 2,
      start_time: '2030-02-10 08:00:00',
      previous_execution_at: '2030-03-10 08:00:00',
      next_execution_at: '2030-04-10 08:00:00',
    })
    expect(await shop.balance()).toBe('7700000.00')
  })
})
