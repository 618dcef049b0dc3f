import { expect, test } from 'vitest'
import { emulatorOfFile, happyPayer, newShop, type Shop, uuid } from '../merchant.ts'

const emulator = await emulatorOfFile()
const id = expect.stringMatching(uuid)

// facts.md, section 0: 429 and 500 are HTTP codes; 429 is the gateway's own format. Section 5 has the texts.
const failures = [
  ['429', { httpStatus: 429, message: 'API rate limit exceeded' }],
  [
    '500',
    {
      httpStatus: 500,
      status_code: '500',
      status_message: 'Sorry. Our system is recovering from unexpected issues. Please retry.',
      id,
    },
  ],
  [
    '503',
    { httpStatus: 503, status_code: '503', status_message: 'Bank/partner is experiencing connection issue.', id },
  ],
] as const

type Headers = Record<string, string>

const requests = [
  {
    what: 'charge',
    operation: 'charge',
    ask: (shop: Shop, headers?: Headers) => shop.charge('order-1', 50_000, headers && { headers }),
    goesWell: { status_code: '200', transaction_status: 'settlement' },
  },
  {
    what: 'charge that asks for the PIN',
    operation: 'charge',
    ask: (shop: Shop, headers?: Headers) => shop.charge('order-1', 150_000, headers && { headers }),
    goesWell: { status_code: '201', transaction_status: 'pending' },
  },
  {
    what: 'charge without an account',
    operation: 'charge',
    ask: (shop: Shop, headers?: Headers) =>
      shop.api.post(
        '/v2/charge',
        { payment_type: 'gopay', transaction_details: { order_id: 'order-1', gross_amount: 50_000 } },
        headers,
      ),
    goesWell: { status_code: '201', transaction_status: 'pending' },
  },
  {
    what: 'link',
    operation: 'link',
    ask: (shop: Shop, headers?: Headers) =>
      shop.api.post(
        '/v2/pay/account',
        { payment_type: 'gopay', gopay_partner: { ...happyPayer, phone_number: '8242974268' } },
        headers,
      ),
    goesWell: { status_code: '201', account_status: 'PENDING' },
  },
]

const rows = failures.flatMap(([code, answer]) => requests.map((request) => ({ code, answer, ...request })))

/** All that could have changed. */
const everything = async (shop: Shop) => ({
  notifications: await shop.admin.get('notifications'),
  ledger: await shop.ledger(),
  order: (await shop.status('order-1')).status_code,
  happened: (await shop.admin.advance('20m')).happened,
})

test.each(rows)('a $what that fails with $code by a header has not happened', async ({ code, answer, ...row }) => {
  const shop = await newShop(emulator)
  await shop.admin.put('rules', [{ match: {}, outcome: 'deny' }])
  const before = await everything(shop)
  expect(await row.ask(shop, { 'x-emulator-outcome': code })).toEqual(answer)
  expect(await everything(shop)).toEqual(before)
  expect(before).toMatchObject({ order: '404', happened: [] })
  // The header goes before the rule, and does not use it up.
  expect(await shop.admin.get('rules')).toMatchObject([{ used: 0 }])
  await shop.admin.put('rules', [])
  expect(await row.ask(shop)).toMatchObject({ httpStatus: 200, ...row.goesWell })
})

test.each(rows)('a $what that fails with $code by a rule uses it up', async ({ code, answer, operation, ...row }) => {
  const shop = await newShop(emulator)
  const before = await everything(shop)
  await shop.admin.put('rules', [{ match: { operation }, outcome: code, times: 'once' }])
  expect(await row.ask(shop)).toEqual(answer)
  expect(await everything(shop)).toEqual(before)
  expect(await shop.admin.get('rules')).toMatchObject([{ used: 1 }])
  // A merchant who tries again gets through.
  expect(await row.ask(shop)).toMatchObject({ httpStatus: 200, ...row.goesWell })
})

test.each(failures)('%s says nothing about another order, or another merchant', async (code, answer) => {
  const [shop, other] = [await newShop(emulator), await newShop(emulator)]
  const rule = { match: { operation: 'charge', order_id: 'bad-*' }, outcome: code }
  await shop.admin.put('rules', [rule])
  for (const order of ['bad-1', 'bad-2']) expect(await shop.charge(order, 50_000)).toEqual(answer)
  expect(await shop.charge('good-1', 50_000)).toMatchObject({ status_code: '200' })
  expect(await other.charge('bad-1', 50_000)).toMatchObject({ status_code: '200' })
})

// What is wrong with the request comes first: facts.md, section 0 (400) and section 5 (406, 404).
test.each(failures)('a charge that is wrong is told so, and not that Midtrans fails with %s', async (code) => {
  const shop = await newShop(emulator)
  await shop.charge('taken', 50_000)
  await shop.admin.put('rules', [{ match: { operation: 'charge' }, outcome: code }])
  expect(await shop.charge('order-1', 0)).toMatchObject({ status_code: '400' })
  expect(await shop.charge('taken', 50_000)).toMatchObject({ status_code: '406' })
  expect(await shop.charge('order-1', 50_000, { gopay: { account_id: 'nobody' } })).toMatchObject({
    status_code: '404',
  })
  expect(await shop.admin.get('rules')).toMatchObject([{ used: 0 }])
})

// As in outcome.test.ts: what is no outcome is refused, with the forms that exist.
test.each(['429:1', '500:1', '503:201', '501', '4290'])('"%s" is no failure', async (outcome) => {
  const shop = await newShop(emulator)
  const answer = await shop.charge('order-1', 50_000, { headers: { 'x-emulator-outcome': outcome } })
  expect(answer).toMatchObject({
    status_code: '400',
    validation_messages: [expect.stringMatching(/429, 500, 502, 503/)],
  })
})
