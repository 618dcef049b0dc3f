import { expect, test } from 'vitest'
import { fillIn, type Page, visit } from '../../journeys/browser.ts'
import { emulatorOfFile, newShop, type Shop, walletOfHappyPayer } from '../merchant.ts'

const emulator = await emulatorOfFile()
const repetitions = 40
/** Shorter than the life of a page, so that the timer of the payment is the one that races. */
const lifetime = { custom_expiry: { expiry_duration: 1, unit: 'minute' } }

interface Scene {
  readonly shop: Shop
  readonly order: string
  readonly transaction_id: string
  readonly page: Page | undefined
}

/** What somebody does, whether it was answered as done; the timer tells nobody. */
type Racer = (scene: Scene) => Promise<boolean>

const racers = {
  cancel: async ({ shop, order }) => (await shop.api.post(`/v2/${order}/cancel`)).status_code === '200',
  expire: async ({ shop, order }) => (await shop.api.post(`/v2/${order}/expire`)).status_code === '407',
  capture: async ({ shop, transaction_id }) =>
    (await shop.api.post('/v2/capture', { transaction_id })).status_code === '200',
  pin: async ({ page }) =>
    page !== undefined && (await fillIn(page, { pin: '112233' })).leftFor?.includes('result=success') === true,
  timer: async ({ shop }) => {
    await shop.admin.advance('1m')
    return false
  },
} as const satisfies Readonly<Record<string, Racer>>

const follows = {
  cancel: 'cancel',
  expire: 'expire',
  capture: 'settlement',
  pin: 'settlement',
  timer: 'expire',
} as const

type Name = keyof typeof racers
const rotated = <T>(list: readonly T[], by: number) => list.map((_, i) => list[(i + by) % list.length] as T)

/** Starts after so many turns of the event loop, so that the requests meet at different points. */
async function afterTurns<T>(turns: number, start: () => Promise<T>): Promise<T> {
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate)
  return start()
}

// facts.md, section 5: each of these ends is final for the others. A.6: the hold goes to one place alone.
test.each<[string, number, object, Name[]]>([
  ['waits for the PIN', 150_000, { callback_url: 'https://shop.example/done' }, ['pin', 'cancel', 'expire', 'timer']],
  ['is reserved', 100_000, { pre_auth: true }, ['capture', 'cancel', 'expire', 'timer']],
  ['is ended twice in each way', 150_000, {}, ['cancel', 'expire', 'cancel', 'expire']],
])('of all who want to end a payment that %s exactly one does', async (_what, amount, gopay, names) => {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  const winners = new Map<Name, number>()
  let settled = 0
  for (let turn = 0; turn < repetitions; turn++) {
    const order = `order-${turn}`
    const { transaction_id, actions } = await shop.charge(order, amount, { gopay, more: lifetime })
    const page = names.includes('pin') ? await visit(actions[0].url) : undefined
    const scene = { shop, order, transaction_id, page }
    const starters = rotated(names, turn)
    const lead = turn % 8
    const done = await Promise.all(starters.map((name, i) => afterTurns(i * lead, () => racers[name](scene))))
    const { transaction_status } = await shop.status(order)

    const finished = starters.filter((_, i) => done[i])
    const winner: Name = finished[0] ?? 'timer'
    expect(finished.length, `${order}: ${starters}`).toBeLessThanOrEqual(1)
    expect(names, order).toContain(winner)
    expect(transaction_status, `${order}: ${winner}`).toBe(follows[winner])
    winners.set(winner, (winners.get(winner) ?? 0) + 1)
    const told = await shop.told(order)
    expect(told.map((body) => body.transaction_status)).toEqual([expect.any(String), follows[winner]])

    if (transaction_status === 'settlement') settled += amount
    expect(await shop.ledger()).toEqual({
      sum: 0,
      balances: {
        issuer: -8_000_000,
        [walletOfHappyPayer]: 8_000_000 - settled,
        ...(settled > 0 && { merchant: settled }),
      },
    })
  }
  // Whoever asks first wins: not always the same one.
  expect(winners.size).toBeGreaterThan(1)
})

const paths = ['refund', 'refund/online/direct'] as const

// facts.md, A.7 and section 5: further refunds up to the remainder.
test.each([50_000, 100_000])('of 20 refunds at once of a tenth of %i ten give it back', async (amount) => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', amount, { gopay: { recurring: true } })
  const refunds = Array.from({ length: 20 }, (_, i) =>
    shop.api.post(`/v2/order-1/${paths[i % 2]}`, { refund_key: `r-${i}`, amount: amount / 10 }),
  )
  const codes = (await Promise.all(refunds)).map(({ status_code }) => status_code)
  expect(codes.sort()).toEqual([...Array(10).fill('200'), ...Array(10).fill('412')])
  const status = await shop.status('order-1')
  expect(status).toMatchObject({ transaction_status: 'refund', refund_amount: `${amount}.00` })
  expect(status.refunds).toHaveLength(10)
  expect(await shop.ledger()).toEqual({ sum: 0, balances: { issuer: -8_000_000, [walletOfHappyPayer]: 8_000_000 } })
  const told = (await shop.told('order-1')).map(({ transaction_status }) => transaction_status)
  expect(told).toEqual(['settlement', ...Array(9).fill('partial_refund'), 'refund'])
})

test('of 20 refunds at once that do not fit together as many are made as fit', async () => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 50_000)
  const refunds = Array.from({ length: 20 }, () => shop.api.post('/v2/order-1/refund', { amount: 15_000 }))
  const codes = (await Promise.all(refunds)).map(({ status_code }) => status_code)
  expect(codes.sort()).toEqual([...Array(3).fill('200'), ...Array(17).fill('414')])
  expect(await shop.balance()).toBe('7995000.00')
})

// facts.md, A.7: the same key is a repeat of the same refund.
test('of 20 refunds at once with one refund_key, on both paths, one gives something back', async () => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 50_000)
  const refunds = Array.from({ length: 20 }, (_, i) =>
    shop.api.post(`/v2/order-1/${paths[i % 2]}`, { refund_key: 'r', amount: 5_000 }),
  )
  const codes = (await Promise.all(refunds)).map(({ status_code }) => status_code)
  expect(codes.sort()).toEqual(['200', ...Array(19).fill('406')])
  expect(await shop.balance()).toBe('7955000.00')
  expect(await shop.told('order-1')).toHaveLength(2)
})
