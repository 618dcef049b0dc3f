import { describe, expect, test } from 'vitest'
import { emulatorOfFile, newShop, type Shop, uuid, walletOfHappyPayer } from '../merchant.ts'

const emulator = await emulatorOfFile()

/**
 * facts.md, section 5 (status cycle, GET status, expire, B2B status) and section 3 (reuse of an order_id); A.6 and A.7
 * for captures and refunds. The code of the answer and, where the request changes something, the status that follows.
 */
const cycle = `
                 capture         cancel      expire      part                refund      direct      approve  deny  status  b2b  charge
  pending        412             200:cancel  407:expire  412                 412         412         412      412   201     404  406
  plain_pending  412             200:cancel  407:expire  412                 412         412         412      412   201     404  406
  authorize      200:settlement  200:cancel  412         412                 412         412         412      412   200     404  406
  settlement     412             412         412         200:partial_refund  200:refund  200:refund  412      412   200     404  406
  partial_refund 412             412         412         200:partial_refund  200:refund  200:refund  412      412   200     404  406
  refund         412             412         412         412                 412         412         412      412   200     404  406
  deny           412             412         412         412                 412         412         412      412   202     404  200:deny
  cancel         412             412         412         412                 412         412         412      412   200     404  200:cancel
  expire         412             412         412         412                 412         412         412      412   407     404  200:expire
`

const [names = [], ...lines] = cycle
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/ +/))
const cases = lines.flatMap(([status = '', ...cells]) =>
  names.map((name, column) => {
    const [code = '', next] = (cells[column] ?? '').split(':')
    return { status, name, code, next }
  }),
)

const charged =
  (amount: number, over: object = {}) =>
  (shop: Shop) =>
    shop.charge('order-1', amount, over)
const chargedAnd = (amount: number, verb: string, body?: object) => async (shop: Shop) => {
  const answer = await shop.charge('order-1', amount)
  await shop.api.post(`/v2/order-1/${verb}`, body)
  return answer
}
const begin: Readonly<Record<string, (shop: Shop) => Promise<{ transaction_id: string }>>> = {
  pending: charged(150_000),
  plain_pending: charged(50_000, { gopay: { account_id: undefined, payment_option_token: undefined } }),
  authorize: charged(100_000, { gopay: { pre_auth: true } }),
  settlement: charged(50_000),
  partial_refund: chargedAnd(50_000, 'refund', { amount: 10_000 }),
  refund: chargedAnd(50_000, 'refund'),
  deny: charged(50_000, { headers: { 'x-emulator-outcome': '202' } }),
  cancel: chargedAnd(150_000, 'cancel'),
  expire: chargedAnd(150_000, 'expire'),
}

const post = (verb: string, body?: object) => (shop: Shop) => shop.api.post(`/v2/order-1/${verb}`, body)
const ask: Readonly<Record<string, (shop: Shop, transaction_id: string) => ReturnType<Shop['charge']>>> = {
  capture: (shop, transaction_id) => shop.api.post('/v2/capture', { transaction_id }),
  cancel: post('cancel'),
  expire: post('expire'),
  part: post('refund', { amount: 20_000 }),
  refund: post('refund'),
  direct: post('refund/online/direct'),
  approve: post('approve'),
  deny: post('deny'),
  status: (shop) => shop.status('order-1'),
  b2b: (shop) => shop.api.get('/v2/order-1/status/b2b?page=0&per_page=10'),
  charge: charged(50_000),
}

/** The whole body of a refusal: facts.md, sections 0 and 5; all over HTTP 200. */
const refusals: Readonly<Record<string, (transaction_id: string) => object>> = {
  // The id of a 412 is that of the transaction (recording deny_failed).
  412: (id) => ({ status_message: 'Transaction status cannot be updated.', id }),
  406: () => ({
    status_message:
      'The request could not be completed due to a conflict with the current state of the target resource, please try again',
    id: expect.stringMatching(uuid),
  }),
  404: () => ({ status_message: "Transaction doesn't exist.", id: expect.stringMatching(uuid) }),
}

/** What the merchant has of a payment that moved; the payer has the rest, and nothing is held. */
const merchantHas = ({ status, name }: { status: string; name: string }): number =>
  ({ capture: 100_000, part: status === 'settlement' ? 30_000 : 20_000, charge: 50_000 })[name] ?? 0

const everything = async (shop: Shop, id: string) => ({
  byOrder: await shop.status('order-1'),
  byTransaction: await shop.status(id),
  ledger: await shop.ledger(),
  told: await shop.told('order-1'),
})

test('the table has a cell for each status and each request', () => {
  expect(lines.map(([status]) => status)).toEqual(Object.keys(begin))
  expect(names).toEqual(Object.keys(ask))
  for (const [status, ...cells] of lines) expect(cells, status).toHaveLength(names.length)
})

describe.each(Object.keys(begin))('a payment that is %s', (status) => {
  const own = cases.filter((each) => each.status === status)

  test.each(own.filter(({ next }) => next === undefined))('answers $code to $name, and stays as it is', async (row) => {
    const shop = await newShop(emulator)
    const { transaction_id } = (await begin[status]?.(shop)) ?? { transaction_id: '' }
    const before = await everything(shop, transaction_id)
    expect(before.byOrder).toMatchObject({ transaction_id, transaction_status: status.replace('plain_', '') })
    const answer = await ask[row.name]?.(shop, transaction_id)
    const refusal = refusals[row.code]?.(transaction_id)
    if (refusal) expect(answer).toEqual({ httpStatus: 200, status_code: row.code, ...refusal })
    else expect(answer).toMatchObject({ httpStatus: 200, status_code: row.code, transaction_id })
    expect(await everything(shop, transaction_id)).toEqual(before)
  })

  const moving = own.filter(({ next }) => next !== undefined)
  test.skipIf(moving.length === 0).each(moving)('answers $code to $name, and is $next then', async (row) => {
    const shop = await newShop(emulator)
    const { transaction_id } = (await begin[status]?.(shop)) ?? { transaction_id: '' }
    const before = await everything(shop, transaction_id)
    const answer = await ask[row.name]?.(shop, transaction_id)
    expect(answer).toMatchObject({ httpStatus: 200, status_code: row.code, order_id: 'order-1' })
    const { byOrder, byTransaction, ledger, told } = await everything(shop, transaction_id)
    // A charge begins another payment, and the one before stays what it is.
    expect(byOrder).toMatchObject({
      transaction_id: answer.transaction_id,
      transaction_status: answer.transaction_status,
    })
    expect(answer.transaction_id === transaction_id).toBe(row.name !== 'charge')
    expect(byTransaction).toMatchObject({ transaction_id, transaction_status: row.next })
    const merchant = merchantHas(row)
    expect(ledger).toEqual({
      sum: 0,
      balances: {
        issuer: -8_000_000,
        [walletOfHappyPayer]: 8_000_000 - merchant,
        ...(merchant > 0 && { merchant }),
      },
    })
    expect(told.slice(0, -1)).toEqual(before.told)
    expect(told.at(-1)).toMatchObject({ transaction_status: answer.transaction_status })
  })
})
