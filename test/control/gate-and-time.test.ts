import { expect, test } from 'vitest'
import { openInbox } from '../../src/testkit/index.ts'
import { emulatorOfFile, newShop, type Shop } from '../midtrans/merchant.ts'
import { adminRequest } from './admin-request.ts'

const emulator = await emulatorOfFile()

async function shopOf(url: string): Promise<Shop> {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  await shop.admin.patch('settings', { payment_notification_url: url })
  return shop
}

test('what was held goes on at its own time when the gate opens', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  await shop.admin.put('rules', [{ match: { operation: 'notification' }, outcome: 'delay:10m' }])
  await shop.admin.post('gate/hold', {})
  await shop.charge('order-1', 1_000)
  await shop.admin.post('gate/resume')
  await shop.admin.advance('599s')
  expect(inbox.received).toHaveLength(0)
  await shop.admin.advance('1s')
  expect(inbox.received).toHaveLength(1)
})

test('a try that was under way when the gate closed is the last one for now', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  const { promise: answer, resolve } = Promise.withResolvers<number>()
  inbox.answer(() => answer)
  await shop.charge('order-1', 1_000)
  await expect.poll(() => inbox.received.length).toBe(1)
  await shop.admin.post('gate/hold', {})
  resolve(500)
  await expect.poll(() => shop.admin.get('gate')).toMatchObject({ held_total: 1 })
  await shop.admin.advance('1d')
  expect(inbox.received).toHaveLength(1)
})

test('what waits behind a slow one can still be held', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  const { promise: answer, resolve } = Promise.withResolvers<number>()
  inbox.answer(() => answer)
  await shop.charge('order-1', 150_000)
  await expect.poll(() => inbox.received.length).toBe(1)
  await shop.api.post('/v2/order-1/cancel')
  await shop.admin.post('gate/hold', {})
  resolve(200)
  await shop.admin.advance('1d')
  expect(inbox.received).toHaveLength(1)
  expect(await shop.admin.get('gate')).toMatchObject({ held: [{ event: 'transaction.cancel' }] })
})

test('the log tells of each try what it sent, also when it was edited later', async () => {
  await using inbox = await openInbox()
  inbox.answer(() => 500)
  const shop = await shopOf(inbox.url)
  await shop.charge('order-1', 1_000)
  await shop.admin.advance('0s')
  await shop.admin.post('gate/hold', {})
  const { held } = (await shop.admin.get('gate')) as { held: { id: string }[] }
  await shop.admin.post('gate/edit', { id: held[0]?.id, fields: { order_id: 'edited' } })
  await shop.admin.post('gate/release', { first: 1 })
  await shop.admin.advance('0s')
  const [told] = (await shop.admin.get('notifications?order_id=edited')) as {
    deliveries: { attempts: { request: { body: string } }[] }[]
  }[]
  const sent = told?.deliveries[0]?.attempts.map(({ request }) => request.body)
  expect(sent).toEqual(inbox.received.map(({ text }) => text))
  expect(sent?.map((body) => JSON.parse(body).order_id)).toEqual(['order-1', 'edited'])
})

test('a notification that was cut is found by its order, and so is a payment by its account', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  await shop.admin.put('rules', [{ match: { operation: 'notification' }, outcome: 'cut' }])
  await shop.charge('order-1', 1_000)
  await shop.admin.advance('0s')
  expect(await shop.admin.get('notifications?order_id=order-1')).toHaveLength(1)
  expect(await shop.admin.get(`notifications?account_id=${shop.accountId}&event=transaction.*`)).toHaveLength(1)
  expect(await shop.admin.expect({ notification: { order_id: 'order-1' } })).toMatchObject({ found: 1 })
})

test('the same hold twice is one, the same id twice as well', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  for (let times = 0; times < 3; times++) await shop.admin.post('gate/hold', {})
  await shop.charge('order-1', 1_000)
  const gate = (await shop.admin.get('gate')) as { holds: object[]; held: { id: string }[] }
  expect(gate.holds).toEqual([{}])
  const id = gate.held[0]?.id
  await shop.admin.post('gate/release', { ids: [id, id] })
  await shop.admin.advance('0s')
  expect(inbox.received).toHaveLength(1)
})

test('what a merchant answers of keys and passwords is not shown', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url.replace('//', '//user:secret@'))
  const other = 'Mid-server-somebody-else'
  inbox.answer(() => ({ status: 200, headers: { 'x-env': `KEY=${shop.key}` }, body: `${shop.key} ${other}` }))
  await shop.charge('order-1', 1_000)
  await shop.admin.advance('0s')
  const { text } = await shop.raw('GET', '/__admin/notifications?order_id=order-1')
  for (const secret of [shop.key, other, 'secret']) expect(text).not.toContain(secret)
  expect(text).toContain('(server key) Mid-server-...')
})

test('the same seed shifts retries in the same way after a reset', async () => {
  await using inbox = await openInbox()
  inbox.answer(() => 502)
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { payment_notification_url: inbox.url, retry_shift: 'random' })
  const waits: number[] = []
  for (let times = 0; times < 2; times++) {
    await shop.admin.post('reset')
    await shop.admin.post('clock/freeze')
    await shop.api.post('/v2/charge', {
      payment_type: 'gopay',
      transaction_details: { order_id: 'a', gross_amount: 1 },
    })
    await shop.admin.advance('0s')
    const { now, next_delivery_at } = (await shop.admin.get('clock')) as { now: string; next_delivery_at: string }
    waits.push(Date.parse(next_delivery_at) - Date.parse(now))
  }
  expect(waits[1]).toBe(waits[0])
})

test('after a reset during an advance, notifications leave at once', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  inbox.answer(({ body }) => (body.order_id === 'stuck' ? new Promise(() => {}) : 200))
  await shop.charge('stuck', 1_000)
  const advance = shop.admin.advance('1m').catch(() => {})
  await expect.poll(() => inbox.received.length).toBe(1)
  await shop.admin.post('reset')
  await shop.api.post('/v2/charge', {
    payment_type: 'gopay',
    transaction_details: { order_id: 'new', gross_amount: 1 },
  })
  await expect.poll(() => inbox.received.map(({ body }) => body.order_id), { timeout: 1_500 }).toEqual(['stuck', 'new'])
  await inbox.close()
  await advance
})

test.each([{}, { order_id: 1, status_code: 200, gross_amount: 5 }, { account_id: 'a', account_status: {} }])(
  'the body %j cannot be signed, and is told why',
  async (body) => {
    const shop = await newShop(emulator)
    expect(await adminRequest(emulator, 'signature/sign', { method: 'POST', key: shop.key, body })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('Found no text') },
    })
  },
)
