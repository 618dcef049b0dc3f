import { expect, onTestFinished, test } from 'vitest'
import { payer, startEmulator } from '../../src/testkit/index.ts'
import { emulatorOfFile, happyPayer, newMerchant, newShop, type Shop } from '../midtrans/merchant.ts'
import { fillIn, visit } from './browser.ts'
import { eventsOf, listen, type News, type Stream } from './event-stream.ts'
import { linkIn } from './merchant.ts'

const emulator = await emulatorOfFile()

const openPin = async (shop: Shop) => visit(linkIn(await shop.charge('order-1', 150_000), 'verification-link-url'))
const isNear = (found: number | undefined, expected: number) =>
  expect(found).toSatisfy((each: number) => Math.abs(each - expected) < 10_000)

/** Messages up to one that is meant: what comes before it depends on how quick we are. */
async function until(stream: Stream, isMeant: (news: News) => boolean): Promise<News> {
  for (let news = await stream.next(); news; news = await stream.next()) if (isMeant(news)) return news
  throw new Error('the stream has ended')
}

/** A payer with the page open, on a clock that stands still. */
async function openOnStillClock() {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  const page = await openPin(shop)
  const stream = await listen(eventsOf(page))
  onTestFinished(() => stream[Symbol.asyncDispose]())
  return { shop, page, stream, first: await stream.next() }
}

test('a page is told at once how it stands', async () => {
  const shop = await newShop(emulator)
  await using stream = await listen(eventsOf(await openPin(shop)))
  expect(stream.status).toBe(200)
  expect(stream.headers.get('content-type')).toBe('text/event-stream')
  expect(stream.headers.get('cache-control')).toBe('no-store')
  const first = await stream.next()
  expect(first).toMatchObject({ asks: 'pin', isOver: false, isRunning: true, speed: 1 })
  isNear(first?.leftMs, 300_000)
})

test('a page follows a clock that stands still, jumps, and goes on many times as fast', async () => {
  const { shop, stream, first } = await openOnStillClock()
  expect(first).toEqual({ asks: 'pin', isOver: false, leftMs: 300_000, isRunning: false, speed: 1 })
  await shop.admin.advance('1m')
  expect(await stream.next()).toMatchObject({ leftMs: 240_000, isRunning: false })
  await shop.admin.post('clock/speed', { speed: 2 })
  expect(await stream.next()).toMatchObject({ leftMs: 240_000, isRunning: false, speed: 2 })
  await shop.admin.post('clock/resume')
  expect(await until(stream, ({ isRunning }) => isRunning)).toMatchObject({ isOver: false, speed: 2 })
  await shop.admin.advance('2m')
  isNear((await until(stream, ({ leftMs }) => leftMs < 130_000)).leftMs, 120_000)
})

test('a page is over when the clock jumps beyond its end', async () => {
  const { shop, stream } = await openOnStillClock()
  await shop.admin.advance('5m')
  expect(await until(stream, ({ isOver }) => isOver)).toMatchObject({ asks: 'expired', leftMs: 0 })
  expect(await stream.next()).toBeUndefined()
})

test('on a fast clock the page is over by itself', async () => {
  const { shop, stream } = await openOnStillClock()
  await shop.admin.post('clock/speed', { speed: 10_000 })
  await shop.admin.post('clock/resume')
  expect(await until(stream, ({ isOver }) => isOver)).toMatchObject({ asks: 'expired' })
})

test('a page is told when another tab has gone on, and when it has come to the end', async () => {
  const answer = await newMerchant(emulator).api.post('/v2/pay/account', {
    payment_type: 'gopay',
    gopay_partner: happyPayer,
  })
  const page = await visit(linkIn(answer, 'activation-link-url'))
  await using stream = await listen(eventsOf(page))
  expect(await stream.next()).toMatchObject({ asks: 'consent' })
  await fillIn(page, {})
  expect(await stream.next()).toMatchObject({ asks: 'otp', isOver: false })
  await fillIn(page, { otp: '987654' })
  expect(await stream.next()).toMatchObject({ asks: 'pin', isOver: false })
  await fillIn(page, { pin: '112233' })
  expect(await stream.next()).toMatchObject({ asks: 'confirmed', isOver: true })
  expect(await stream.next()).toBeUndefined()
})

