import { expect, test } from 'vitest'
import { sandboxesOf } from '../../insides.ts'
import { emulatorOfFile, happyPayer, newShop, type Shop } from '../merchant.ts'

// facts.md, section 6, for all of this file.
const emulator = await emulatorOfFile()
const keyed = (key = 'key-1') => ({ 'idempotency-key': key })
const keptBy = ({ key }: Shop) => sandboxesOf(emulator).ofServerKey(key)?.state.keptAnswers.size
const notFound = { status_code: '404' }

async function frozenShop() {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  return shop
}

// recordings.md: the test of the Java client, with another order_id.
test.each([
  ['the same body', 'order-1', 50_000, {}],
  ['another order_id', 'order-2', 50_000, {}],
  ['another amount', 'order-1', 150_000, {}],
  ['a body that is refused', 7.5, -1, { custom_field1: 5 }],
  ['an outcome that does not exist', 'order-2', 50_000, { headers: { 'x-emulator-outcome': 'maybe' } }],
])('a charge with a used key and %s gets the first answer again', async (_what, order, amount, more) => {
  const shop = await newShop(emulator)
  const first = await shop.charge('order-1', 50_000, { headers: keyed() })
  expect(first).toMatchObject({ httpStatus: 200, status_code: '200', order_id: 'order-1' })
  const headers = { ...keyed(), ...('headers' in more && more.headers) }
  expect(await shop.charge(order, amount, { more, headers })).toEqual(first)
  expect(await shop.status('order-2')).toMatchObject(notFound)
  expect(await shop.told('order-1')).toHaveLength(1)
  expect(await shop.balance()).toBe('7950000.00')
})

test('no body at all gets the first answer again', async () => {
  const shop = await newShop(emulator)
  const first = await shop.charge('order-1', 150_000, { headers: keyed() })
  for (const body of ['', '{}', 'null', '[]', '"gopay"']) {
    const { http, body: again } = await shop.raw('POST', '/v2/charge', { body, headers: keyed() })
    expect({ ...again, httpStatus: http }).toEqual(first)
  }
})

const repeatable: readonly [string, (shop: Shop) => Promise<string>, body?: object][] = [
  ['/v2/capture', (shop) => begun(shop, 100_000, { pre_auth: true }), {}],
  ['/v2/order-1/cancel', (shop) => begun(shop, 150_000)],
  ['/v2/order-1/expire', (shop) => begun(shop, 150_000)],
  ['/v2/order-1/refund', (shop) => begun(shop, 50_000), { refund_key: 'r', amount: 1 }],
  ['/v2/order-1/refund/online/direct', (shop) => begun(shop, 50_000), { refund_key: 'r', amount: 1 }],
]
const begun = async (shop: Shop, amount: number, gopay = {}): Promise<string> =>
  (await shop.charge('order-1', amount, { gopay })).transaction_id

test.each(repeatable)(
  'a repeat of POST %s with its key is answered as the first one, and does nothing',
  async (...row) => {
    const [path, begin, body] = row
    const shop = await newShop(emulator)
    const transaction_id = await begin(shop)
    const first = await shop.api.post(path, { transaction_id, ...body }, keyed())
    expect(first).toMatchObject({ httpStatus: 200, status_code: expect.stringMatching(/^(?:200|407)$/) })
    const after = [await shop.status('order-1'), await shop.ledger(), await shop.told('order-1')]
    expect(await shop.api.post(path, { transaction_id, ...body }, keyed())).toEqual(first)
    expect([await shop.status('order-1'), await shop.ledger(), await shop.told('order-1')]).toEqual(after)
    // Without the key it would have been refused.
    expect(await shop.api.post(path, { transaction_id, ...body })).toMatchObject({
      status_code: expect.stringMatching(/^4(?:06|12)$/),
    })
  },
)

// "key is global across endpoints"; "all POST": approve and deny have no success of their own.
test.each(
  ['capture', 'order-1/cancel', 'order-1/expire', 'order-1/refund', 'order-1/refund/online/direct'].concat(
    'order-1/approve',
    'order-1/deny',
    'nobody/cancel',
  ),
)('the key of a charge that is used again at %s gets the charge', async (path) => {
  const shop = await newShop(emulator)
  const first = await shop.charge('order-1', 150_000, { headers: keyed() })
  expect(await shop.api.post(`/v2/${path}`, undefined, keyed())).toEqual(first)
  expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'pending' })
})

test.each([
  ['capture', { transaction_id: 5, gross_amount: 'much' }],
  ['order-1/refund', { refund_key: 'not a key', amount: -1 }],
  ['order-1/refund/online/direct', { amount: 'much' }],
])('a body that %s would refuse does not matter once its key is used', async (path, body) => {
  const shop = await newShop(emulator)
  expect(await shop.api.post(`/v2/${path}`, body, keyed())).toMatchObject({ httpStatus: 400 })
  const first = await shop.charge('order-1', 150_000, { headers: keyed() })
  expect(await shop.api.post(`/v2/${path}`, body, keyed())).toEqual(first)
})

