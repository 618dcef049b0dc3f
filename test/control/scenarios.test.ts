import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startEmulator } from '../../src/testkit/index.ts'
import { openMerchant } from '../journeys/merchant.ts'
import { adminRequest } from './admin-request.ts'

const key = 'SB-Mid-server-scenarios'
const names = readdirSync(new URL('../../fixtures/scenarios/', import.meta.url)).map((file) =>
  file.replace(/\.yaml$/, ''),
)

test.each(names)('the scenario %s can be loaded', async (name) => {
  await using emulator = await startEmulator()
  const answer = await adminRequest(emulator, 'scenario', { method: 'PUT', key, body: { name } })
  expect(answer).toMatchObject({ status: 200, body: { scenario: name, title: expect.any(String) } })
  for (const { source } of answer.body.rules) expect(source).toBe(`scenario:${name}`)
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
  expect((await play('every-charge-asks-for-pin')).body.rules).toHaveLength(1)
  expect(await merchant.charge('order-2', 1_000)).toMatchObject({ status_code: '201' })
  expect(await play(null)).toMatchObject({ status: 200, body: { scenario: null, rules: [] } })
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

describe('a scenario with settings and payers', () => {
  const withScenario = async <T>(body: object, work: (file: string) => Promise<T>): Promise<T> => {
    const folder = await mkdtemp(join(tmpdir(), 'scenarios-'))
    try {
      const file = join(folder, 'mine.json')
      await writeFile(file, JSON.stringify({ title: 'Mine', ...body }))
      return await work(file)
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  test('holds for each new sandbox; what is set by hand goes before it, and comes back without it', () =>
    withScenario({ settings: { flow: 'app', locale: 'en-EN', quirks: { status_text: 'found' } } }, async (scenario) => {
      await using emulator = await startEmulator({ scenario })
      const settings = async () => (await adminRequest(emulator, 'settings', { key })).body
      expect(await settings()).toMatchObject({ flow: 'app', locale: 'en-EN', quirks: { status_text: 'found' } })
      await adminRequest(emulator, 'settings', { method: 'PATCH', key, body: { locale: 'id-ID' } })
      expect(await settings()).toMatchObject({ flow: 'app', locale: 'id-ID' })
      await adminRequest(emulator, 'reset', { method: 'POST', key })
      expect(await settings()).toMatchObject({ flow: 'app', locale: 'id-ID' })
      await adminRequest(emulator, 'scenario', { method: 'PUT', key, body: { name: null } })
      expect(await settings()).toMatchObject({ flow: 'web', locale: 'id-ID', quirks: { status_text: 'is-found' } })
    }))

  test('is still there after a restart', () =>
    withScenario({ settings: { flow: 'app' }, rules: [{ match: {}, outcome: 'deny:105' }] }, async (scenario) => {
      const data = await mkdtemp(join(tmpdir(), 'scenario-data-'))
      try {
        const first = await startEmulator({ scenario, data })
        await adminRequest(first, 'settings', { key })
        await first.close()
        await using second = await startEmulator({ data })
        expect((await adminRequest(second, 'settings', { key })).body).toMatchObject({ flow: 'app' })
        expect((await adminRequest(second, 'rules', { key })).body).toMatchObject([{ outcome: 'deny:105' }])
      } finally {
        await rm(data, { recursive: true })
      }
    }))

  test('gives a payer of its own a wallet, in each sandbox', () =>
    withScenario({ payers: [{ phone: '628555000111', name: 'Budi', balance: 70_000 }] }, async (scenario) => {
      await using emulator = await startEmulator({ scenario })
      const merchant = await openMerchant(emulator.url, key, { phone_number: '8555000111', country_code: '62' })
      expect(await merchant.balance()).toBe('70000.00')
      expect(await merchant.charge('order-1', 80_000)).toMatchObject({ status_code: '202' })
    }))

  test('that changes what holds for all sandboxes ends the start', () =>
    withScenario({ settings: { quirks: { unauthorized_text: 'access-denied' } } }, async (scenario) => {
      await expect(startEmulator({ scenario })).rejects.toThrow(
        /unauthorized_text holds for requests that open no sandbox/,
      )
    }))
})

test('a loaded scenario may say ${ itself, written as $${; one that refers to its own steps is to be run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'references-'))
  const file = join(folder, 'story.yaml')
  const begin = async (name: string) => {
    await writeFile(file, JSON.stringify({ title: 'Odd', settings: { merchant_name: name } }))
    return startEmulator({ scenario: file, 'server-keys': key })
  }
  try {
    await using emulator = await begin('Toko $${x}')
    expect(await adminRequest(emulator, 'settings', { key })).toMatchObject({ body: { merchant_name: 'Toko ${x}' } })
    await expect(begin('Toko ${x}')).rejects.toThrow('references before its steps')
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a seed that comes with a scenario is that of its rules, and ids stay random', async () => {
  await using emulator = await startEmulator()
  const body = { name: 'flaky-network', seed: 'monday' }
  const loaded = await adminRequest(emulator, 'scenario', { method: 'PUT', key, body })
  expect(loaded).toMatchObject({ status: 200, body: { rules: expect.any(Array) } })
  for (const rule of loaded.body.rules) expect(rule).toMatchObject({ seed: 'monday' })
  expect((await adminRequest(emulator, 'settings', { key })).body).toMatchObject({ seed: '' })
  const bad = await adminRequest(emulator, 'scenario', { method: 'PUT', key, body: { ...body, seed: 'a b' } })
  expect(bad).toMatchObject({ status: 400, body: { detail: expect.stringContaining('seed: found "a b"') } })
})

test('the scenarios are listed with their stories, and each can be read', async () => {
  await using emulator = await startEmulator()
  const { body: list } = await adminRequest(emulator, 'scenarios')
  expect(list.map(({ name }: { name: string }) => name)).toEqual([...names].sort())
  for (const each of list) expect(each).toMatchObject({ title: expect.any(String), story: expect.any(String) })
  const { body: one } = await adminRequest(emulator, 'scenarios/link-happy')
  expect(one).toMatchObject({ title: 'A payer links a wallet', steps: expect.any(Array) })
  expect(list).toContainEqual(
    expect.objectContaining({ name: 'link-happy', title: one.title, steps: one.steps.length }),
  )
  expect(await adminRequest(emulator, 'scenarios/no-such-story')).toMatchObject({ status: 404 })
  expect(await adminRequest(emulator, 'scenarios/..%2F..%2Fpackage')).toMatchObject({ status: 400 })
})

test('the JSON Schema that is published is the one that comes with the package, and knows every verb', async () => {
  await using emulator = await startEmulator()
  const { body: schema } = await adminRequest(emulator, 'scenarios/schema.json')
  const file = readFileSync(new URL('../../fixtures/scenario.schema.json', import.meta.url), 'utf8')
  // Otherwise: npm run schema.
  expect(JSON.parse(file)).toEqual(schema)
  expect(schema.properties.steps.items.anyOf).toHaveLength(14)
})
