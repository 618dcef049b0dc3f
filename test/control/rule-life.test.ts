import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startEmulator } from '../../src/testkit/index.ts'
import { coreApi } from '../core-api.ts'
import { happyPayer, openMerchant } from '../journeys/merchant.ts'
import { adminRequest } from './admin-request.ts'

const key = 'SB-Mid-server-rule-life'
const onceDenied = 'next-charge-denied-then-normal'
const linkBody = { payment_type: 'gopay', gopay_partner: happyPayer }

/** Source, outcome and use of each rule, in the order in which they are asked. */
const usedOf = async (emulator: { url: string }) =>
  (await adminRequest(emulator, 'rules', { key })).body.map(
    ({ source, outcome, used }: { source: string; outcome: string; used: number }) => [source, outcome, used],
  )

test('new rules of the API leave those of a scenario used up', async () => {
  await using emulator = await startEmulator({ scenario: onceDenied })
  const merchant = await openMerchant(emulator.url, key)
  expect(await merchant.charge('order-1', 1_000)).toMatchObject({ status_code: '202' })
  await emulator.admin(key).put('rules', [{ match: { order_id: 'other' }, outcome: '202' }])
  expect(await merchant.charge('order-2', 1_000)).toMatchObject({ status_code: '200' })
  await emulator.admin(key).put('rules', [])
  expect(await merchant.charge('order-3', 1_000)).toMatchObject({ status_code: '200' })
  expect(await usedOf(emulator)).toEqual([[`scenario:${onceDenied}`, 'deny:201', 1]])
})

test('a new scenario, or none, leaves the rules of the API used up', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(key)
  const merchant = await openMerchant(emulator.url, key)
  await admin.put('rules', [{ match: { operation: 'charge' }, outcome: 'deny:112', times: 'once' }])
  expect(await merchant.charge('order-1', 1_000)).toMatchObject({ channel_response_code: '112' })
  await admin.put('scenario', { name: onceDenied })
  expect(await merchant.charge('order-2', 1_000)).toMatchObject({ channel_response_code: '201' })
  expect(await merchant.charge('order-3', 1_000)).toMatchObject({ status_code: '200' })
  expect(await usedOf(emulator)).toEqual([
    ['api', 'deny:112', 1],
    [`scenario:${onceDenied}`, 'deny:201', 1],
  ])
  await admin.put('scenario', { name: null })
  expect(await usedOf(emulator)).toEqual([['api', 'deny:112', 1]])
})

test('rules of the API are asked before those of a scenario, whichever came first', async () => {
  await using emulator = await startEmulator({ scenario: 'charges-denied-for-low-balance' })
  const admin = emulator.admin(key)
  const merchant = await openMerchant(emulator.url, key)
  const sources = async () => (await usedOf(emulator)).map(([source]: string[]) => source)
  await admin.put('rules', [{ match: { order_id: 'vip-*' }, outcome: '200' }])
  expect(await merchant.charge('vip-1', 1_000)).toMatchObject({ status_code: '200' })
  expect(await sources()).toEqual(['api', 'scenario:charges-denied-for-low-balance'])
  await admin.put('scenario', { name: 'every-charge-asks-for-pin' })
  expect(await merchant.charge('vip-2', 1_000)).toMatchObject({ status_code: '200' })
  expect(await merchant.charge('order-1', 1_000)).toMatchObject({ status_code: '201' })
  expect(await sources()).toEqual(['api', 'scenario:every-charge-asks-for-pin'])
})

test('a reset lets the rules of both kinds count from the start, in the same order', async () => {
  await using emulator = await startEmulator({ scenario: onceDenied })
  const admin = emulator.admin(key)
  await admin.put('rules', [
    { match: { operation: 'charge' }, outcome: 'deny:112', times: 'once' },
    { match: { operation: 'charge' }, outcome: 'deny:105', times: 'once' },
  ])
  const codes = async () => {
    const merchant = await openMerchant(emulator.url, key)
    const charges: unknown[] = []
    for (const order of ['a', 'b', 'c', 'd']) charges.push((await merchant.charge(order, 1_000)).channel_response_code)
    return charges.slice(0, 3)
  }
  expect(await codes()).toEqual(['112', '105', '201'])
  await admin.post('reset')
  expect((await usedOf(emulator)).map(([, , used]: unknown[]) => used)).toEqual([0, 0, 0])
  expect(await codes()).toEqual(['112', '105', '201'])
})

