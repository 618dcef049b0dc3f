import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newId, newUuid, withIds } from '../../src/engine/ids.ts'
import { payer, startEmulator, type TestEmulator } from '../../src/testkit/index.ts'
import { linkIn, openMerchant } from '../journeys/merchant.ts'
import { adminRequest } from './admin-request.ts'

const key = 'SB-Mid-server-seeded'
const start = '2031-05-06T07:00:00Z'
const uuidV4 = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g

/** All that a merchant, a payer and a tester see of ids in one story, refusals included; without the port. */
async function story(emulator: TestEmulator, serverKey = key): Promise<string> {
  const admin = emulator.admin(serverKey)
  await admin.post('clock/freeze')
  await admin.post('clock/set', { to: start })
  // When a try ends, and how long it took, is none of the sandbox's.
  await admin.post('gate/hold', {})
  const merchant = await openMerchant(emulator.url, serverKey)
  const answers: unknown[] = [await merchant.api.get('/v2/nothing/status')]
  answers.push(await merchant.charge('paid', 50_000))
  answers.push(await merchant.charge('paid', 50_000))
  answers.push(await merchant.charge('failed', 50_000, { headers: { 'x-emulator-outcome': '500' } }))
  answers.push(await merchant.charge('', 0))
  const waiting = await merchant.charge('waiting', 150_000)
  answers.push(waiting, (await payer.walk(linkIn(waiting, 'verification-link-url'), { leaveAt: 'pin' })).url)
  answers.push(await merchant.api.post('/v2/paid/refund', {}))
  answers.push(await admin.get('notifications'), await admin.get('accounts'), await admin.get('clock'))
  return JSON.stringify(answers).replaceAll(emulator.url, '')
}

async function told(flags: Record<string, string>, serverKey?: string): Promise<string> {
  await using emulator = await startEmulator({ 'payment-notification-url': 'http://127.0.0.1:9/', ...flags })
  return await story(emulator, serverKey)
}

const idsIn = (text: string): readonly string[] => text.match(uuidV4) ?? []

test('with one seed, two runs of the same requests give the same answers, ids included', async () => {
  const [first, second] = [await told({ seed: '1' }), await told({ seed: '1' })]
  expect(second).toBe(first)
  expect(new Set(idsIn(first)).size).toBeGreaterThan(9)
})

test('without a seed, and with another one, ids are others', async () => {
  const runs = [await told({}), await told({}), await told({ seed: '1' }), await told({ seed: '2' })]
  const ids = runs.flatMap((run) => [...new Set(idsIn(run))])
  expect(new Set(ids).size).toBe(ids.length)
})

test('two sandboxes of one seed share no id: pages find them by ids alone', async () => {
  const [one, other] = [await told({ seed: '1' }), await told({ seed: '1' }, `${key}-2`)]
  expect(idsIn(other).filter((id) => idsIn(one).includes(id))).toEqual([])
})

test('a seed that is chosen later holds from then on, and after a reset ids begin again', async () => {
  await using emulator = await startEmulator()
  await emulator.admin(key).patch('settings', { seed: 'monday' })
  const first = await story(emulator)
  await emulator.admin(key).post('reset')
  expect(await story(emulator)).toBe(first)
  expect(first).toBe(await told({ seed: 'monday', 'payment-notification-url': '' }))

  await emulator.admin(key).patch('settings', { seed: '' })
  await emulator.admin(key).post('reset')
  expect(idsIn(await story(emulator)).filter((id) => idsIn(first).includes(id))).toEqual([])
})

test('rules of the start keep their own ids beside those that come by the API', async () => {
  await using emulator = await startEmulator({ seed: '1', scenario: 'every-charge-asks-for-pin' })
  const admin = emulator.admin(key)
  const before = (await admin.get('rules')) as unknown[]
  await admin.post('reset')
  await admin.put('rules', [{ match: {}, outcome: 'deny' }])
  expect(await admin.get('rules')).toHaveLength(before.length + 1)
})

test('after a restart ids go on where they were, and none comes twice', async () => {
  const data = await mkdtemp(join(tmpdir(), 'emulator-seeded-'))
  const ids: string[] = []
  const charge = async (emulator: TestEmulator, numbers: readonly number[]) => {
    const merchant = await openMerchant(emulator.url, key, {
      phone_number: `82150234${numbers[0]}`,
      country_code: '62',
    })
    for (const number of numbers) {
      for (const answer of [await merchant.charge(`order-${number}`, 150_000), await merchant.charge('', 1)]) {
        ids.push(...(answer.transaction_id ? [answer.transaction_id] : idsIn(JSON.stringify(answer))))
      }
    }
  }
  try {
    for (const numbers of [
      [24, 25],
      [26, 27],
    ]) {
      await using emulator = await startEmulator({ seed: '1', data })
      await charge(emulator, numbers)
    }
  } finally {
    await rm(data, { recursive: true })
  }
  expect(new Set(ids).size).toBe(8)
})

test('a request that opens no sandbox gets an id at random: there is nothing that could count it', async () => {
  await using emulator = await startEmulator({ seed: '1' })
  const ask = async () => (await fetch(`${emulator.url}/v2/order/status`)).json() as Promise<{ id: string }>
  expect((await ask()).id).not.toBe((await ask()).id)
})

test('ids are random again after work that failed', () => {
  const fail = () => {
    throw new Error('refused')
  }
  expect(() => withIds(() => 'same', fail)).toThrow('refused')
  expect(newUuid()).not.toBe(newUuid())
  expect(withIds(() => 'same', newUuid)).toBe(withIds(() => 'same', newUuid))
  expect(withIds(() => 'same', newId)).toMatch(/^[\w-]{21}$/)
})

test('a seed is taken away with an empty text', async () => {
  await using emulator = await startEmulator({ seed: 'monday' })
  const body = { seed: '' }
  expect((await adminRequest(emulator, 'settings', { method: 'PATCH', key, body })).body.seed).toBe('')
})
