import { readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startEmulator } from '../../src/testkit/index.ts'
import { openMerchant } from '../journeys/merchant.ts'
import { adminRequest } from './admin-request.ts'

const key = 'SB-Mid-server-scenarios'
const names = readdirSync(new URL('../../fixtures/scenarios/', import.meta.url)).map((file) =>
  file.replace(/\.yaml$/, ''),
)

test.each(names)('the scenario %s can be played', async (name) => {
  await using emulator = await startEmulator()
  const answer = await adminRequest(emulator, 'scenario', { method: 'PUT', key, body: { name } })
  expect(answer.status).toBe(200)
  expect(answer.body.length).toBeGreaterThan(0)
  expect(new Set(answer.body.map(({ source }: { source: string }) => source))).toEqual(new Set([`scenario:${name}`]))
})

test.each([
  ['every-charge-asks-for-pin', ['201', '201'], undefined],
  ['charges-denied-for-low-balance', ['202', '202'], '201'],
  ['next-charge-denied-then-normal', ['202', '200'], '201'],
])('under %s, two charges of a small amount are answered with %j', async (name, codes, channelCode) => {
  await using emulator = await startEmulator({ scenario: name })
  const merchant = await openMerchant(emulator.url, key)
  const first = await merchant.charge('order-1', 1_000)
  const second = await merchant.charge('order-2', 1_000)
  expect([first.status_code, second.status_code]).toEqual(codes)
  expect(first.channel_response_code).toBe(channelCode)
})

test('a scenario takes the place of the one before, and null that of both', async () => {
  await using emulator = await startEmulator({ scenario: 'charges-denied-for-low-balance' })
  const merchant = await openMerchant(emulator.url, key)
  const play = (name: string | null) => adminRequest(emulator, 'scenario', { method: 'PUT', key, body: { name } })
  expect(await merchant.charge('order-1', 1_000)).toMatchObject({ status_code: '202' })
  expect((await play('every-charge-asks-for-pin')).body).toHaveLength(1)
  expect(await merchant.charge('order-2', 1_000)).toMatchObject({ status_code: '201' })
  expect(await play(null)).toMatchObject({ status: 200, body: [] })
  expect(await merchant.charge('order-3', 1_000)).toMatchObject({ status_code: '200' })
})

test('rules of the API go before those of a scenario, and neither takes the other away', async () => {
  await using emulator = await startEmulator()
  const merchant = await openMerchant(emulator.url, key)
  await adminRequest(emulator, 'scenario', { method: 'PUT', key, body: { name: 'charges-denied-for-low-balance' } })
  const rule = { match: { order_id: 'vip' }, outcome: '200' }
  await adminRequest(emulator, 'rules', { method: 'PUT', key, body: [rule] })
  expect(await merchant.charge('vip', 1_000)).toMatchObject({ status_code: '200' })
  expect(await merchant.charge('other', 1_000)).toMatchObject({ status_code: '202' })
  const { body } = await adminRequest(emulator, 'rules', { key })
  expect(body.map(({ source, used }: { source: string; used: number }) => [source, used])).toEqual([
    ['api', 1],
    ['scenario:charges-denied-for-low-balance', 1],
  ])
})

test('a scenario that does not exist is told as such, and the one before stays', async () => {
  await using emulator = await startEmulator({ scenario: 'charges-denied-for-low-balance' })
  const answer = await adminRequest(emulator, 'scenario', { method: 'PUT', key, body: { name: 'no-such-story' } })
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(answer.type).toContain('application/problem+json')
  expect(answer.body).toMatchObject({ detail: expect.stringContaining('no-such-story'), status: answer.status })
  expect((await adminRequest(emulator, 'rules', { key })).body).toHaveLength(1)
})

test.each(['../../package', '/etc/hostname', 'UPPER', '', 7])('the API reads no file called %j', async (name) => {
  await using emulator = await startEmulator()
  expect(await adminRequest(emulator, 'scenario', { method: 'PUT', key, body: { name } })).toMatchObject({
    status: 400,
    body: { status: 400 },
  })
})

test('the command takes a scenario from any file, YAML or JSON, and says what is wrong with one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'scenarios-'))
  try {
    const file = join(folder, 'mine.json')
    await writeFile(file, JSON.stringify({ title: 'Mine', rules: [{ match: {}, outcome: 'deny:105' }] }))
    await using emulator = await startEmulator({ scenario: file })
    const { body } = await adminRequest(emulator, 'rules', { key })
    expect(body).toMatchObject([{ outcome: 'deny:105', times: 'always' }])

    await writeFile(file, 'title: Mine\nrules:\n  - match: {}\n    outcome: maybe\n')
    await expect(startEmulator({ scenario: file })).rejects.toThrow(/mine\.json.*outcome/)
    await writeFile(file, 'title: [')
    await expect(startEmulator({ scenario: file })).rejects.toThrow(/mine\.json/)
    await expect(startEmulator({ scenario: 'no-such-story' })).rejects.toThrow(/no-such-story.*no such file/)
  } finally {
    await rm(folder, { recursive: true })
  }
})