const neverActing: readonly (readonly [object, RegExp])[] = [
  [{ match: { operation: 'link' }, outcome: 'ask-pin' }, /outcome: found "ask-pin", expected for a link 200 or settle/],
  [{ match: { operation: 'link' }, outcome: '201' }, /outcome: found "201", expected for a link 200 or settle/],
  [{ match: { operation: 'capture' }, outcome: 'deny' }, /outcome: found "deny", expected for a capture 200 or settle/],
  [{ match: { operation: 'cancel' }, outcome: 'gopay:4060' }, /outcome: found "gopay:4060", expected for a cancel/],
  [{ match: { operation: 'status' }, outcome: '404' }, /outcome: found one for status, which has faults only/],
  [{ match: { operation: 'charge', path: '/v2/*' }, outcome: 'deny' }, /path for a charge/],
  [{ match: { operation: 'notification', phone: '62*' }, outcome: 'drop' }, /phone for a notification/],
  [{ match: {} }, /Expected either an outcome or a fault/],
  [{ match: {}, outcome: 'deny', fault: 'reset' }, /Expected either an outcome or a fault/],
  [{ match: {}, fault: 'explode' }, /fault: found "explode", expected before: or after:/],
  [{ match: { operation: 'notification' }, fault: 'reset' }, /a notification has none/],
  [{ match: { event: 'x' }, fault: 'reset' }, /event for a fault/],
  [{ match: {}, outcome: 'deny', seed: 'a b' }, /seed: found "a b"/],
  [{ match: { operation: 'link', amount: 5_000 }, outcome: 'deny' }, /amount for a link/],
  [{ match: { operation: 'link', order_id: 'a' }, outcome: 'deny' }, /order_id.* for a link/],
  [{ match: { operation: 'unbind', order_id: 'a' }, outcome: 'deny' }, /order_id.* for a unbind/],
  [{ match: { operation: 'refund' }, outcome: 'ask-pin' }, /outcome: found "ask-pin", expected for a refund 200/],
  [{ match: {}, outcome: 'explode' }, /outcome: found "explode", expected .* 200 or settle; 201 or ask-pin; 202, deny/],
]

test.each(neverActing)('the rule %j could never act, and is refused with the reason', async (rule, reason) => {
  await using emulator = await startEmulator()
  const body = [{ match: { operation: 'charge' }, outcome: '202' }, rule]
  const answer = await adminRequest(emulator, 'rules', { method: 'PUT', key, body })
  expect(answer).toMatchObject({ status: 400, body: { title: 'Bad rule', detail: expect.stringMatching(reason) } })
  expect(answer.type).toContain('application/problem+json')
  expect(await usedOf(emulator)).toEqual([])
})

test('a scenario file with a rule that could never act ends the start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rule-life-'))
  try {
    const file = join(folder, 'mine.json')
    for (const [rule, reason] of neverActing) {
      await writeFile(file, JSON.stringify({ title: 'Mine', rules: [rule] }))
      await expect(startEmulator({ scenario: file })).rejects.toThrow(reason)
    }
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a rule about a payer that asks for a PIN waits for a charge: a link does not use it up', async () => {
  await using emulator = await startEmulator()
  const match = { phone: '+62 8215023424' }
  await emulator.admin(key).put('rules', [{ match, outcome: 'ask-pin', times: 'once' }])
  const merchant = await openMerchant(emulator.url, key)
  expect(await merchant.charge('order-1', 1_000)).toMatchObject({ status_code: '201' })
  expect(await merchant.charge('order-2', 1_000)).toMatchObject({ status_code: '200' })
})

test('X-Emulator-Outcome refuses one link, and says what else it cannot do', async () => {
  await using emulator = await startEmulator()
  const api = coreApi(emulator.url, key)
  const link = (outcome: string) => api.post('/v2/pay/account', linkBody, { 'X-Emulator-Outcome': outcome })
  expect(await link('202:112')).toMatchObject({ status_code: '202', channel_response_code: '112' })
  expect(await link('202')).toMatchObject({ status_code: '202' })
  for (const outcome of ['201', 'ask-pin']) {
    const answer = await link(outcome)
    expect(answer, outcome).toMatchObject({ httpStatus: 400, status_code: '400' })
    expect(answer.validation_messages).toEqual([expect.stringMatching(/X-Emulator-Outcome.*expected for a link 200/)])
  }
  expect((await link('maybe')).validation_messages).toEqual([expect.stringMatching(/found "maybe", expected/)])
  expect((await adminRequest(emulator, 'sandboxes')).body).toMatchObject([{ accounts: 0 }])
  expect(await api.post('/v2/pay/account', linkBody)).toMatchObject({ status_code: '201' })
})
