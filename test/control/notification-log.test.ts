import { expect, test } from 'vitest'
import { openInbox } from '../../src/testkit/index.ts'
import { emulatorOfFile, newShop, type Shop } from '../midtrans/merchant.ts'
import { adminRequest } from './admin-request.ts'

const emulator = await emulatorOfFile()

interface Listed {
  readonly id: string
  readonly event: string
  readonly reference: string
  readonly state: string
  readonly deliveries: readonly {
    readonly id: string
    readonly status: string
    readonly because?: string
    readonly request: { readonly url: string; readonly headers: object; readonly body: string }
    readonly attempts: readonly Record<string, unknown>[]
  }[]
}

const list = async (shop: Shop, query = '') => (await shop.admin.get(`notifications${query}`)) as Listed[]

async function shopOf(url: string): Promise<Shop> {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  await shop.admin.patch('settings', { payment_notification_url: url })
  return shop
}

// Issue 4, 2: when, URL, request, answer with headers and body, duration, why and when the next try comes.
test('a try is written down with all that was sent and all that came back', async () => {
  await using inbox = await openInbox()
  inbox.answer(() => ({ status: 503, headers: { 'x-why': 'deploying' }, body: 'come back later' }))
  const shop = await shopOf(inbox.url)
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('0s')
  const [told] = await list(shop, '?order_id=order-1')
  expect(told).toMatchObject({ event: 'transaction.settlement', reference: 'order-1', state: 'planned' })
  const [delivery] = told?.deliveries ?? []
  expect(delivery).toMatchObject({
    status: 'planned',
    request: {
      method: 'POST',
      url: inbox.url,
      headers: { 'content-type': 'application/json', accept: 'application/json', 'user-agent': 'Veritrans' },
      body: inbox.received[0]?.text,
    },
    attempts: [
      {
        at: expect.stringMatching(/Z$/),
        real_at: expect.stringMatching(/Z$/),
        took_ms: expect.any(Number),
        url: inbox.url,
        answer: 503,
        answer_headers: expect.objectContaining({ 'x-why': 'deploying' }),
        answer_body: 'come back later',
        why: 'the answer 503 is tried again 4 times: this was try 1',
      },
    ],
    next_attempt_at: expect.stringMatching(/Z$/),
  })
})

test('of a long answer the first 16 KiB are kept', async () => {
  await using inbox = await openInbox()
  inbox.answer(() => ({ status: 200, body: 'x'.repeat(50_000) }))
  const shop = await shopOf(inbox.url)
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('0s')
  const [told] = await list(shop, '?order_id=order-1')
  expect(told?.deliveries[0]?.attempts[0]?.answer_body).toBe('x'.repeat(16_384))
})

test('a redirect that was followed shows where the notification arrived', async () => {
  await using inbox = await openInbox()
  inbox.answer(({ path }) => (path === '/new' ? 200 : { status: 308, headers: { location: '/new' } }))
  const shop = await shopOf(inbox.url)
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('0s')
  const [told] = await list(shop, '?order_id=order-1')
  expect(told?.deliveries[0]?.attempts).toMatchObject([{ url: `${inbox.url}new`, answer: 200 }])
})

/** Two orders and an account, one of the orders told in vain. */
async function threeTold(url: string): Promise<Shop> {
  const shop = await shopOf(url)
  await shop.charge('order-1', 50_000)
  await shop.charge('order-2', 150_000)
  await shop.admin.advance('0s')
  return shop
}

test.each([
  ['?order_id=order-1', ['order-1']],
  ['?order_id=order-*', ['order-2', 'order-1']],
  ['?reference=order-2', ['order-2']],
  ['?event=transaction.settlement', ['order-1']],
  ['?transaction_status=pending', ['order-2']],
  ['?state=failed', ['order-1']],
  ['?state=delivered', ['order-2']],
  ['?url=http://127.0.0.1*', ['order-2', 'order-1']],
  ['?order_id=order-1&state=delivered', []],
  ['?no_such_field=x', []],
])('the log can be searched with %s', async (query, references) => {
  await using inbox = await openInbox()
  inbox.answer(({ body }) => (body.order_id === 'order-1' ? 301 : 200))
  const shop = await threeTold(inbox.url)
  expect((await list(shop, query)).map(({ reference }) => reference)).toEqual(references)
})

test('an account is found by its id, and what had nowhere to go by that', async () => {
  const shop = await newShop(emulator)
  for (const query of [`?account_id=${shop.accountId}`, '?state=nowhere to go', '?event=account.*']) {
    expect((await list(shop, query)).map(({ event }) => event)).toEqual(['account.linked'])
  }
})

test('the log comes in pages, and says how much there is', async () => {
  const shop = await newShop(emulator)
  for (const order of ['a', 'b', 'c', 'd', 'e']) await shop.charge(order, 1_000)
  const page = async (query: string) => (await list(shop, query)).map(({ reference }) => reference)
  expect(await page('?event=transaction.*&per_page=2')).toEqual(['e', 'd'])
  expect(await page('?event=transaction.*&per_page=2&page=2')).toEqual(['c', 'b'])
  expect(await page('?event=transaction.*&per_page=2&page=3')).toEqual(['a'])
  expect(await page('?event=transaction.*&per_page=2&page=4')).toEqual([])
  const { headers } = await shop.raw('GET', '/__admin/notifications?event=transaction.*&per_page=2')
  expect(headers.get('x-total-count')).toBe('5')
})

test.each(['page=0', 'page=x', 'per_page=0', 'per_page=1001', 'page=-1'])('%s is no page', async (query) => {
  const shop = await newShop(emulator)
  const answer = await adminRequest(emulator, `notifications?${query}`, { key: shop.key })
  expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining('expected a number from 1') } })
})

// Issue 4, 9: no credentials of the emulator are ever sent, and no key is shown.
test('neither the merchant nor the log is shown the server key', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('0s')
  expect(JSON.stringify(inbox.received)).not.toContain(shop.key)
  expect(inbox.received[0]?.headers.authorization).toBeUndefined()
  expect((await shop.raw('GET', '/__admin/notifications')).text).not.toContain(shop.key)
})

test('one notification is found by its id; what is none is told', async () => {
  await using inbox = await openInbox()
  const shop = await shopOf(inbox.url)
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('0s')
  const [told] = await list(shop, '?order_id=order-1')
  expect(await shop.admin.get(`notifications/${told?.id}`)).toEqual(told)
  await expect(shop.admin.get('notifications/none')).rejects.toThrow('Found the id none, which no notification has')
})