test('links and unlinks do not know keys', async () => {
  const shop = await newShop(emulator)
  const charged = await shop.charge('order-1', 50_000, { headers: keyed() })
  const gopay_partner = { ...happyPayer, phone_number: '8242974268' }
  const link = () => shop.api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner }, keyed('key-2'))
  const [first, second] = [await link(), await link()]
  expect([first.status_code, second.status_code]).toEqual(['201', '201'])
  expect(second.account_id).not.toBe(first.account_id)
  const unlink = () => shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`, undefined, keyed())
  expect(await unlink()).toMatchObject({ status_code: '204', account_status: 'DISABLED' })
  expect(await unlink()).toMatchObject({ status_code: '412' })
  expect(await shop.charge('order-2', 50_000, { headers: keyed() })).toEqual(charged)
  expect(await shop.charge('order-2', 150_000, { headers: keyed('key-2') })).toMatchObject({ status_code: '400' })
})

test('a question about a payment does not know keys', async () => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 150_000, { headers: keyed() })
  expect(await shop.api.get('/v2/order-1/status', keyed())).toHaveProperty('signature_key')
  expect(await shop.api.get('/v2/nothing/status', keyed())).toMatchObject(notFound)
})

test('a key holds for five minutes of the sandbox, and a repeat does not lengthen that', async () => {
  const shop = await frozenShop()
  const first = await shop.charge('order-1', 50_000, { headers: keyed() })
  const second = () => shop.charge('order-2', 50_000, { headers: keyed() })
  await shop.admin.advance('299s')
  expect(await second()).toEqual(first)
  await shop.admin.advance('1s')
  const other = await second()
  expect(other).toMatchObject({ status_code: '200', order_id: 'order-2' })
  expect(await shop.charge('order-3', 50_000, { headers: keyed() })).toEqual(other)
})

// "only successful responses"; 407 is the success of an expire (see `repeatable`).
test.each<[string, (shop: Shop) => Promise<{ status_code: string }>]>([
  ['400', (shop) => shop.charge('order-1', 0, { headers: keyed() })],
  ['406', (shop) => shop.charge('taken', 50_000, { headers: keyed() })],
  ['412', (shop) => shop.api.post('/v2/taken/cancel', undefined, keyed())],
  ['404', (shop) => shop.api.post('/v2/nothing/cancel', undefined, keyed())],
  ['414', (shop) => shop.api.post('/v2/taken/refund', { amount: 50_001 }, keyed())],
  ['202', (shop) => shop.charge('denied', 1, { headers: { ...keyed(), 'x-emulator-outcome': '202' } })],
  ['202', (shop) => shop.charge('denied', 1, { headers: { ...keyed(), 'x-emulator-outcome': 'gopay:4060' } })],
  ['202', (shop) => shop.api.post('/v2/taken/refund', {}, { ...keyed(), 'x-emulator-outcome': '202' })],
  ['402', (shop) => shop.charge('order-1', 1, { headers: { ...keyed(), 'x-emulator-outcome': 'gopay:1703' } })],
  ['500', (shop) => shop.charge('order-1', 1, { headers: { ...keyed(), 'x-emulator-outcome': '500' } })],
])('an answer %s is not kept: its key can be used for another try', async (code, ask) => {
  const shop = await newShop(emulator)
  await shop.charge('taken', 50_000)
  expect(await ask(shop)).toMatchObject({ status_code: code })
  const success = await shop.charge('order-1', 60_000, { headers: keyed() })
  expect(success).toMatchObject({ status_code: '200', gross_amount: '60000.00' })
  expect(await ask(shop)).toEqual(success)
})

test('20 repeats at once make one payment, and all learn of it', async () => {
  const shop = await newShop(emulator)
  const charges = Array.from({ length: 20 }, (_, i) => shop.charge(`order-${i}`, 50_000, { headers: keyed() }))
  const [first, ...others] = await Promise.all(charges)
  expect(others).toEqual(Array(19).fill(first))
  expect(await shop.balance()).toBe('7950000.00')
  expect(await shop.told(first.order_id)).toHaveLength(1)
})

test('two merchants with the same key do not see each other', async () => {
  const [one, other] = [await newShop(emulator), await newShop(emulator)]
  const first = await one.charge('order-1', 50_000, { headers: keyed() })
  const second = await other.charge('order-2', 60_000, { headers: keyed() })
  expect(second).toMatchObject({ status_code: '200', order_id: 'order-2' })
  expect(await one.charge('order-3', 50_000, { headers: keyed() })).toEqual(first)
})

test('no key is kept for ever', async () => {
  const shop = await frozenShop()
  const use = (...names: number[]) =>
    Promise.all(names.map((name) => shop.charge(`order-${name}`, 1, { headers: keyed(`key-${name}`) })))
  await use(...Array.from({ length: 50 }, (_, name) => name))
  expect(keptBy(shop)).toBe(50)
  await shop.admin.advance('3m')
  await use(51, 52)
  expect(keptBy(shop)).toBe(52)
  await shop.admin.advance('2m')
  await use(53)
  expect(keptBy(shop)).toBe(3)
})
