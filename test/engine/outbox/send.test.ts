import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Sender, undiciSender } from '../../../src/engine/outbox/send.ts'
import { openInbox } from '../../../src/testkit/index.ts'
import { openMerchant } from './merchant.ts'

const headers = { 'content-type': 'application/json', accept: 'application/json', 'user-agent': 'Veritrans' }
const body = '{"order_id":"order-1","note":"漢字"}'

const newSender = (timeoutMs = 10_000) => undiciSender({ timeoutMs, redirects: 5, connectionsPerHost: 2 })
let sender: Sender
const post = (url: string) => sender.send({ url, headers, body })

beforeEach(() => {
  sender = newSender()
})
afterEach(() => sender.close())

test.each([200, 201, 204, 400, 404, 500, 503])('the answer %i of the merchant is handed on', async (status) => {
  await using inbox = await openInbox()
  inbox.answer(() => status)
  expect(await post(inbox.url)).toMatchObject({ answer: status })
})

test('a merchant gets a POST with the body byte by byte, at the path and query that it asked for', async () => {
  const seen: unknown[] = []
  await using merchant = await openMerchant((request, response) => {
    request.setEncoding('utf8').on('data', (text) => seen.push(request.method, request.url, text))
    request.on('end', () => response.end())
  })
  await post(`${merchant.url}/notify?shop=1&name=a%20b`)
  expect(seen).toEqual(['POST', '/notify?shop=1&name=a%20b', body])
})

test('a merchant sees the headers that Midtrans sends, and no others but those of the transport', async () => {
  await using inbox = await openInbox()
  await post(inbox.url)
  expect(inbox.received[0]?.headers).toEqual({
    ...headers,
    host: new URL(inbox.url).host,
    connection: 'keep-alive',
    'content-length': String(Buffer.byteLength(body)),
  })
})

test('a long answer counts, although nobody reads it', async () => {
  await using merchant = await openMerchant((_request, response) => response.end('x'.repeat(3_000_000)))
  expect(await post(merchant.url)).toMatchObject({ answer: 200 })
  expect(await post(merchant.url)).toMatchObject({ answer: 200 })
})

test.each([307, 308])('a redirect with %i is followed with the same method, headers and body', async (status) => {
  await using target = await openInbox()
  await using inbox = await openInbox()
  inbox.answer(() => ({ status, headers: { location: `${target.url}moved?to=here` } }))
  target.answer(() => 202)
  expect(await post(inbox.url)).toMatchObject({ answer: 202 })
  expect(target.received).toMatchObject([{ path: '/moved?to=here', headers, text: body }])
})

test('a redirect to a path stays with the merchant', async () => {
  await using inbox = await openInbox()
  inbox.answer(({ path }) => (path === '/new' ? 200 : { status: 307, headers: { location: '/new' } }))
  expect(await post(`${inbox.url}old`)).toMatchObject({ answer: 200 })
  expect(inbox.received.map(({ path }) => path)).toEqual(['/old', '/new'])
})

test.each([301, 302, 303])('a redirect with %i is an answer, and is not followed', async (status) => {
  await using inbox = await openInbox()
  inbox.answer(() => ({ status, headers: { location: '/new' } }))
  expect(await post(inbox.url)).toMatchObject({ answer: status })
  expect(inbox.received).toHaveLength(1)
})

test('a redirect that does not say where to is an answer', async () => {
  await using inbox = await openInbox()
  inbox.answer(() => 307)
  expect(await post(inbox.url)).toMatchObject({ answer: 307 })
})

/** Redirects /5 to /4 ... to /0, which answers 200. */
const countdown = ({ path }: { readonly path: string }) => {
  const left = Number(path.slice(1))
  return left === 0 ? 200 : { status: 307, headers: { location: `/${left - 1}` } }
}

test('five redirects are followed, and six are not', async () => {
  await using inbox = await openInbox()
  inbox.answer(countdown)
  expect(await post(`${inbox.url}5`)).toMatchObject({ answer: 200 })
  expect(inbox.received).toHaveLength(6)
  expect(await post(`${inbox.url}6`)).toMatchObject({ error: 'redirected more than 5 times' })
  expect(inbox.received.slice(6).map(({ path }) => path)).toEqual(['/6', '/5', '/4', '/3', '/2', '/1'])
})

test('a port where nobody listens is told as such, by address and by name', async () => {
  const merchant = await openMerchant(() => {})
  await merchant.close()
  const refused = { error: 'connection refused: nothing listens there' }
  expect(await post(merchant.url)).toMatchObject(refused)
  expect(await post(merchant.url.replace('127.0.0.1', 'localhost'))).toMatchObject(refused)
})

test('a host that does not exist is told as such', async () => {
  // ".invalid" is reserved for this (RFC 2606). Without a name service the words go on.
  expect(await post('http://shop.invalid/')).toMatchObject({ error: expect.stringMatching(/^host not found/) })
})

test('a merchant that hangs up before an answer is told as such', async () => {
  await using closing = await openMerchant((request) => request.socket.end())
  expect(await post(closing.url)).toMatchObject({ error: 'connection closed by the merchant before an answer' })
  await using resetting = await openMerchant((request) => request.socket.resetAndDestroy())
  expect(await post(resetting.url)).toMatchObject({ error: 'connection reset by the merchant' })
})

test('a merchant that never answers is given up after the timeout', async () => {
  sender = newSender(100)
  await using merchant = await openMerchant(() => {})
  expect(await post(merchant.url)).toMatchObject({ error: 'no answer within 0.1 s' })
})

test('the timeout is for the whole try, redirects included', async () => {
  sender = newSender(100)
  await using silent = await openMerchant(() => {})
  await using inbox = await openInbox()
  inbox.answer(() => ({ status: 307, headers: { location: silent.url } }))
  expect(await post(inbox.url)).toMatchObject({ error: 'no answer within 0.1 s' })
})

test('an address that cannot be posted to is an error in plain words, and never a rejection', async () => {
  const expected = 'expected an address with http:// or https://'
  expect(await post('ftp://127.0.0.1/')).toMatchObject({ error: `found ftp://127.0.0.1/, ${expected}`, hopeless: true })
  expect(await post('no address')).toMatchObject({ error: `found no address, ${expected}`, hopeless: true })
  await using inbox = await openInbox()
  inbox.answer(() => ({ status: 308, headers: { location: 'mailto:shop@example.com' } }))
  expect(await post(inbox.url)).toMatchObject({ error: `found mailto:shop@example.com, ${expected}`, hopeless: false })
})

test('closing ends what is under way', async () => {
  const { promise: arrived, resolve } = Promise.withResolvers<void>()
  await using merchant = await openMerchant(() => resolve())
  const result = post(merchant.url)
  await arrived
  await sender.close()
  expect(await result).toMatchObject({ error: expect.any(String) })
})
