import { expect, onTestFinished, test } from 'vitest'
import { listen, NoStream, type StreamEvent } from '../../src/client/events.ts'
import { startEmulator, type TestEmulator } from '../../src/testkit/index.ts'
import { basic, emulatorOfFile, newMerchant, newShop, type Shop } from '../midtrans/merchant.ts'
import { adminRequest } from './admin-request.ts'

const emulator = await emulatorOfFile()

interface Entry {
  readonly kind: string
  readonly title: string
  readonly order_id?: string
  readonly request?: { readonly answer: string }
}

/** A tester who listens until the test is over. */
function listening({ key }: { readonly key: string }, query = '', after?: string, at: TestEmulator = emulator) {
  const gone = new AbortController()
  const target = { url: at.url, serverKey: key, signal: gone.signal }
  const events = listen(target, { path: `/__admin/events${query}`, after })
  onTestFinished(() => gone.abort())
  return {
    next: async () => (await events.next()).value as StreamEvent,
    leave: () => gone.abort(),
    /** Up to one that is meant. */
    async until(isMeant: (entry: Entry) => boolean): Promise<StreamEvent> {
      for (let { done, value } = await events.next(); !done; { done, value } = await events.next()) {
        if (value && isMeant(value.data as Entry)) return value
      }
      throw new Error('the stream has ended')
    },
  }
}

/** All that is there. */
async function allOf({ key }: { readonly key: string }, query = '', after?: string): Promise<readonly StreamEvent[]> {
  const events: StreamEvent[] = []
  const path = `/__admin/events?follow=false${query}`
  for await (const event of listen({ url: emulator.url, serverKey: key }, { path, after })) events.push(event)
  return events
}

const titles = (events: readonly StreamEvent[]) => events.map(({ data }) => (data as Entry).title)

async function shopWithOrder(): Promise<Shop> {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 20_000)
  // The end of a request is written down when its answer has left.
  await shop.admin.expect({ request: { order_id: 'order-1', state: 'answered' } })
  return shop
}

test('all that is remembered is told in order, each with an id of its own', async () => {
  const shop = await shopWithOrder()
  const events = await allOf(shop)
  expect(titles(events)).toEqual(
    expect.arrayContaining(['account PENDING -> ENABLED', 'transaction begins: settlement']),
  )
  expect(titles(events).at(-1)).toBe('POST /v2/charge order-1: 200 settlement (HTTP 200)')
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
  const seqs = events.map(({ data }) => (data as { seq: number }).seq)
  expect(seqs).toEqual(seqs.toSorted((one, other) => one - other))
})

test('it tells the lines of a timeline, and no others but requests', async () => {
  const shop = await shopWithOrder()
  const { entries } = await shop.admin.timeline(shop.accountId)
  const told = (await allOf(shop)).map(({ data }) => data as Entry).filter(({ kind }) => kind !== 'request')
  const expected = entries.filter(({ kind }) => kind !== 'call' && kind !== 'answer')
  expect(told.map(({ title }) => title)).toEqual(expected.map(({ title }) => title))
})

test('a request is told with its answer, as the list of requests shows it, and without secrets', async () => {
  const shop = await shopWithOrder()
  const last = (await allOf(shop)).at(-1)?.data as Entry
  const [listed] = await shop.admin.requests({ order_id: 'order-1' })
  expect(last).toMatchObject({ kind: 'request', order_id: 'order-1', request: listed })
  const text = JSON.stringify(await allOf(shop))
  expect(text).toContain('payment_option_token')
  expect(text).not.toContain(shop.token)
  expect(text).not.toContain(shop.key)
})

test('who stays is told of what happens, timers and tries of notifications too', async () => {
  const shop = await newShop(emulator)
  const stream = listening(shop, '?order_id=order-1')
  await shop.admin.patch('settings', { payment_notification_url: `${emulator.url}/practice/notifications/500` })
  await shop.charge('order-1', 150_000)
  await stream.until(({ title }) => title === 'transaction begins: pending')
  expect((await stream.until(({ title }) => title.includes('try 1'))).data).toMatchObject({ order_id: 'order-1' })
  await shop.admin.advance('15m')
  await stream.until(({ title }) => title === 'transaction pending -> expire')
})