test.each([
  ['a payer without a browser', (shop: Shop) => shop.admin.post('payers/walk', { id: 'order-1' })],
  ['the merchant', (shop: Shop) => shop.api.post('/v2/order-1/cancel')],
  ['whoever simulates', (shop: Shop) => shop.admin.simulate('settle', 'order-1')],
  ['a reset', (shop: Shop) => shop.admin.post('reset')],
  [
    'the end of the sandbox',
    async ({ admin }: Shop) => {
      const { merchant_id } = (await admin.get('settings')) as { merchant_id: string }
      await admin.delete(`sandboxes/${merchant_id}`)
    },
  ],
  // Sooner than the next heartbeat.
])('a page is told that %s has ended it', { timeout: 5_000 }, async (_who, end) => {
  const { shop, stream } = await openOnStillClock()
  await end(shop)
  expect(await until(stream, ({ isOver }) => isOver)).toBeDefined()
  expect(await stream.next()).toBeUndefined()
})

test('the desktop that waits is told when the app has confirmed', async () => {
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { flow: 'app' })
  const charge = await shop.charge('order-1', 150_000)
  await using stream = await listen(eventsOf(await visit(linkIn(charge, 'verification-link-url'))))
  expect(await stream.next()).toMatchObject({ isOver: false })
  await payer.walk(linkIn(charge, 'verification-link-app'))
  expect(await stream.next()).toMatchObject({ asks: 'confirmed', isOver: true })
})

test('who listens asks for nothing: no journal knows of it, and no link is opened by it', async () => {
  const { shop, page, stream } = await openOnStillClock()
  const story = () => shop.admin.timeline('order-1', 'text')
  const [requests, before] = [await shop.admin.requests(), await story()]
  for (let more = 0; more < 3; more++) await (await listen(eventsOf(page)))[Symbol.asyncDispose]()
  expect(await shop.admin.requests()).toEqual(requests)
  expect(await story()).toBe(before)
  expect(stream.status).toBe(200)
})

test('a page has eight streams; whoever leaves makes room', async () => {
  const { page } = await openOnStillClock()
  const others = await Promise.all(Array.from({ length: 7 }, () => listen(eventsOf(page))))
  expect(others.map(({ status }) => status)).toEqual(Array(7).fill(200))
  const ninth = await listen(eventsOf(page))
  expect([ninth.status, ninth.headers.get('retry-after')]).toEqual([429, '5'])
  await others[0]?.[Symbol.asyncDispose]()
  await expect.poll(async () => (await listen(eventsOf(page))).status).toBe(200)
  for (const each of others) await each[Symbol.asyncDispose]()
})

test.each(['web/nobody', 'app/00000000-0000-4000-8000-000000000000', 'scan/nobody', 'other/nobody'])(
  'nobody can listen to /gopay/%s, which is no page',
  async (path) => {
    expect((await listen(`${emulator.url}/gopay/${path}/events`)).status).toBe(404)
  },
)

test('a HEAD request does not wait for the end of a stream', async () => {
  const { page } = await openOnStillClock()
  expect((await fetch(eventsOf(page), { method: 'HEAD' })).status).toBe(404)
})

test('an emulator with open pages ends at once, and does not tell them that they are over', async () => {
  const own = await startEmulator()
  const page = await openPin(await newShop(own))
  await using stream = await listen(eventsOf(page))
  await stream.next()
  const before = performance.now()
  await own.close()
  expect(performance.now() - before).toBeLessThan(2_000)
  await expect(stream.next()).rejects.toThrow()
})
