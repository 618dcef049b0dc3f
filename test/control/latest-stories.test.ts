import { expect, test } from 'vitest'
import { emulatorOfFile, newMerchant } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile()

async function shopWithOrders() {
  const { admin, api } = newMerchant(emulator)
  await admin.freeze()
  const charge = (order_id: string, gross_amount: number) =>
    api.post('/v2/charge', { payment_type: 'gopay', transaction_details: { order_id, gross_amount } })
  const stories = async (query = '') => String(await admin.get(`stories${query}`))
  const titles = async (query?: string) => Array.from((await stories(query)).matchAll(/^\S.*$/gm), ([title]) => title)
  return { admin, charge, stories, titles }
}

test('each order is told of by itself, the latest first', async () => {
  const { charge, stories, titles } = await shopWithOrders()
  await charge('order-1', 5_000)
  await charge('order-2', 5_000)
  expect(await titles()).toEqual(['order order-2', 'order order-1', 'neither order nor account'])
  const [, first = ''] = (await stories()).split('\n\n')
  expect(first).toMatch(/transaction begins: pending\n.*\n.* POST \/v2\/charge order-1: 201 pending \(HTTP 200\)$/)
  expect(first).not.toContain('order-2')
})

test.each([
  ['was refused', (charge: Charge) => charge('bad', -1)],
  [
    'was denied',
    async (charge: Charge, admin: Admin) => {
      await charge('bad', 5_000)
      await admin.simulate('deny', 'bad')
    },
  ],
  [
    'was not paid in time',
    async (charge: Charge, admin: Admin) => {
      await charge('bad', 5_000)
      await admin.advance('15m')
    },
  ],
  [
    'has a notification that does not arrive',
    async (charge: Charge, admin: Admin) => {
      await admin.patch('settings', { payment_notification_url: 'http://127.0.0.1:9/' })
      await charge('bad', 5_000)
      await admin.patch('settings', { payment_notification_url: '' })
      await admin.advance('1s')
    },
  ],
  [
    'was answered and the answer was lost',
    async (charge: Charge, admin: Admin) => {
      await admin.rules([{ match: { order_id: 'bad' }, fault: 'after:reset' }])
      await charge('bad', 5_000).catch(() => {})
    },
  ],
])('an order that %s stands first', async (_what, happens) => {
  const { admin, charge, titles } = await shopWithOrders()
  await happens(charge, admin)
  await charge('good', 5_000)
  expect((await titles())[0]).toBe('order bad: something went wrong')
})

test('what is of no order stands by itself, and a long story is told from its end', async () => {
  const { admin, charge, stories, titles } = await shopWithOrders()
  await admin.advance('1m')
  for (let count = 0; count < 10; count++) await charge('order-1', 5_000)
  expect((await titles()).at(-1)).toBe('neither order nor account')
  expect(await stories('?stories=1&lines=3')).toMatch(
    /^order order-1: something went wrong\n {2}\.\.\. 9 earlier lines\n( {2}.*\n){3}\nand 1 more; .*\n$/,
  )
})

test('no key, no token and no control character gets into the log, and no line without end', async () => {
  const { charge, stories } = await shopWithOrders()
  await charge(`order-\u001b[31m-${'x'.repeat(2_000)}`, 5_000)
  const text = await stories()
  expect(text).not.toContain('\u001b')
  expect(text).not.toMatch(/server-[\w-]{8}/)
  for (const line of text.split('\n')) expect(line.length).toBeLessThan(350)
})

test.each(['?stories=0', '?stories=101', '?lines=x'])('%s is told as a bad number', async (query) => {
  const { stories } = await shopWithOrders()
  await expect(stories(query)).rejects.toThrow('expected a number from 1 to')
})

type Shop = Awaited<ReturnType<typeof shopWithOrders>>
type Charge = Shop['charge']
type Admin = Shop['admin']