test('who comes back with the last id, in whichever way, misses nothing and hears nothing twice', async () => {
  const shop = await shopWithOrder()
  const events = await allOf(shop)
  const middle = events[3]?.id ?? ''
  expect(titles(await allOf(shop, '', middle))).toEqual(titles(events.slice(4)))
  expect(titles(await allOf(shop, `&since=${middle}`))).toEqual(titles(events.slice(4)))
  expect(await allOf(shop, '', events.at(-1)?.id)).toEqual([])
  // One of before a restart.
  expect(await allOf(shop, '', 'another.3')).toEqual(events)
})

test.each([
  ['&order_id=order-*', ['transaction', 'transaction.settlement', 'POST /v2/charge']],
  ['&kind=request&from=merchant&order_id=order-1', ['POST /v2/charge']],
  ['&order_id=other', []],
])('%s tells that alone', async (query, begins) => {
  const found = titles(await allOf(await shopWithOrder(), query))
  expect(found).toHaveLength(begins.length)
  for (const [index, begin] of begins.entries()) expect(found[index]).toMatch(new RegExp(`^${begin}`))
})

test('what the journal could not keep is counted, whether it was there before or goes by too fast', async () => {
  const { admin, key } = newMerchant(emulator)
  for (let more = 0; more < 1_100; more += 100) {
    await Promise.all(Array.from({ length: 100 }, () => admin.patch('settings', { merchant_name: `Shop ${more}` })))
  }
  const [first, ...others] = await allOf({ key })
  expect(first).toEqual({ type: 'dropped', data: { requests: 0, happenings: 100 } })
  expect(others).toHaveLength(1_000)
  const seq = Number(others[0]?.id?.split('.')[1])
  const place = (at: number) => `${others[0]?.id?.split('.')[0]}.${at}`
  expect((await allOf({ key }, '', place(seq - 1)))[0]?.type).toBe('entry')
  expect((await allOf({ key }, '', place(seq - 6)))[0]).toMatchObject({ type: 'dropped', data: { happenings: 5 } })
})

test('a stream ends, and says why, when its sandbox is deleted', async () => {
  const shop = await shopWithOrder()
  const stream = listening(shop)
  await stream.next()
  const [{ merchant_id }] = [(await shop.admin.get('settings')) as { merchant_id: string }]
  await shop.admin.delete(`sandboxes/${merchant_id}`)
  expect(await stream.until((data) => 'why' in data)).toEqual({ type: 'end', data: { why: 'the sandbox is gone' } })
  expect(await stream.next()).toBeUndefined()
})

test('an emulator with listeners ends at once', async () => {
  const own = await startEmulator()
  const merchant = newMerchant(own)
  await merchant.admin.freeze()
  const stream = listening(merchant, '', undefined, own)
  await stream.next()
  const before = performance.now()
  await own.close()
  expect(performance.now() - before).toBeLessThan(2_000)
  await expect(stream.next()).rejects.toThrow()
})

test('there are a hundred streams at the most; whoever leaves makes room', async () => {
  const own = await startEmulator()
  onTestFinished(() => own.close())
  const merchant = newMerchant(own)
  await merchant.admin.freeze()
  const streams = Array.from({ length: 100 }, () => listening(merchant, '', undefined, own))
  await Promise.all(streams.map((stream) => stream.next()))
  const refused = await listening(merchant, '', undefined, own)
    .next()
    .catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(NoStream)
  expect(refused).toMatchObject({ answer: { status: 503 } })
  streams[0]?.leave()
  await expect.poll(() => listening(merchant, '', undefined, own).next()).toMatchObject({ type: 'entry' })
})

test.each([
  ['since=yesterday', /since: found "yesterday", expected the id of an event/],
  ['follow=maybe', /follow: found "maybe", expected true or false/],
])('%s is refused in words', async (query, detail) => {
  const { key } = newMerchant(emulator)
  const { status, body } = await adminRequest(emulator, `events?${query}`, { key })
  expect([status, body.detail]).toEqual([400, expect.stringMatching(detail)])
})

test('a HEAD request does not wait for the end of a stream, and openapi.json says that it is one', async () => {
  const headers = { authorization: basic(`${newMerchant(emulator).key}:`) }
  expect((await fetch(`${emulator.url}/__admin/events`, { method: 'HEAD', headers })).status).toBe(405)
  const { body } = await adminRequest(emulator, 'openapi.json')
  expect(body.paths['/__admin/events'].get.responses[200].content).toEqual({ 'text/event-stream': {} })
})
